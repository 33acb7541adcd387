/** Event channels and VIRQs. */
package ringside.event;
