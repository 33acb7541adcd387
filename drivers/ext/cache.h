/*
 * The cache of blocks: metadata, and content that is not moved in whole blocks. A block is in it at
 * most once. Its state says who has to write it before it may be forgotten.
 */
#ifndef EXT_CACHE_H
#define EXT_CACHE_H

#include <ringside-rt/blk.h>

#include "wait.h"

enum ext_state {
    EXT_CLEAN,    /* as on the volume, or not valid; the least recently used one first */
    EXT_CONTENT,  /* content that must be written before what points to it is committed */
    EXT_METADATA, /* changed, on a volume without journal */
    EXT_RUNNING,  /* changed by the running transaction: must not reach its place yet */
    EXT_COMMITTING, /* on its way into the journal: must not change */
    EXT_CHECKPOINT, /* in the journal; to be written to its place before the journal forgets it */
    EXT_FORGOTTEN,  /* freed by the running transaction: not written, not used until it is over */
    EXT_FORGOTTEN_COMMITTING, /* the same of the committing transaction */
    EXT_STATES,
};

struct ext;
struct ext_transaction;

struct ext_buffer {
    struct ext_buffer *next, *previous; /* in the list of its state */
    struct ext_buffer *hash_next;
    char *data;
    uint32_t block;
    uint32_t users; /* it keeps its block while it has any */
    uint8_t state;
    bool hashed;  /* it stands for its block */
    bool valid;   /* the data is there */
    bool reading;
    bool writing; /* the device reads it: must not change */
    bool redone;  /* as it is, it is in the redo area */
    struct ext_transaction *logged; /* the last committed transaction that needs it in its place */
};

struct ext_list {
    struct ext_buffer *first, *last;
    uint32_t count;
};

struct ext_cache {
    uint32_t count, hash_mask;
    char *memory;
    size_t memory_bytes;
    struct ext_buffer *buffers, **hash;
    struct ext_list list[EXT_STATES];
    struct ext_queue changed; /* a buffer's state, or that it is no longer read or written */
};

int ext_cache_open(struct ext *fs, size_t bytes);
void ext_cache_close(struct ext *fs);

/** The block's buffer, with its data; the caller is one of its users. -EIO, -EUCLEAN, -ENOMEM. */
int ext_buffer_get(struct ext *fs, uint32_t block, struct ext_buffer **buffer);

/** The same without reading: the caller modifies all of it and sets valid. */
int ext_buffer_blank(struct ext *fs, uint32_t block, struct ext_buffer **buffer);

/** Reads what the cache does not have of these blocks, at most EXT_IO_MAX, all at once. */
void ext_buffers_read(struct ext *fs, uint32_t block, uint32_t count);

void ext_buffer_put(struct ext_buffer *buffer);

/** The block's buffer if it has one with data; not in use by the caller. */
struct ext_buffer *ext_buffer_peek(struct ext *fs, uint32_t block);

/**
 * The caller changes metadata (content) right after this, without waiting in between. Waits while
 * the device reads the buffer.
 */
void ext_modify(struct ext *fs, struct ext_buffer *buffer);
void ext_modify_content(struct ext *fs, struct ext_buffer *buffer);

/** The cache forgets content; -EUCLEAN when it was metadata. */
int ext_discard(struct ext *fs, uint32_t block, uint32_t count);

/** The same for metadata that the running transaction frees. */
void ext_forget(struct ext *fs, uint32_t block);

/** Writes at most so many buffers of a state to their places and waits for them. */
int ext_write_some(struct ext *fs, enum ext_state state, uint32_t limit);

/** Writes all; the caller sees to it that no new ones come. */
int ext_write_all(struct ext *fs, enum ext_state state);

/** For the journal. */
void ext_buffer_move(struct ext *fs, struct ext_buffer *buffer, enum ext_state state);

#endif
