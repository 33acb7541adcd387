/* A volume that is being made, as the files of ext_format share it. */
#ifndef EXT_FORMAT_H
#define EXT_FORMAT_H

#include "volume.h"

#define EXT_FORMAT_INODE 256u /* bytes of an inode */
#define EXT_JOURNAL_INO 8u
#define EXT_LOST_FOUND_INO 11u /* the first that is not reserved; the last in use */

struct ext_format {
    struct blk *blk;
    const struct ext_format_options *options;
    uint32_t block_bytes, block_shift;
    uint32_t blocks, first_data_block, blocks_per_group, descriptor_blocks;
    uint32_t groups, inodes_per_group, table_blocks;
    uint32_t journal_blocks; /* 0: no journal */
    uint32_t next;           /* all blocks that files can have are taken up to here */
    char *memory;
    char *head;    /* what the first EXT_BLANK_BYTES of the device will hold */
    char *inodes;  /* the first inodes of the table: one page */
    char *map[2];  /* a block each: indirect blocks of the journal, being filled */
    char *scratch; /* two blocks */
};

/** What goes where. -EINVAL: no such blocks; the device is too small: -ENOSPC; large: -EFBIG. */
int ext_format_plan(struct ext_format *f);

uint32_t ext_format_first(const struct ext_format *f, uint32_t group);
uint32_t ext_format_size(const struct ext_format *f, uint32_t group);

/** Blocks of a group that hold copies of the superblock and the descriptors, and all it needs. */
uint32_t ext_format_copies(const struct ext_format *f, uint32_t group);
uint32_t ext_format_overhead(const struct ext_format *f, uint32_t group);

/** Blocks of a group in use: the first ones. */
uint32_t ext_format_used(const struct ext_format *f, uint32_t group);

/** The next free block; the plan has seen to it that there is one. */
uint32_t ext_format_take(struct ext_format *f);

/** Some blocks get their content; that of the head comes last. -EIO. */
int ext_format_put(struct ext_format *f, uint32_t block, const char *data, uint32_t count);
int ext_format_zero(struct ext_format *f, uint32_t block, uint32_t count);

/** The root, lost+found and the journal: takes their blocks, puts their inodes together. */
int ext_format_files(struct ext_format *f);

#endif
