/* A journal in use, as the files of the journal share it. */
#ifndef EXT_JOURNAL_STATE_H
#define EXT_JOURNAL_STATE_H

#include "journal.h"
#include "journal_format.h"
#include "volume.h"

/** A committed transaction of which not all blocks are in their places. */
struct ext_transaction {
    struct ext_transaction *next; /* later */
    uint32_t sequence, start;
    uint32_t waiting; /* buffers that are logged by it */
};

/** Blocks that were freed. */
struct ext_revokes {
    uint32_t *blocks, count, room;
};

struct ext_journal {
    uint32_t *map; /* where its blocks lie */
    uint32_t length, first;
    uint32_t head;     /* where the next transaction begins */
    uint32_t free;     /* blocks from the head on that are not needed any more */
    uint32_t sequence; /* of the next transaction to commit */
    uint32_t interrupted; /* of the one without commit, when the journal had to be replayed */
    uint32_t before; /* the same of an earlier mount, none of which committed; 0: none */
    uint32_t tail;     /* what its superblock says: from there on replay begins */
    uint32_t soft, hard; /* blocks of a transaction: begin no more operations; at most */
    bool started;  /* the running transaction has its room */
    struct ext_transaction *oldest, *newest, *spare;
    struct ext_transaction *committing;
    struct ext_revokes revokes[2]; /* of the running, of the committing transaction */
    char *memory; /* for I/O: its superblock, a descriptor, an escaped block, a commit block */
};

/** Reads its superblock and finds its blocks. */
int ext_journal_load(struct ext *fs, struct ext_journal *journal);

/** What has to be replayed, into the cache; then *next is the sequence to go on with. */
int ext_journal_replay(struct ext *fs, struct ext_journal *journal, uint32_t *next);

/** Its superblock: where replay begins; start 0: nothing to replay. Durable. */
int ext_journal_write_super(struct ext *fs, struct ext_journal *journal, uint32_t start,
                            uint32_t sequence);

/** All of the committing transaction, from the head on; durable. */
int ext_journal_write_log(struct ext *fs, struct ext_journal *journal);

static inline struct jbd_super *ext_journal_super(const struct ext_journal *journal)
{
    return (struct jbd_super *)journal->memory;
}

static inline char *ext_journal_memory(const struct ext *fs, const struct ext_journal *journal,
                                       unsigned n)
{
    return journal->memory + ((size_t)n << fs->block_shift);
}
enum { JOURNAL_SUPER, JOURNAL_DESCRIPTOR, JOURNAL_ESCAPED, JOURNAL_COMMIT, JOURNAL_MEMORY };

static inline uint32_t ext_journal_next(const struct ext_journal *journal, uint32_t at)
{
    return at + 1 == journal->length ? journal->first : at + 1;
}

#endif
