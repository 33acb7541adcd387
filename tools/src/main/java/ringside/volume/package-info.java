/**
 * Volumes of ext2 and ext3 as the host reads them, without a guest: to judge what the file system
 * server left on a disk, and to list and read files while nothing runs.
 *
 * <p>Written from the format (Documentation/filesystems/ext4 and jbd2's journal format of Linux,
 * e2fsprogs' ext2_fs.h), not from the server's code, so that both can be wrong only apart.
 */
package ringside.volume;
