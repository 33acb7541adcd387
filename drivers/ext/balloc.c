/*
 * Blocks: taken in runs near a goal, given back. Invariant: a block is taken when its bit in the
 * bitmap is set, or was freed by a transaction whose commit is not durable: until then a crash
 * brings back its old use, so its content must stay.
 */
#include "journal.h"
#include "volume.h"

struct scan {
    const struct ext *fs;
    const struct ext_group *group;
    const char *bitmap;
    uint32_t size; /* blocks of the group */
};

static uint32_t first_of(const struct ext *fs, uint32_t g)
{
    return fs->first_data_block + g * fs->blocks_per_group;
}

static uint32_t size_of(const struct ext *fs, uint32_t g)
{
    uint32_t left = fs->blocks - first_of(fs, g);
    return left < fs->blocks_per_group ? left : fs->blocks_per_group;
}

static uint64_t word(const void *bits, uint32_t i)
{
    uint64_t value;
    memcpy(&value, (const char *)bits + i * 8ul, 8);
    return value;
}

/* 64 bits of what is taken. */
static uint64_t taken(const struct scan *scan, uint32_t i)
{
    uint64_t value = word(scan->bitmap, i);
    for (unsigned k = 0; k < EXT_FREED; k++)
        if (scan->group->freed[k])
            value |= word(scan->group->freed[k], i);
    return value;
}

/* The first bit from `from` on that is taken, or not; size if there is none. */
static uint32_t next(const struct scan *scan, uint32_t from, bool is_taken)
{
    for (uint32_t i = from / 64; i * 64 < scan->size; i++) {
        uint64_t value = is_taken ? taken(scan, i) : ~taken(scan, i);
        if (i == from / 64)
            value &= ~0ul << from % 64;
        if (value) {
            uint32_t bit = i * 64 + __builtin_ctzl(value);
            return bit < scan->size ? bit : scan->size;
        }
    }
    return scan->size;
}

struct run {
    uint32_t first, count;
};

/* The longest run, or the first of at least wanted; from `from` on. */
static struct run best_run(const struct scan *scan, uint32_t from, uint32_t wanted)
{
    struct run best = {0, 0};
    for (uint32_t at = next(scan, from, false); at < scan->size; at = next(scan, at, false)) {
        uint32_t end = next(scan, at, true);
        if (end - at > best.count)
            best = (struct run){at, end - at};
        if (best.count >= wanted)
            break;
        at = end;
    }
    if (best.count > wanted)
        best.count = wanted;
    return best;
}

static int open_bitmap(struct ext *fs, uint32_t g, struct ext_buffer **buffer, struct scan *scan)
{
    int rc = ext_buffer_get(fs, fs->group[g].block_bitmap, buffer);
    if (!rc)
        *scan = (struct scan){fs, &fs->group[g], (*buffer)->data, size_of(fs, g)};
    return rc;
}

/* No waiting from here to the end: what was found free is still free. */
static void take(struct ext *fs, uint32_t g, struct ext_buffer *buffer, struct run run)
{
    for (uint32_t bit = run.first; bit < run.first + run.count; bit++)
        buffer->data[bit / 8] |= 1 << bit % 8;
    fs->group[g].free_blocks -= run.count;
    fs->free_blocks -= run.count;
}

/*
 * Looks in one group; `from` is where the goal is in it, exact whether a run there of any length
 * will do. No run of at least `enough`: only *count is told, nothing is taken.
 */
static int try_group(struct ext *fs, uint32_t g, uint32_t from, bool exact, uint32_t wanted,
                     uint32_t enough, struct run *run)
{
    struct ext_buffer *buffer;
    struct scan scan;
    struct ext_group *group = &fs->group[g];
    int rc = open_bitmap(fs, g, &buffer, &scan);
    if (rc)
        return rc;
    ext_modify(fs, buffer);
    *run = (struct run){0, 0};
    if (exact && next(&scan, from, false) == from) {
        uint32_t end = next(&scan, from, true);
        *run = (struct run){from, end - from < wanted ? end - from : wanted};
    } else {
        group->lowest_free = next(&scan, group->lowest_free, false);
        if (from > group->lowest_free)
            *run = best_run(&scan, from, wanted);
        if (run->count < enough)
            *run = best_run(&scan, group->lowest_free, wanted);
    }
    bool good = run->count && (run->count >= enough || (exact && run->first == from));
    if (good && (!ext_blocks_valid(fs, first_of(fs, g) + run->first, run->count) ||
                 run->count > group->free_blocks))
        rc = -EUCLEAN;
    else if (good)
        take(fs, g, buffer, *run);
    else
        run->first = UINT32_MAX;
    ext_buffer_put(buffer);
    if (!rc && good)
        ext_group_store(fs, g);
    return rc;
}

/* Enough is better than wanted where that would be far from the goal. */
static int search(struct ext *fs, uint32_t goal, uint32_t wanted, uint32_t enough, uint32_t *first,
                  uint32_t *count)
{
    uint32_t start = (goal - fs->first_data_block) / fs->blocks_per_group;
    uint32_t from = (goal - fs->first_data_block) % fs->blocks_per_group;
    for (uint32_t i = 0; i < fs->groups; i++) {
        uint32_t g = (start + i) % fs->groups;
        struct run run;
        if (fs->group[g].free_blocks < enough)
            continue;
        int rc = try_group(fs, g, i ? 0 : from, !i, wanted, enough, &run);
        if (rc)
            return rc;
        if (run.first != UINT32_MAX) {
            *first = first_of(fs, g) + run.first;
            *count = run.count;
            return 0;
        }
    }
    return -ENOSPC;
}

/* What is enough when there was no run of so many; 1 is tried before giving up. */
static uint32_t less(uint32_t enough)
{
    return enough > 4 ? enough / 4 : enough > 1;
}

int ext_blocks_alloc(struct ext *fs, uint32_t goal, uint32_t wanted, uint32_t *first,
                     uint32_t *count)
{
    if (goal <= fs->first_data_block || goal >= fs->blocks)
        goal = fs->first_data_block + 1;
    int rc = -ENOSPC;
    for (uint32_t enough = wanted; rc == -ENOSPC && enough; enough = less(enough))
        rc = search(fs, goal, wanted, enough, first, count);
    return rc;
}

static int note_freed(struct ext *fs, uint32_t g)
{
    struct ext_group *group = &fs->group[g];
    if (fs->journal && !group->freed[0])
        group->freed[0] = kmalloc(fs->block_bytes);
    return fs->journal && !group->freed[0] ? -ENOMEM : 0;
}

static int free_in_group(struct ext *fs, uint32_t g, struct run run)
{
    struct ext_buffer *buffer;
    struct ext_group *group = &fs->group[g];
    int rc = note_freed(fs, g);
    if (!rc)
        rc = ext_buffer_get(fs, group->block_bitmap, &buffer);
    if (rc)
        return rc;
    ext_modify(fs, buffer);
    for (uint32_t bit = run.first; bit < run.first + run.count; bit++)
        if (!(buffer->data[bit / 8] & 1 << bit % 8))
            rc = -EUCLEAN;
    for (uint32_t bit = run.first; !rc && bit < run.first + run.count; bit++) {
        buffer->data[bit / 8] &= ~(1 << bit % 8);
        if (fs->journal)
            group->freed[0][bit / 8] |= 1 << bit % 8;
    }
    if (!rc) {
        group->free_blocks += run.count;
        fs->free_blocks += run.count;
        fs->freed_blocks[0] += fs->journal ? run.count : 0;
        if (run.first < group->lowest_free)
            group->lowest_free = run.first;
    }
    ext_buffer_put(buffer);
    if (!rc)
        ext_group_store(fs, g);
    return rc;
}

int ext_blocks_free(struct ext *fs, uint32_t first, uint32_t count, bool metadata)
{
    if (!ext_blocks_valid(fs, first, count))
        return -EUCLEAN;
    int rc = metadata && fs->journal ? ext_journal_revoke(fs, first, count) : 0;
    if (!rc && !metadata)
        rc = ext_discard(fs, first, count);
    for (uint32_t i = 0; !rc && metadata && i < count; i++)
        ext_forget(fs, first + i);
    while (!rc && count) {
        uint32_t g = (first - fs->first_data_block) / fs->blocks_per_group;
        uint32_t at = first - first_of(fs, g);
        uint32_t here = size_of(fs, g) - at < count ? size_of(fs, g) - at : count;
        rc = free_in_group(fs, g, (struct run){at, here});
        first += here;
        count -= here;
    }
    return rc;
}

void ext_freed_committing(struct ext *fs)
{
    for (uint32_t g = 0; fs->freed_blocks[0] && g < fs->groups; g++) {
        fs->group[g].freed[1] = fs->group[g].freed[0];
        fs->group[g].freed[0] = NULL;
    }
    fs->freed_blocks[1] = fs->freed_blocks[0];
    fs->freed_blocks[0] = 0;
}

void ext_freed_committed(struct ext *fs)
{
    for (uint32_t g = 0; fs->freed_blocks[1] && g < fs->groups; g++) {
        struct ext_group *group = &fs->group[g];
        if (group->freed[1])
            group->lowest_free = 0;
        kfree(group->freed[1]);
        group->freed[1] = NULL;
    }
    fs->reusable += fs->freed_blocks[1];
    fs->freed_blocks[1] = 0;
}

uint64_t ext_freed_waiting(const struct ext *fs)
{
    return fs->freed_blocks[0] + fs->freed_blocks[1];
}
