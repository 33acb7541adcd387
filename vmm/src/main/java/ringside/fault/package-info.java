/** Faults that are injected into domains at exact points, and what recovery from them costs. */
package ringside.fault;
