/*
 * All extended attributes of an inode, in memory: read as a whole, changed, and laid out anew.
 */
#ifndef EXT_XATTR_H
#define EXT_XATTR_H

#include "volume.h"

#define EXT_XATTRS_MAX 512u

/** One attribute; name without the prefix that its index stands for. */
struct ext_xattr {
    uint8_t index, name_length;
    bool inside; /* lies in the inode, not in the block */
    uint32_t value_length;
    const char *name, *value; /* in the bytes of the set, or the caller's */
};

struct ext_xattrs {
    unsigned count;
    struct ext_xattr *list;
    char *bytes; /* copies of the inode's part and of the block */
};

/** Reads them; ext_xattrs_free in any case. -EUCLEAN, -EIO, -ENOMEM. */
int ext_xattrs_load(struct ext_inode *inode, struct ext_xattrs *set);
void ext_xattrs_free(struct ext_xattrs *set);

/** Lays them out: in the inode what fits, the rest in a block. -ENOSPC: too many. */
int ext_xattrs_store(struct ext_inode *inode, struct ext_xattrs *set);

#endif
