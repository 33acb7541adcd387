/** Where blocks are kept: files, memory, the volatile write cache before them. */
package ringside.device.disk;
