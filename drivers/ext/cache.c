/*
 * The cache of blocks. Invariant: every buffer is in the list of its state; a hashed buffer is the
 * only one of its block; one that has users, is read or written, or is not clean keeps its block.
 */
#include "journal.h"
#include "volume.h"

static uint32_t slot(const struct ext_cache *cache, uint32_t block)
{
    return (block * 2654435761u >> 7) & cache->hash_mask;
}

static void unlink_buffer(struct ext_list *list, struct ext_buffer *buffer)
{
    *(buffer->previous ? &buffer->previous->next : &list->first) = buffer->next;
    *(buffer->next ? &buffer->next->previous : &list->last) = buffer->previous;
    list->count--;
}

static void append(struct ext_list *list, struct ext_buffer *buffer)
{
    buffer->next = NULL;
    buffer->previous = list->last;
    *(list->last ? &list->last->next : &list->first) = buffer;
    list->last = buffer;
    list->count++;
}

static void prepend(struct ext_list *list, struct ext_buffer *buffer)
{
    buffer->previous = NULL;
    buffer->next = list->first;
    *(list->first ? &list->first->previous : &list->last) = buffer;
    list->first = buffer;
    list->count++;
}

void ext_buffer_move(struct ext *fs, struct ext_buffer *buffer, enum ext_state state)
{
    unlink_buffer(&fs->cache.list[buffer->state], buffer);
    buffer->state = state;
    append(&fs->cache.list[state], buffer);
}

int ext_cache_open(struct ext *fs, size_t bytes)
{
    struct ext_cache *cache = &fs->cache;
    uint32_t count = bytes >> fs->block_shift, slots = 64;
    if (count < 256)
        count = 256;
    while (slots < count)
        slots *= 2;
    cache->memory_bytes = ALIGN_UP((size_t)count << fs->block_shift, PAGE_SIZE);
    cache->memory = blk_buffer_alloc(fs->blk, cache->memory_bytes);
    cache->buffers = kmalloc(count * sizeof(struct ext_buffer));
    cache->hash = kmalloc(slots * sizeof(struct ext_buffer *));
    if (!cache->memory || !cache->buffers || !cache->hash)
        return -ENOMEM;
    cache->count = count;
    cache->hash_mask = slots - 1;
    for (uint32_t i = 0; i < count; i++) {
        cache->buffers[i].data = cache->memory + ((size_t)i << fs->block_shift);
        append(&cache->list[EXT_CLEAN], &cache->buffers[i]);
    }
    return 0;
}

void ext_cache_close(struct ext *fs)
{
    struct ext_cache *cache = &fs->cache;
    if (cache->memory)
        blk_buffer_free(fs->blk, cache->memory, cache->memory_bytes);
    kfree(cache->buffers);
    kfree(cache->hash);
    *cache = (struct ext_cache){0};
}

static struct ext_buffer *find(struct ext *fs, uint32_t block)
{
    struct ext_buffer *buffer = fs->cache.hash[slot(&fs->cache, block)];
    while (buffer && buffer->block != block)
        buffer = buffer->hash_next;
    return buffer;
}

static void unhash(struct ext_cache *cache, struct ext_buffer *buffer)
{
    struct ext_buffer **at = &cache->hash[slot(cache, buffer->block)];
    while (*at != buffer)
        at = &(*at)->hash_next;
    *at = buffer->hash_next;
    buffer->hashed = false;
}

/* A buffer that stands for nothing needed, or NULL. */
static struct ext_buffer *unused(struct ext *fs)
{
    struct ext_buffer *buffer = fs->cache.list[EXT_CLEAN].first;
    while (buffer && (buffer->users || buffer->reading || buffer->writing))
        buffer = buffer->next;
    return buffer;
}

/* Writes something, so that it need not be kept. */
static int make_room(struct ext *fs)
{
    static const enum ext_state states[] = {EXT_CONTENT, EXT_METADATA, EXT_CHECKPOINT};
    struct ext_list *list = fs->cache.list;
    for (unsigned i = 0; i < ARRAY_SIZE(states); i++)
        if (list[states[i]].count)
            return ext_write_some(fs, states[i], EXT_IO_MAX);
    return -ENOMEM;
}

/* The block's buffer, perhaps without data; the caller is a user. */
static int claim(struct ext *fs, uint32_t block, struct ext_buffer **out)
{
    struct ext_cache *cache = &fs->cache;
    struct ext_buffer *buffer;
    while (!(buffer = find(fs, block))) {
        buffer = unused(fs);
        if (!buffer) {
            int rc = make_room(fs);
            if (rc)
                return rc;
            continue; /* somebody may have claimed the block meanwhile */
        }
        if (buffer->hashed)
            unhash(cache, buffer);
        buffer->block = block;
        buffer->valid = false;
        buffer->hashed = true;
        buffer->hash_next = cache->hash[slot(cache, block)];
        cache->hash[slot(cache, block)] = buffer;
        break;
    }
    if (buffer->state == EXT_FORGOTTEN || buffer->state == EXT_FORGOTTEN_COMMITTING)
        return -EUCLEAN; /* something still points to a block that was freed */
    if (buffer->state == EXT_CLEAN)
        ext_buffer_move(fs, buffer, EXT_CLEAN);
    buffer->users++;
    *out = buffer;
    return 0;
}

int ext_buffer_blank(struct ext *fs, uint32_t block, struct ext_buffer **buffer)
{
    if (block >= fs->blocks)
        return -EUCLEAN;
    int rc = claim(fs, block, buffer);
    while (!rc && (*buffer)->reading)
        ext_wait(&fs->cache.changed);
    return rc;
}

int ext_buffer_get(struct ext *fs, uint32_t block, struct ext_buffer **out)
{
    int rc = ext_buffer_blank(fs, block, out);
    if (rc)
        return rc;
    struct ext_buffer *buffer = *out;
    if (!buffer->valid) {
        struct ext_io io;
        buffer->reading = true;
        ext_io_begin(&io, fs);
        ext_io_add(&io, BLK_READ, block, buffer->data, 1);
        rc = ext_io_wait(&io);
        buffer->reading = false;
        buffer->valid = !rc;
        ext_wake(&fs->cache.changed);
    }
    if (rc)
        ext_buffer_put(buffer);
    return rc;
}

void ext_buffers_read(struct ext *fs, uint32_t block, uint32_t count)
{
    struct ext_buffer *batch[EXT_IO_MAX];
    struct ext_io io;
    unsigned n = 0;
    ext_io_begin(&io, fs);
    for (uint32_t end = block + count; block < end && n < EXT_IO_MAX; block++) {
        if (claim(fs, block, &batch[n]))
            break;
        if (batch[n]->valid || batch[n]->reading) {
            ext_buffer_put(batch[n]);
            continue;
        }
        batch[n]->reading = true;
        ext_io_add(&io, BLK_READ, block, batch[n]->data, 1);
        n++;
    }
    bool good = n && !ext_io_wait(&io);
    for (unsigned i = 0; i < n; i++) {
        batch[i]->reading = false;
        batch[i]->valid = good; /* else whoever needs it reads it anew, and hears of the error */
        ext_buffer_put(batch[i]);
    }
    if (n)
        ext_wake(&fs->cache.changed);
}

void ext_buffer_put(struct ext_buffer *buffer)
{
    buffer->users--;
}

struct ext_buffer *ext_buffer_peek(struct ext *fs, uint32_t block)
{
    struct ext_buffer *buffer;
    while ((buffer = find(fs, block)) && buffer->reading)
        ext_wait(&fs->cache.changed);
    return buffer && buffer->valid ? buffer : NULL;
}

void ext_modify(struct ext *fs, struct ext_buffer *buffer)
{
    while (buffer->writing || buffer->state == EXT_COMMITTING)
        ext_wait(&fs->cache.changed);
    enum ext_state state = fs->journal ? EXT_RUNNING : EXT_METADATA;
    buffer->redone = false;
    if (buffer->state != state)
        ext_buffer_move(fs, buffer, state);
}

void ext_modify_content(struct ext *fs, struct ext_buffer *buffer)
{
    while (buffer->writing)
        ext_wait(&fs->cache.changed);
    if (buffer->state == EXT_CLEAN)
        ext_buffer_move(fs, buffer, EXT_CONTENT);
}

static void invalidate(struct ext *fs, struct ext_buffer *buffer)
{
    buffer->valid = false;
    unlink_buffer(&fs->cache.list[buffer->state], buffer);
    buffer->state = EXT_CLEAN;
    prepend(&fs->cache.list[EXT_CLEAN], buffer);
}

int ext_discard(struct ext *fs, uint32_t block, uint32_t count)
{
    for (uint32_t end = block + count; block < end; block++) {
        struct ext_buffer *buffer;
        while ((buffer = find(fs, block)) && (buffer->reading || buffer->writing))
            ext_wait(&fs->cache.changed);
        if (!buffer)
            continue;
        if (buffer->state != EXT_CLEAN && buffer->state != EXT_CONTENT)
            return -EUCLEAN;
        invalidate(fs, buffer);
    }
    return 0;
}

void ext_forget(struct ext *fs, uint32_t block)
{
    struct ext_buffer *buffer;
    while ((buffer = find(fs, block)) &&
           (buffer->reading || buffer->writing || buffer->state == EXT_COMMITTING))
        ext_wait(&fs->cache.changed);
    if (!buffer)
        return;
    if (buffer->logged)
        ext_buffer_move(fs, buffer, EXT_FORGOTTEN);
    else
        invalidate(fs, buffer);
}

int ext_write_some(struct ext *fs, enum ext_state state, uint32_t limit)
{
    struct ext_buffer *batch[EXT_IO_MAX], *next;
    struct ext_io io;
    unsigned n = 0;
    int rc = 0;
    ext_io_begin(&io, fs);
    io.durable = fs->journal && state == EXT_CONTENT; /* a commit waits for it */
    for (struct ext_buffer *b = fs->cache.list[state].first; b; b = next) {
        next = b->next;
        if (b->writing)
            continue;
        batch[n++] = b;
        b->writing = true;
        if (n == EXT_IO_MAX || n == limit)
            break;
    }
    for (unsigned i = 0; i < n; i++)
        ext_io_add(&io, BLK_WRITE, batch[i]->block, batch[i]->data, 1);
    if (n)
        rc = ext_io_wait(&io);
    else if (fs->cache.list[state].count)
        ext_wait(&fs->cache.changed); /* somebody else writes all of them */
    for (unsigned i = 0; i < n; i++) {
        batch[i]->writing = false;
        if (rc)
            continue;
        ext_buffer_move(fs, batch[i], EXT_CLEAN);
        ext_journal_in_place(batch[i]);
    }
    ext_wake(&fs->cache.changed);
    return rc;
}

int ext_write_all(struct ext *fs, enum ext_state state)
{
    int rc = 0;
    while (!rc && fs->cache.list[state].count)
        rc = ext_write_some(fs, state, EXT_IO_MAX);
    return rc;
}
