/** The NVMe controller (NVM Express 1.4). */
package ringside.device.nvme;
