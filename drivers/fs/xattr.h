/*
 * Extended attributes of an inode, with permissions.
 */
#ifndef FS_XATTR_H
#define FS_XATTR_H

#include "process.h"

int64_t fs_xattr_get(const struct fs_process *process, struct ext_inode *inode, const char *name,
                     void *value, size_t length);
int fs_xattr_set(const struct fs_process *process, struct ext_inode *inode, const char *name,
                 const void *value, size_t length, unsigned flags);
int fs_xattr_remove(const struct fs_process *process, struct ext_inode *inode, const char *name);

/** Without the names that the process may not know of. */
int64_t fs_xattr_list(const struct fs_process *process, struct ext_inode *inode, char *names,
                      size_t length);

#endif
