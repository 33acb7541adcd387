/*
 * Random steps: few names and descriptors, so that they meet; offsets around the ends of blocks and
 * of the ranges that inodes map directly and through blocks.
 */
#include "step.h"
#include <ringside-rt/fs.h>
#include <stdio.h>
#include <string.h>

static const char *const paths[] = {
    "a", "b", "c", "d", "e", "d/a", "d/b", "e/a", "e/d", "d/e", "d/e/a", "s", "d/s", "s/a",
    "d/s/b", "./b", "d/../c", "e/..", "d/.", "name-that-is-longer-than-the-others-are-in-here"};
static const char *const targets[] = {"a", "d", "../a", "s", "..", "nowhere", "d/e", "/c",
                                      "a-target-that-does-not-fit-into-an-inode-of-this-volume-"
                                      "since-it-is-longer-than-that"};
static const int open_flags[] = {
    FS_O_RDONLY,
    FS_O_RDWR,
    FS_O_RDWR | FS_O_CREAT,
    FS_O_RDWR | FS_O_CREAT,
    FS_O_WRONLY | FS_O_CREAT | FS_O_TRUNC,
    FS_O_RDWR | FS_O_CREAT | FS_O_EXCL,
    FS_O_WRONLY | FS_O_APPEND | FS_O_CREAT,
    FS_O_RDONLY | FS_O_DIRECTORY,
    FS_O_RDWR | FS_O_NOFOLLOW,
    FS_O_RDWR | FS_O_CREAT | FS_O_SYNC,
};

static uint64_t next(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

static uint32_t below(uint64_t *state, uint32_t limit)
{
    return (uint32_t)(next(state) % limit);
}

/* Up to 700,000, often the edge of a block or one byte beside it. */
static uint32_t place(uint64_t *state)
{
    static const uint32_t reach[] = {2000, 15000, 60000, 300000, 700000};
    uint32_t offset = below(state, reach[below(state, ARRAY_SIZE(reach))]);
    switch (below(state, 4)) {
    case 0:
        return offset;
    case 1:
        return (uint32_t)ALIGN_DOWN(offset, 4096u) + below(state, 3);
    case 2:
        return (uint32_t)ALIGN_DOWN(offset, 1024u);
    default:
        return (uint32_t)ALIGN_DOWN(offset, 4096u);
    }
}

struct step step_random(uint64_t *state)
{
    struct step step = {.op = (enum step_op)below(state, STEP_OP_COUNT),
                        .path = paths[below(state, ARRAY_SIZE(paths))],
                        .other = paths[below(state, ARRAY_SIZE(paths))],
                        .slot = (int)below(state, STEP_SLOTS),
                        .other_slot = (int)below(state, STEP_SLOTS),
                        .flags = open_flags[below(state, ARRAY_SIZE(open_flags))],
                        .offset = place(state),
                        .length = place(state) % (STEP_DATA + 1),
                        .seed = (uint32_t)next(state)};
    if (step.op == STEP_symlink)
        step.other = targets[below(state, ARRAY_SIZE(targets))];
    return step;
}

void step_print(const struct step *step)
{
    static const char *const names[] = {
#define STEP_NAME(name) #name,
        STEP_OPS(STEP_NAME)};
    printf("  %-13s %s, %s; slots %d, %d; flags 0%o; offset %u, length %u, seed %u\n",
           names[step->op], step->path, step->other, step->slot, step->other_slot, step->flags,
           step->offset, step->length, step->seed);
}

void step_fill(uint32_t seed, uint8_t *data, size_t length)
{
    uint64_t state = seed;
    for (size_t i = 0; i < length; i += 8) {
        uint64_t word = next(&state);
        memcpy(data + i, &word, length - i < 8 ? length - i : 8);
    }
}

uint64_t step_sum(uint64_t sum, const void *data, size_t length)
{
    const uint8_t *bytes = data;
    for (size_t i = 0; i < length; i++)
        sum = (sum ^ bytes[i]) * 0x100000001b3;
    return sum;
}

uint64_t step_entry(const char *name, unsigned kind)
{
    return step_sum(kind + 1, name, strlen(name));
}
