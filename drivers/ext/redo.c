/* Chunks are put together and written. */
#include "redo.h"
#include "journal_state.h"

/* Two sums of words, so that their order counts (after Fletcher, IEEE Trans. Comm. 30, 1982). */
static uint64_t add_words(uint64_t seed, const void *from, size_t bytes)
{
    const uint64_t *word = from, *end = word + bytes / sizeof(*word);
    uint64_t a = (uint32_t)seed, b = seed >> 32;
    for (; word + 4 <= end; word += 4) {
        b += a += word[0];
        b += a += word[1];
        b += a += word[2];
        b += a += word[3];
    }
    for (; word < end; word++)
        b += a += *word;
    return (b ^ b >> 32) << 32 | (uint32_t)(a ^ a >> 32);
}

uint32_t ext_redo_numbers(const struct ext *fs)
{
    return (fs->block_bytes - sizeof(struct ext_redo_head)) / sizeof(uint32_t) & ~1u;
}

uint64_t ext_redo_sum(const struct ext *fs, const struct ext_redo_head *head,
                      const char *const *blocks)
{
    uint32_t numbers = (head->count + head->revoked + 1) & ~1u; /* one behind them is 0 */
    uint64_t seed = head->count | (uint64_t)head->revoked << 32;
    uint64_t sum = add_words(seed, head->block, numbers * sizeof(uint32_t));
    for (uint32_t i = 0; i < head->count; i++)
        sum = add_words(sum, blocks[i], fs->block_bytes);
    return sum;
}

/* Chunks of another transaction begin anew: that of the last ones is in the journal. */
static void follow_journal(struct ext *fs)
{
    struct ext_redo *redo = fs->redo;
    if (redo->sequence == fs->journal->sequence)
        return;
    redo->sequence = fs->journal->sequence;
    redo->next = 1;
    redo->index = 0;
    redo->revoked = 0;
}

int ext_redo_take(struct ext *fs)
{
    struct ext_redo *redo = fs->redo;
    struct ext_redo_head *head = (struct ext_redo_head *)redo->memory;
    uint32_t count = 0;
    follow_journal(fs);
    const struct ext_revokes *revokes = &fs->journal->revokes[0];
    uint32_t revoked = revokes->count - redo->revoked;
    for (const struct ext_buffer *b = fs->cache.list[EXT_RUNNING].first; b; b = b->next)
        count += !b->redone;
    if (count > EXT_REDO_CHUNK || redo->next + 1 + count > redo->length ||
        count + revoked > ext_redo_numbers(fs))
        return -EAGAIN;
    memset(head, 0, fs->block_bytes);
    *head = (struct ext_redo_head){.magic = EXT_REDO_MAGIC,
                                   .session = redo->session,
                                   .sequence = redo->sequence,
                                   .index = redo->index};
    const char *data[EXT_REDO_CHUNK];
    for (struct ext_buffer *b = fs->cache.list[EXT_RUNNING].first; b; b = b->next) {
        if (b->redone)
            continue;
        b->redone = b->writing = true;
        data[head->count] = b->data;
        redo->buffer[head->count] = b;
        head->block[head->count++] = b->block;
    }
    head->revoked = revoked;
    if (revoked)
        memcpy(head->block + count, revokes->blocks + redo->revoked, revoked * sizeof(uint32_t));
    redo->revoked += revoked;
    head->sum = ext_redo_sum(fs, head, data);
    return 0;
}

int ext_redo_write(struct ext *fs)
{
    struct ext_redo *redo = fs->redo;
    const struct ext_redo_head *head = (const struct ext_redo_head *)redo->memory;
    struct ext_io io;
    if (!head->count && !head->revoked)
        return 0;
    ext_io_begin(&io, fs);
    ext_io_add(&io, BLK_WRITE, redo->map[redo->next], redo->memory, 1);
    for (uint32_t i = 0; i < head->count; i++)
        ext_io_add(&io, BLK_WRITE, redo->map[redo->next + 1 + i], redo->buffer[i]->data, 1);
    int rc = ext_io_wait(&io);
    for (uint32_t i = 0; i < head->count; i++)
        redo->buffer[i]->writing = false;
    ext_wake(&fs->cache.changed);
    redo->next = rc ? redo->length : redo->next + 1 + head->count; /* after an error: a commit */
    redo->index++;
    return rc;
}
