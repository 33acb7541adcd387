/** Virtual time and timers. */
package ringside.time;
