/* What all changes of directories share. */
#ifndef EXT_NAMES_H
#define EXT_NAMES_H

#include "volume.h"

/**
 * Begins an operation that changes directories, and locks one or two of them, which may be the
 * same. -ENOTDIR; -ENOENT: it is deleted.
 */
int ext_names_begin(struct ext_inode *a, struct ext_inode *b);
void ext_names_end(struct ext_inode *a, struct ext_inode *b);

/** -EINVAL, -ENAMETOOLONG: a name nobody can have. */
int ext_name_check(struct ext_name name);

/** "." or "..". */
bool ext_name_is_dots(struct ext_name name);

/** The entry of the name and the inode in use that it is for. */
int ext_names_find(struct ext_inode *dir, struct ext_name name, struct ext_place *place,
                   struct ext_inode **inode);

/** Its content changed: times, and all of it to the table. */
int ext_dir_changed(struct ext_inode *dir);

/** The inode lost a name; all of them if it is a directory. */
int ext_names_lost(struct ext_inode *inode);

#endif
