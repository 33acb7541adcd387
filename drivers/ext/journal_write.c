/*
 * A transaction is written to the journal. Invariant: its commit block is written when all else of
 * it, and the content that it points to, is durable. Each write is durable by itself, so a commit
 * flushes only if content was written that is not.
 */
#include "journal_state.h"

static void head_of(char *block, uint32_t type, uint32_t sequence)
{
    *(struct jbd_header *)block = (struct jbd_header){
        big_endian(JBD_MAGIC), big_endian(type), big_endian(sequence)};
}

/* The next block of the journal: where it lies. */
static uint32_t place(struct ext_journal *j)
{
    uint32_t block = j->map[j->head];
    j->head = ext_journal_next(j, j->head);
    return block;
}

static int write_revokes(struct ext *fs, struct ext_journal *j)
{
    const struct ext_revokes *r = &j->revokes[1];
    uint32_t most = (fs->block_bytes - sizeof(struct jbd_revoke)) / sizeof(uint32_t);
    char *memory = ext_journal_memory(fs, j, JOURNAL_DESCRIPTOR);
    int rc = 0;
    for (uint32_t done = 0; !rc && done < r->count;) {
        struct jbd_revoke *block = (struct jbd_revoke *)memory;
        uint32_t count = r->count - done < most ? r->count - done : most;
        memset(memory, 0, fs->block_bytes);
        head_of(memory, JBD_REVOKE, j->sequence);
        block->bytes = big_endian(sizeof(*block) + count * sizeof(uint32_t));
        for (uint32_t i = 0; i < count; i++)
            block->blocks[i] = big_endian(r->blocks[done++]);
        rc = ext_io_write(fs, place(j), memory, true);
    }
    return rc;
}

/* One block behind its descriptor; one that looks like the journal's goes without its magic. */
static int add_block(struct ext *fs, struct ext_journal *j, struct ext_io *io,
                     const struct ext_buffer *buffer, bool escaped)
{
    char *data = buffer->data;
    int rc = 0;
    if (escaped) {
        data = ext_journal_memory(fs, j, JOURNAL_ESCAPED);
        rc = ext_io_wait(io); /* one that uses this memory may be under way */
        memcpy(data, buffer->data, fs->block_bytes);
        memset(data, 0, sizeof(uint32_t));
    }
    ext_io_add(io, BLK_WRITE, place(j), data, 1);
    return rc;
}

/* A descriptor and its blocks, from `buffer` on; the first that it does not have. */
static struct ext_buffer *write_part(struct ext *fs, struct ext_journal *j,
                                     struct ext_buffer *buffer, int *rc)
{
    char *memory = ext_journal_memory(fs, j, JOURNAL_DESCRIPTOR);
    struct jbd_super *super = ext_journal_super(j);
    struct ext_io io;
    memset(memory, 0, fs->block_bytes);
    head_of(memory, JBD_DESCRIPTOR, j->sequence);
    char *at = memory + sizeof(struct jbd_header);
    struct jbd_tag *tag = NULL;
    struct ext_buffer *end = buffer;
    for (; end && (size_t)(memory + fs->block_bytes - at) >= sizeof(*tag) + (tag ? 0 : 16);
         end = end->next) {
        bool escaped = *(const uint32_t *)end->data == big_endian(JBD_MAGIC), first = !tag;
        tag = (struct jbd_tag *)at;
        tag->block = big_endian(end->block);
        tag->flags = big_endian((escaped ? JBD_ESCAPED : 0) | (first ? 0 : JBD_SAME_UUID));
        at += sizeof(*tag);
        if (first) {
            memcpy(at, super->uuid, JBD_UUID_BYTES);
            at += JBD_UUID_BYTES;
        }
    }
    tag->flags |= big_endian(JBD_LAST_TAG);
    ext_io_begin(&io, fs);
    io.durable = true;
    ext_io_add(&io, BLK_WRITE, place(j), memory, 1);
    for (; buffer != end && !*rc; buffer = buffer->next)
        *rc = add_block(fs, j, &io, buffer,
                        *(const uint32_t *)buffer->data == big_endian(JBD_MAGIC));
    int waited = ext_io_wait(&io);
    *rc = *rc ? *rc : waited;
    return end;
}

int ext_journal_write_log(struct ext *fs, struct ext_journal *j)
{
    char *commit = ext_journal_memory(fs, j, JOURNAL_COMMIT);
    int rc = write_revokes(fs, j);
    struct ext_buffer *buffer = fs->cache.list[EXT_COMMITTING].first;
    while (buffer && !rc)
        buffer = write_part(fs, j, buffer, &rc);
    if (!rc)
        rc = ext_flush_fresh(fs);
    memset(commit, 0, fs->block_bytes);
    head_of(commit, JBD_COMMIT, j->sequence);
    return rc ? rc : ext_io_write(fs, place(j), commit, true);
}
