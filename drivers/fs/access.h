/*
 * Who may do what (POSIX 4.5, File Access Permissions; Linux's restricted deletion). uid 0 may do
 * everything but execute what nobody may execute.
 */
#ifndef FS_ACCESS_H
#define FS_ACCESS_H

#include "process.h"

bool fs_privileged(const struct fs_process *process);
bool fs_in_group(const struct fs_process *process, uint32_t gid);

/** Owner, or uid 0. */
bool fs_owns(const struct fs_process *process, const struct ext_attributes *attributes);

/** FS_R_OK, FS_W_OK, FS_X_OK: 0, -EACCES, or -EROFS. */
int fs_may(const struct fs_process *process, const struct ext_inode *inode, int how);

/** Whether a name may come into the directory: 0, -ENOENT (it was removed), -EROFS, -EACCES. */
int fs_may_create(const struct fs_process *process, const struct ext_inode *directory);

/**
 * Whether the name of that inode may go: -EROFS, -EACCES, -EPERM (sticky), and where a directory
 * is wanted -ENOTDIR, where none is -EISDIR.
 */
int fs_may_remove(const struct fs_process *process, const struct ext_inode *directory,
                  const struct ext_inode *victim, bool want_directory);

#endif
