/*
 * The redo area: what the running transaction has changed, written where a mount that follows this
 * one finds it, as long as the device has not lost power since. So ext_sync(EXT_WRITTEN) needs no
 * commit, which would have to wait for a flush.
 *
 * Invariant: the area's blocks belong to the private file and are neither cached nor journaled. Its
 * first block says which session it is, durably; all behind it is only believed in that session,
 * in which whatever the device answered is there. Chunk i of the transaction that the journal has
 * next, each with its own sum, give the state after the last EXT_WRITTEN: the last copy of each
 * block, but none of a block that the transaction has freed, which must not be journaled again.
 */
#ifndef EXT_REDO_H
#define EXT_REDO_H

#include <ringside-rt/ext.h>

#define EXT_REDO_MAGIC 0x6f6465722d747865ul /* "ext-redo" */

/** Most blocks of a chunk beside its head. */
#define EXT_REDO_CHUNK 63u

/** On the volume: the head of a chunk; of the area's first block only magic and session count. */
struct ext_redo_head {
    uint64_t magic, session;
    uint32_t sequence; /* of the transaction */
    uint32_t index;    /* of the chunk in it */
    uint32_t count;   /* of blocks behind the head */
    uint32_t revoked; /* of metadata that was freed; their numbers follow those of the blocks */
    uint64_t sum; /* of the numbers and the blocks */
    uint32_t block[];
};

struct ext_redo {
    uint64_t session;
    uint32_t *map; /* where its blocks lie */
    uint32_t length;
    uint32_t next;     /* block of the area for the next chunk */
    uint32_t sequence; /* of the transaction that the last chunk belonged to */
    uint32_t index;
    uint32_t revoked; /* of the transaction's revokes, how many chunks have told */
    char *memory; /* a head; while the area is read, a chunk */
    struct ext_buffer *buffer[EXT_REDO_CHUNK]; /* blocks of the chunk that is being written */
};

/**
 * Finds or makes the area, and does what a mount of the same session left to be done: then
 * *changed, and everything read from the volume before has to be looked at again.
 *
 * @param session of that mount; 0: a new one begins
 */
int ext_redo_open(struct ext *fs, uint64_t session, bool *changed);
void ext_redo_close(struct ext *fs);

/**
 * Takes what has changed since the last chunk, which does not change until it is written; no
 * operation is under way. -EAGAIN: it does not fit, so the transaction has to be committed.
 */
int ext_redo_take(struct ext *fs);

/** Writes what was taken. */
int ext_redo_write(struct ext *fs);

/** Numbers that a head has room for. */
uint32_t ext_redo_numbers(const struct ext *fs);

/** Of the numbers and the blocks of a chunk. */
uint64_t ext_redo_sum(const struct ext *fs, const struct ext_redo_head *head,
                      const char *const *blocks);

#endif
