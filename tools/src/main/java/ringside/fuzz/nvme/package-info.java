/**
 * A host-side fuzzer of the NVMe controller: it uses registers, interrupts and memory as a driver
 * does, well and badly, and compares what comes back with what the specification allows.
 */
package ringside.fuzz.nvme;
