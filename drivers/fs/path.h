/*
 * Paths (POSIX 4.13, Pathname Resolution).
 */
#ifndef FS_PATH_H
#define FS_PATH_H

#include "process.h"

/** What the last component is. */
enum fs_last { FS_LAST_NAME, FS_LAST_DOT, FS_LAST_DOTDOT, FS_LAST_ROOT };

/** A path whose components before the last one have been walked. */
struct fs_walk {
    struct fs_process *process;
    struct ext_inode *directory; /* of the last component */
    enum fs_last last;
    struct ext_name name;
    bool slashes; /* behind the last component: it has to be a directory */
    const char *rest;
    char *expanded; /* what rest points into after a symbolic link; NULL before */
    unsigned links, steps;
};

/** Walks to the last component, which need not be there. Needs fs_walk_end also when it fails. */
int fs_walk(struct fs_walk *walk, struct fs_process *process, int directory, const char *path);

/** What the last component is, in use; a symbolic link is not followed. */
int fs_walk_lookup(struct fs_walk *walk, struct ext_inode **inode);

/** Goes on through a link that was found there, to the last component of where it leads. */
int fs_walk_link(struct fs_walk *walk, struct ext_inode *link);

void fs_walk_end(struct fs_walk *walk);

/** What a path leads to, in use. */
int fs_resolve(struct fs_process *process, int directory, const char *path, bool follow,
               struct ext_inode **inode);

#endif
