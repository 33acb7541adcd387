/*
 * The area at mount: made where there is none, its chunks carried out where they are of this
 * session. What they say goes into the journal as a transaction of its own before anything else.
 */
#include "journal.h"
#include "redo.h"
#include "journal_state.h"

/* Where the area begins in the private file, behind all that others keep there. */
#define BEGIN_BYTES (64ul << 20)

#define LEAST 64u
#define MOST 2048u

static uint32_t first_of(const struct ext *fs)
{
    return (uint32_t)(BEGIN_BYTES >> fs->block_shift);
}

static uint32_t length_for(const struct ext *fs)
{
    uint32_t share = fs->blocks / 32;
    return share < LEAST ? LEAST : share > MOST ? MOST : share;
}

/* As many of its blocks as there are. */
static int load_map(struct ext_inode *inode, struct ext_redo *redo, uint32_t wanted)
{
    while (redo->length < wanted) {
        uint32_t block, count;
        int rc = ext_map(inode, first_of(inode->fs) + redo->length, wanted - redo->length, &block,
                         &count);
        if (rc || !block)
            return rc;
        for (uint32_t i = 0; i < count; i++)
            redo->map[redo->length++] = block + i;
    }
    return 0;
}

/* Within an operation. */
static int grow(struct ext_inode *inode, struct ext_redo *redo, uint32_t wanted)
{
    int rc = 0;
    while (!rc && redo->length < wanted) {
        uint32_t block = 0, count = 0;
        rc = ext_map_grow(inode, first_of(inode->fs) + redo->length, wanted - redo->length, &block,
                          &count);
        for (uint32_t i = 0; !rc && i < count; i++)
            redo->map[redo->length++] = block + i;
    }
    uint64_t end = (uint64_t)(first_of(inode->fs) + redo->length) << inode->fs->block_shift;
    int sized = ext_size_set(inode, end > inode->at.size ? end : inode->at.size);
    int stored = ext_inode_store(inode);
    return rc ? rc : sized ? sized : stored;
}

/* Durable before anything is written there: until then others could have the blocks. */
static int make(struct ext_inode *inode, struct ext_redo *redo, uint32_t wanted)
{
    struct ext *fs = inode->fs;
    int rc = ext_start(fs);
    if (rc)
        return rc;
    ext_lock_exclusive(&inode->lock);
    rc = grow(inode, redo, wanted);
    ext_unlock(&inode->lock);
    ext_end(fs);
    if (rc == -ENOSPC && redo->length >= LEAST / 2)
        rc = 0; /* a smaller one will do */
    return rc ? rc : ext_commit(fs, EXT_DURABLE);
}

static int read_block(struct ext *fs, uint32_t at, char *to, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        uint64_t offset = (uint64_t)fs->redo->map[at + i] << fs->block_shift;
        if (blk_read(fs->blk, offset, to + ((size_t)i << fs->block_shift), fs->block_bytes))
            return -EIO;
    }
    return 0;
}

/* The session that the area is of, 0 for none. */
static int read_session(struct ext *fs, uint64_t *session)
{
    const struct ext_redo_head *head = (const struct ext_redo_head *)fs->redo->memory;
    int rc = read_block(fs, 0, fs->redo->memory, 1);
    *session = !rc && head->magic == EXT_REDO_MAGIC ? head->session : 0;
    return rc;
}

static int begin_session(struct ext *fs, uint64_t session)
{
    struct ext_redo_head *head = (struct ext_redo_head *)fs->redo->memory;
    memset(head, 0, fs->block_bytes);
    *head = (struct ext_redo_head){.magic = EXT_REDO_MAGIC, .session = session};
    fs->redo->session = session;
    return ext_io_write(fs, fs->redo->map[0], head, true);
}

/* The transaction whose chunks are there to be carried out; 0: of none. */
static int find_sequence(struct ext *fs)
{
    const struct ext_redo_head *head = (const struct ext_redo_head *)fs->redo->memory;
    const struct ext_journal *journal = fs->journal;
    int rc = read_block(fs, 1, fs->redo->memory, 1);
    bool there = !rc && (head->sequence == journal->interrupted ||
                         head->sequence == journal->before);
    fs->redo->sequence = there ? head->sequence : 0;
    return rc;
}

/* The next chunk into memory; false: there is none. */
static bool next_chunk(struct ext *fs, int *rc)
{
    struct ext_redo *redo = fs->redo;
    const struct ext_redo_head *head = (const struct ext_redo_head *)redo->memory;
    if (redo->next >= redo->length)
        return false;
    *rc = read_block(fs, redo->next, redo->memory, 1);
    if (*rc || head->magic != EXT_REDO_MAGIC || head->session != redo->session ||
        head->sequence != redo->sequence || head->index != redo->index ||
        head->count > EXT_REDO_CHUNK || head->count >= redo->length - redo->next ||
        head->revoked > ext_redo_numbers(fs) - head->count)
        return false;
    *rc = read_block(fs, redo->next + 1, redo->memory + fs->block_bytes, head->count);
    redo->next += 1 + head->count;
    redo->index++;
    const char *blocks[EXT_REDO_CHUNK];
    for (uint32_t i = 0; i < head->count; i++)
        blocks[i] = redo->memory + ((size_t)(i + 1) << fs->block_shift);
    return !*rc && ext_redo_sum(fs, head, blocks) == head->sum;
}

/* Blocks that the transaction freed. */
struct freed {
    uint32_t *block, count, room;
};

static int add_freed(struct freed *freed, const struct ext_redo_head *head)
{
    if (freed->room - freed->count < head->revoked) {
        uint32_t room = freed->room * 2 + head->revoked;
        uint32_t *more = kmalloc(room * sizeof(*more));
        if (!more)
            return -ENOMEM;
        if (freed->count)
            memcpy(more, freed->block, freed->count * sizeof(*more));
        kfree(freed->block);
        freed->block = more;
        freed->room = room;
    }
    memcpy(freed->block + freed->count, head->block + head->count,
           head->revoked * sizeof(*freed->block));
    freed->count += head->revoked;
    return 0;
}

static bool is_freed(const struct freed *freed, uint32_t block)
{
    for (uint32_t i = 0; i < freed->count; i++)
        if (freed->block[i] == block)
            return true;
    return false;
}

static int restore(struct ext *fs, uint32_t block, const char *from)
{
    struct ext_buffer *buffer;
    int rc = ext_buffer_blank(fs, block, &buffer);
    if (rc)
        return rc;
    ext_modify(fs, buffer);
    memcpy(buffer->data, from, fs->block_bytes);
    buffer->valid = true;
    ext_buffer_put(buffer);
    return 0;
}

static int carry_out(struct ext *fs, const struct freed *freed)
{
    const struct ext_redo_head *head = (const struct ext_redo_head *)fs->redo->memory;
    int rc = 0;
    for (uint32_t i = 0; !rc && i < head->count; i++)
        if (!is_freed(freed, head->block[i]))
            rc = restore(fs, head->block[i],
                         (const char *)head + ((size_t)(i + 1) << fs->block_shift));
    return rc;
}

static void rewind(struct ext_redo *redo)
{
    redo->next = 1;
    redo->index = 0;
}

/* First all that was freed, then the rest. */
static int redo_all(struct ext *fs, bool *changed)
{
    const struct ext_redo_head *head = (const struct ext_redo_head *)fs->redo->memory;
    struct freed freed = {0};
    int rc = find_sequence(fs);
    if (rc || !fs->redo->sequence)
        return rc;
    rewind(fs->redo);
    while (!rc && next_chunk(fs, &rc))
        rc = add_freed(&freed, head);
    rewind(fs->redo);
    ext_begin(fs);
    while (!rc && next_chunk(fs, &rc)) {
        *changed = true;
        rc = carry_out(fs, &freed);
    }
    ext_end(fs);
    kfree(freed.block);
    return rc || !*changed ? rc : ext_commit(fs, EXT_DURABLE);
}

static int find(struct ext *fs, struct ext_inode *inode, uint64_t session, bool *changed)
{
    struct ext_redo *redo = fs->redo;
    uint32_t wanted = length_for(fs);
    uint64_t last;
    redo->map = kmalloc(wanted * sizeof(uint32_t));
    redo->memory = blk_buffer_alloc(fs->blk, (size_t)(EXT_REDO_CHUNK + 1) << fs->block_shift);
    if (!redo->map || !redo->memory)
        return -ENOMEM;
    int rc = load_map(inode, redo, wanted);
    if (!rc && redo->length < LEAST / 2)
        rc = make(inode, redo, wanted);
    if (!rc)
        rc = read_session(fs, &last);
    if (rc)
        return rc;
    redo->session = last;
    if (!session || last != session)
        return begin_session(fs, last + 1 ? last + 1 : 1);
    return redo_all(fs, changed);
}

int ext_redo_open(struct ext *fs, uint64_t session, bool *changed)
{
    struct ext_inode *inode;
    *changed = false;
    if (!fs->journal)
        return 0;
    int rc = ext_open_private(fs, &inode);
    if (rc)
        return rc == -EBUSY || rc == -ENOSPC ? 0 : rc;
    fs->redo = kmalloc(sizeof(*fs->redo));
    rc = fs->redo ? find(fs, inode, session, changed) : -ENOMEM;
    ext_put(inode);
    if (rc)
        ext_redo_close(fs);
    if (fs->redo)
        fs->redo->sequence = 0; /* the next chunk is a transaction's first */
    return rc == -ENOSPC ? 0 : rc;
}

void ext_redo_close(struct ext *fs)
{
    if (!fs->redo)
        return;
    if (fs->redo->memory)
        blk_buffer_free(fs->blk, fs->redo->memory,
                        (size_t)(EXT_REDO_CHUNK + 1) << fs->block_shift);
    kfree(fs->redo->map);
    kfree(fs->redo);
    fs->redo = NULL;
}

uint64_t ext_session(const struct ext *fs)
{
    return fs->redo ? fs->redo->session : 0;
}
