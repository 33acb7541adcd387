/*
 * What programs with a file system of their own have in common on their command lines:
 *
 *   format=ext2|ext3  a blank device becomes such a volume; one that holds anything is left alone,
 *                     and mounted if it is a volume
 *   ramdisk=BYTES     no device: the volume lies in this domain's memory, is made at every start
 *                     (ext2, unless format= says otherwise), and gone when the domain is
 *   cache=BYTES       of memory for blocks (4m)
 *   seed=N            what UUID and hash seed of a new volume come from, with the time; 0
 *
 * and those of ringside-rt/blk_options.h, for the device.
 */
#ifndef RINGSIDE_RT_VOLUME_OPTIONS_H
#define RINGSIDE_RT_VOLUME_OPTIONS_H

#include <ringside-rt/ext.h>

/**
 * Opens the device that the command line names and mounts its volume. Says on the console what
 * went wrong.
 *
 * @param buffer_bytes what the program itself is going to take from blk_buffer_alloc
 * @param with what the command line does not decide: keep_orphans, redo, session; NULL: none of it
 * @return 0 or -E...
 */
int volume_open_cmdline(size_t buffer_bytes, const struct ext_options *with, struct blk **blk,
                        struct ext **volume);

#endif
