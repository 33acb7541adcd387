/* Listings, as the two ways to list share them. */
#ifndef EXT_READDIR_H
#define EXT_READDIR_H

#include "volume.h"

struct ext_listing {
    uint64_t cookie; /* from there on */
    bool (*fn)(void *arg, const struct ext_entry *entry);
    void *arg;
    bool stopped;
};

/** Passes one entry on. */
void ext_list_entry(const struct ext *fs, struct ext_listing *listing,
                    const struct ext_dirent *entry, uint64_t next);

/** By hash: for directories that have an index, or will get one when they grow. */
bool ext_lists_by_hash(const struct ext_inode *dir);
int ext_list_by_hash(struct ext_inode *dir, struct ext_listing *listing);

#endif
