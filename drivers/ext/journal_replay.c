/*
 * What is committed in the journal goes to its places. Invariant: nothing of a transaction without
 * commit block is used, and nothing that the same or a later transaction revoked. No number of the
 * journal is used that was not checked; it is walked through at most once per pass.
 */
#include "journal_state.h"

struct revoked {
    uint32_t block, sequence;
};

struct replay {
    struct ext *fs;
    struct ext_journal *journal;
    uint32_t end; /* the sequence of the first transaction that is not all there */
    struct revoked *revoked;
    uint32_t count, room;
};

/* Sequences go around. */
static bool before(uint32_t a, uint32_t b)
{
    return (int32_t)(a - b) < 0;
}

static int read_log(struct replay *r, uint32_t at, char *memory)
{
    uint64_t offset = (uint64_t)r->journal->map[at] << r->fs->block_shift;
    return blk_read(r->fs->blk, offset, memory, r->fs->block_bytes) ? -EIO : 0;
}

static int add_revokes(struct replay *r, const char *memory, uint32_t sequence)
{
    const struct jbd_revoke *block = (const struct jbd_revoke *)memory;
    uint32_t bytes = big_endian(block->bytes);
    if (bytes < sizeof(*block) || bytes > r->fs->block_bytes)
        return -EUCLEAN;
    for (uint32_t i = 0; i < (bytes - sizeof(*block)) / sizeof(uint32_t); i++) {
        if (r->count == r->room) {
            uint32_t room = r->room * 2 + 256;
            struct revoked *more = kmalloc(room * sizeof(*more));
            if (!more)
                return -ENOMEM;
            if (r->count)
                memcpy(more, r->revoked, r->count * sizeof(*more));
            kfree(r->revoked);
            r->revoked = more;
            r->room = room;
        }
        r->revoked[r->count++] = (struct revoked){big_endian(block->blocks[i]), sequence};
    }
    return 0;
}

/* By block, with Shell's gaps. */
static void sort(struct replay *r)
{
    for (uint32_t gap = r->count / 2; gap; gap /= 2)
        for (uint32_t i = gap; i < r->count; i++) {
            struct revoked one = r->revoked[i];
            uint32_t k = i;
            for (; k >= gap && r->revoked[k - gap].block > one.block; k -= gap)
                r->revoked[k] = r->revoked[k - gap];
            r->revoked[k] = one;
        }
}

static bool is_revoked(const struct replay *r, uint32_t block, uint32_t sequence)
{
    uint32_t low = 0, high = r->count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (r->revoked[middle].block < block)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < r->count && r->revoked[low].block == block; low++)
        if (!before(r->revoked[low].sequence, sequence))
            return true;
    return false;
}

/* A block of the journal to its place, by way of the cache. */
static int put(struct replay *r, uint32_t at, uint32_t block, bool escaped)
{
    struct ext *fs = r->fs;
    char *memory = ext_journal_memory(fs, r->journal, JOURNAL_ESCAPED);
    struct ext_buffer *buffer;
    int rc = read_log(r, at, memory);
    if (!rc)
        rc = ext_buffer_blank(fs, block, &buffer);
    if (rc)
        return rc;
    ext_modify(fs, buffer);
    memcpy(buffer->data, memory, fs->block_bytes);
    if (escaped)
        *(uint32_t *)buffer->data = big_endian(JBD_MAGIC);
    buffer->valid = true;
    ext_buffer_put(buffer);
    return 0;
}

enum pass { SCAN, REVOKE, REPLAY };

/* Goes over what a descriptor describes; *at is moved behind it, *left counts blocks down. */
static int descriptor(struct replay *r, enum pass pass, uint32_t sequence, uint32_t *at,
                      uint32_t *left)
{
    struct ext *fs = r->fs;
    const char *memory = ext_journal_memory(fs, r->journal, JOURNAL_DESCRIPTOR);
    const char *end = memory + fs->block_bytes;
    const char *tag_at = memory + sizeof(struct jbd_header);
    for (uint32_t flags = 0; !(flags & JBD_LAST_TAG);) {
        const struct jbd_tag *tag = (const struct jbd_tag *)tag_at;
        if (end - tag_at < (long)sizeof(*tag) || !*left)
            return -EUCLEAN;
        flags = big_endian(tag->flags) & 0xffff;
        uint32_t block = big_endian(tag->block);
        tag_at += sizeof(*tag) + (flags & JBD_SAME_UUID ? 0 : JBD_UUID_BYTES);
        if (pass == REPLAY && !is_revoked(r, block, sequence)) {
            int rc = put(r, *at, block, flags & JBD_ESCAPED);
            if (rc)
                return rc;
        }
        *at = ext_journal_next(r->journal, *at);
        --*left;
    }
    return 0;
}

static int walk(struct replay *r, enum pass pass)
{
    struct ext_journal *j = r->journal;
    const struct jbd_super *super = ext_journal_super(j);
    char *memory = ext_journal_memory(r->fs, j, JOURNAL_DESCRIPTOR);
    const struct jbd_header *header = (const struct jbd_header *)memory;
    uint32_t at = big_endian(super->start), sequence = big_endian(super->sequence);
    uint32_t left = j->length - j->first;
    int rc = 0;
    while (!rc && left && (pass == SCAN || sequence != r->end)) {
        rc = read_log(r, at, memory);
        if (rc)
            return rc;
        uint32_t type = big_endian(header->type);
        if (big_endian(header->magic) != JBD_MAGIC || big_endian(header->sequence) != sequence)
            break;
        at = ext_journal_next(j, at);
        left--;
        if (type == JBD_DESCRIPTOR)
            rc = descriptor(r, pass, sequence, &at, &left);
        else if (type == JBD_REVOKE && pass == REVOKE)
            rc = add_revokes(r, memory, sequence);
        else if (type == JBD_COMMIT)
            sequence++;
        else if (type != JBD_REVOKE)
            break;
    }
    if (pass == SCAN) {
        r->end = sequence;
        return rc == -EIO ? rc : 0; /* what is wrong before a commit block is the end */
    }
    return !rc && sequence != r->end ? -EUCLEAN : rc;
}

int ext_journal_replay(struct ext *fs, struct ext_journal *journal, uint32_t *next)
{
    struct replay r = {.fs = fs, .journal = journal};
    int rc = walk(&r, SCAN);
    if (!rc)
        rc = walk(&r, REVOKE);
    sort(&r);
    if (!rc)
        rc = walk(&r, REPLAY);
    kfree(r.revoked);
    *next = r.end + 1; /* what is left of an uncommitted one must not look like the next */
    return rc;
}
