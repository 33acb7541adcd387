/** The engine seam: what the hypervisor asks of a processor, and what every engine shares. */
package ringside.cpu;
