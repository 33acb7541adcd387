/*
 * Indexes of directories: block 0 begins with "." and ".." and holds, in what is the rest of ".."
 * to those who do not know, pairs of a hash and a block; so do the blocks of one more level. Leaves
 * are ordinary blocks whose names have the hashes from their own pair up to the next one.
 */
#ifndef EXT_HTREE_H
#define EXT_HTREE_H

#include "volume.h"

struct ext_dx_entry {
    uint32_t hash; /* of the first one: its upper half is how many there are, the lower the most */
    uint32_t block;
};

struct ext_dx_root {
    struct ext_dirent dot;
    char dot_name[4];
    struct ext_dirent dot_dot;
    char dot_dot_name[4];
    uint32_t zero;
    uint8_t hash_version, info_length, levels, flags;
    struct ext_dx_entry entries[];
};
_Static_assert(offsetof(struct ext_dx_root, entries) == 32, "the root of an index");

#define EXT_DX_NODE_OFFSET 8u /* of a node's entries, behind an entry that is not in use */

/** Hashes as the superblock has them; the lowest bit is 0. version: of the directory. */
uint32_t ext_name_hash(const struct ext *fs, uint8_t version, struct ext_name name);
/** The hash without its lowest bit, and 32 more bits that tell names of one hash apart. */
uint64_t ext_name_key(const struct ext *fs, uint8_t version, struct ext_name name);
bool ext_hash_known(uint8_t version);

/** One level of the way to a leaf. */
struct ext_dx_level {
    struct ext_buffer *buffer;
    struct ext_dx_entry *entries;
    uint32_t at; /* the pair that is followed */
};

/** The way to the leaf of a hash; buffers are in use. */
struct ext_dx_way {
    uint32_t hash;
    uint8_t version;
    unsigned depth; /* 1 or 2 */
    struct ext_dx_level level[2];
};

static inline uint32_t ext_dx_count(const struct ext_dx_entry *entries)
{
    return entries[0].hash >> 16;
}

static inline uint32_t ext_dx_limit(const struct ext_dx_entry *entries)
{
    return entries[0].hash & 0xffff;
}

static inline void ext_dx_set_count(struct ext_dx_entry *entries, uint32_t count)
{
    entries[0].hash = ext_dx_limit(entries) | count << 16;
}

/** -EUCLEAN: the index is none. Ends with ext_dx_leave, also after an error. */
int ext_dx_enter(struct ext_inode *dir, struct ext_name name, struct ext_dx_way *way);
int ext_dx_enter_hash(struct ext_inode *dir, uint32_t hash, struct ext_dx_way *way);
void ext_dx_leave(struct ext_dx_way *way);

/** The directory block of the leaf. */
uint32_t ext_dx_leaf(const struct ext_dx_way *way);

/** To the next leaf, if names of the hash may be there, too: 1, 0, -E... */
int ext_dx_next(struct ext_inode *dir, struct ext_dx_way *way);

/** To the next leaf: 1, 0: none, -E...; same: its names begin with the last one's hash. */
int ext_dx_advance(struct ext_inode *dir, struct ext_dx_way *way, bool *same);

int ext_dx_find(struct ext_inode *dir, struct ext_name name, struct ext_place *place);
int ext_dx_add(struct ext_inode *dir, struct ext_name name, uint32_t ino, uint8_t type);

/** A directory of one block, which is full, gets an index. */
int ext_dx_make(struct ext_inode *dir);

#endif
