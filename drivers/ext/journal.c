/*
 * Transactions and their room in the journal. Invariant: the blocks from the tail on hold every
 * committed transaction of which a block is not durable in its place; `free` counts the others, and
 * the running transaction began only when the most it can take was free.
 */
#include "journal_state.h"

#define REVOKE_BLOCKS 16u

static uint32_t tags_per_block(const struct ext *fs)
{
    return (fs->block_bytes - sizeof(struct jbd_header) - JBD_UUID_BYTES) / sizeof(struct jbd_tag);
}

static uint32_t revokes_per_block(const struct ext *fs)
{
    return (fs->block_bytes - sizeof(struct jbd_revoke)) / sizeof(uint32_t);
}

/* What a transaction of so many blocks takes of the journal. */
static uint32_t log_blocks(const struct ext *fs, uint32_t blocks, uint32_t revokes)
{
    uint32_t tags = tags_per_block(fs), per_block = revokes_per_block(fs);
    return blocks + (blocks + tags - 1) / tags + (revokes + per_block - 1) / per_block + 1;
}

static bool has_space(const struct ext *fs)
{
    const struct ext_journal *j = fs->journal;
    return j->free >= log_blocks(fs, j->hard, REVOKE_BLOCKS * revokes_per_block(fs));
}

bool ext_journal_has_room(struct ext *fs, uint32_t blocks)
{
    struct ext_journal *j = fs->journal;
    if (!j || fs->broken)
        return true;
    if (!j->started && !has_space(fs))
        return false;
    j->started = true;
    return fs->cache.list[EXT_RUNNING].count + blocks <= j->soft && !ext_journal_is_full(fs);
}

bool ext_journal_is_full(const struct ext *fs)
{
    const struct ext_journal *j = fs->journal;
    return j && (fs->cache.list[EXT_RUNNING].count + 40 >= j->hard ||
                 j->revokes[0].count > REVOKE_BLOCKS / 2 * revokes_per_block(fs));
}

/* Transactions that nothing waits for go; then the journal begins with the next one. */
static void retire(struct ext_journal *j)
{
    while (j->oldest && !j->oldest->waiting) {
        struct ext_transaction *over = j->oldest;
        j->oldest = over->next;
        kfree(over);
    }
    if (!j->oldest)
        j->newest = NULL;
}

/* What is in its place need not be in the journal. fs->committing is held. */
static int advance_tail(struct ext *fs)
{
    struct ext_journal *j = fs->journal;
    retire(j);
    uint32_t tail = j->oldest ? j->oldest->start : j->head;
    uint32_t sequence = j->oldest ? j->oldest->sequence : j->sequence;
    if (tail == j->tail)
        return 0;
    int rc = ext_flush(fs);
    if (!rc)
        rc = ext_journal_write_super(fs, j, tail, sequence);
    if (rc)
        return rc;
    uint32_t ring = j->length - j->first;
    j->free += (tail + ring - j->tail) % ring;
    j->tail = tail;
    return 0;
}

static void checkpoint(struct ext *fs)
{
    mutex_lock(&fs->committing);
    int rc = fs->broken;
    if (!rc && !fs->journal->started && !has_space(fs)) {
        rc = ext_write_all(fs, EXT_CHECKPOINT);
        if (!rc)
            rc = advance_tail(fs);
        if (!rc && !has_space(fs))
            rc = -EUCLEAN;
        fs->broken = rc;
    }
    mutex_unlock(&fs->committing);
}

void ext_journal_make_room(struct ext *fs)
{
    int rc = 0;
    if (fs->journal->started)
        rc = ext_commit(fs, EXT_WRITTEN);
    else
        checkpoint(fs);
    if (rc)
        fs->broken = rc; /* nothing could go on */
}

void ext_journal_write_back(struct ext *fs)
{
    struct ext_journal *j = fs->journal;
    if (!j || j->free > j->length / 4 * 3)
        return;
    mutex_lock(&fs->committing);
    uint32_t count = fs->cache.list[EXT_CHECKPOINT].count;
    int rc = fs->broken;
    for (uint32_t done = 0; !rc && done < count; done += EXT_IO_MAX)
        rc = ext_write_some(fs, EXT_CHECKPOINT, EXT_IO_MAX);
    if (!rc)
        rc = advance_tail(fs);
    if (rc)
        fs->broken = rc;
    mutex_unlock(&fs->committing);
}

void ext_journal_in_place(struct ext_buffer *buffer)
{
    if (buffer->logged)
        buffer->logged->waiting--;
    buffer->logged = NULL;
}

int ext_journal_revoke(struct ext *fs, uint32_t first, uint32_t count)
{
    struct ext_revokes *r = &fs->journal->revokes[0];
    if (r->room - r->count < count) {
        uint32_t room = r->room * 2 + count + 64;
        uint32_t *blocks = kmalloc(room * sizeof(uint32_t));
        if (!blocks)
            return -ENOMEM;
        if (r->count)
            memcpy(blocks, r->blocks, r->count * sizeof(uint32_t));
        kfree(r->blocks);
        r->blocks = blocks;
        r->room = room;
    }
    for (uint32_t i = 0; i < count; i++)
        r->blocks[r->count++] = first + i;
    return 0;
}

static void move_all(struct ext *fs, enum ext_state from, enum ext_state to)
{
    while (fs->cache.list[from].count)
        ext_buffer_move(fs, fs->cache.list[from].first, to);
}

int ext_journal_close_running(struct ext *fs)
{
    struct ext_journal *j = fs->journal;
    const struct ext_list *list = fs->cache.list;
    if (!j || !(list[EXT_RUNNING].count + list[EXT_FORGOTTEN].count + j->revokes[0].count))
        return 0;
    uint32_t blocks = log_blocks(fs, list[EXT_RUNNING].count, j->revokes[0].count);
    struct ext_transaction *transaction = kmalloc(sizeof(*transaction));
    if (!transaction)
        return -ENOMEM;
    if (blocks > j->free) {
        kfree(transaction);
        return fs->broken = -EIO;
    }
    j->committing = transaction;
    j->free -= blocks;
    move_all(fs, EXT_RUNNING, EXT_COMMITTING);
    move_all(fs, EXT_FORGOTTEN, EXT_FORGOTTEN_COMMITTING);
    j->revokes[1] = j->revokes[0];
    j->revokes[0] = (struct ext_revokes){0};
    ext_freed_committing(fs);
    j->started = false;
    return 1;
}

/* The running transaction may use again what the committed one freed. */
static void committed(struct ext *fs)
{
    struct ext_journal *j = fs->journal;
    struct ext_list *list = fs->cache.list;
    struct ext_transaction *t = j->committing;
    while (list[EXT_COMMITTING].count) {
        struct ext_buffer *buffer = list[EXT_COMMITTING].first;
        ext_journal_in_place(buffer);
        buffer->logged = t;
        t->waiting++;
        ext_buffer_move(fs, buffer, EXT_CHECKPOINT);
    }
    while (list[EXT_FORGOTTEN_COMMITTING].count) {
        struct ext_buffer *buffer = list[EXT_FORGOTTEN_COMMITTING].first;
        ext_journal_in_place(buffer);
        buffer->valid = false;
        ext_buffer_move(fs, buffer, EXT_CLEAN);
    }
    *(j->newest ? &j->newest->next : &j->oldest) = t;
    j->newest = t;
    j->committing = NULL;
    kfree(j->revokes[1].blocks);
    j->revokes[1] = (struct ext_revokes){0};
    ext_freed_committed(fs);
}

int ext_journal_commit(struct ext *fs)
{
    struct ext_journal *j = fs->journal;
    j->committing->sequence = j->sequence;
    j->committing->start = j->head;
    int rc = ext_journal_write_log(fs, j);
    if (rc) {
        fs->broken = rc;
        move_all(fs, EXT_COMMITTING, EXT_RUNNING);
    } else {
        j->sequence++;
        j->before = 0;
        committed(fs);
    }
    ext_wake(&fs->cache.changed);
    return rc;
}
