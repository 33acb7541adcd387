/*
 * Blocks that say of themselves what they are. A stamped block begins with a header: where it
 * belongs, which version of it this is, who wrote it, with which seed. Every other word of the
 * block follows from a key mixed out of the whole header, so the header cannot change, and no part
 * of the block be another version's, without being noticed.
 */
#ifndef RINGSIDE_RT_BLK_STAMP_H
#define RINGSIDE_RT_BLK_STAMP_H

#include <ringside-rt/compiler.h>

/** What a stamped block says of itself. */
struct blk_stamp {
    uint64_t block;
    uint64_t version;
    uint64_t writer;
    uint64_t seed;
};

/** What a block is. */
enum blk_stamp_state {
    BLK_STAMP_WHOLE,   /* the stamp is good, and all of the block belongs to it */
    BLK_STAMP_TORN,    /* the stamp is good, and a later part of the block is not its own */
    BLK_STAMP_ZERO,    /* all zero */
    BLK_STAMP_FOREIGN, /* anything else */
};

/** Where a torn block ceases to be its stamp's, and whose the rest is: see blk_stamp_key. */
struct blk_stamp_tear {
    unsigned offset;
    uint64_t key;
};

/** Fills a block of so many bytes, a multiple of 64. */
void blk_stamp_write(void *block, unsigned bytes, const struct blk_stamp *stamp);

/**
 * Looks at a block.
 *
 * @param stamp receives the header of a whole or torn block
 * @param tear receives the place of a tear; may be NULL
 */
enum blk_stamp_state blk_stamp_read(const void *block, unsigned bytes, struct blk_stamp *stamp,
                                    struct blk_stamp_tear *tear);

/** The key of a stamp: a tear's is that of the stamp to which the rest of the block belongs. */
uint64_t blk_stamp_key(const struct blk_stamp *stamp);

/** Continues an FNV-1a hash over words of eight bytes; bytes is a multiple of 8. */
uint64_t blk_hash(uint64_t hash, const void *data, size_t bytes);

/** What blk_hash begins with. */
#define BLK_HASH_START 0xcbf29ce484222325ul

#endif
