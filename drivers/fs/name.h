/*
 * Putting new names into directories.
 */
#ifndef FS_NAME_H
#define FS_NAME_H

#include "path.h"

/** A new inode of that kind and mode in the directory, as this process makes it. */
struct ext_new fs_new(const struct fs_process *process, const struct ext_inode *directory,
                      uint32_t mode);

/**
 * Walks to where a name is to be made, and holds the mutex of that directory; -EEXIST and all other
 * reasons why it cannot be. Needs fs_name_end also when it fails.
 */
int fs_name_begin(struct fs_walk *walk, struct fs_process *process, int directory,
                  const char *path, bool for_directory, struct mutex **mutex);

/** mutex NULL: not held. */
void fs_name_end(struct fs_walk *walk, struct mutex *mutex);

#endif
