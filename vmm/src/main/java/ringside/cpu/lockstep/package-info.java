/** Two engines that run the same system side by side, to find where they differ. */
package ringside.cpu.lockstep;
