/*
 * Volumes to test on: an image that mke2fs made, in memory. What is left of it is judged by e2fsck.
 */
#ifndef FS_VOLUME_H
#define FS_VOLUME_H

#include <ringside-rt/ext.h>

/** Makes the image that all volumes begin as: mke2fs with these options. Exits where it cannot. */
void volume_make(const char *options);

/** Mounts a fresh copy of the image; again: what the last one left. Exits where it cannot. */
struct ext *volume_mount(bool again);

void volume_unmount(struct ext *volume);

/** One of the next requests to the device fails: the first, second...; 0: none does. */
void volume_fail(unsigned request);

/** Unmounts what may fail to be written, and may be left as it was. */
void volume_abandon(struct ext *volume);

/** Whether e2fsck -fn finds nothing in what is unmounted now; it says what it finds. */
bool volume_clean(void);

#endif
