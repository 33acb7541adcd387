/** Emulated devices and the buses they sit on; knows nothing of engines. */
package ringside.device;
