/** Where blocks are kept: files, memory, the volatile write cache. */
package ringside.device.disk;
