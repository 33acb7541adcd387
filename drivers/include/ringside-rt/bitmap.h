/*
 * Runs of free numbers. A set bit is a number that is taken. Not safe against others: the caller
 * has a lock.
 */
#ifndef RINGSIDE_RT_BITMAP_H
#define RINGSIDE_RT_BITMAP_H

#include <ringside-rt/compiler.h>

#define BITMAP_WORDS(bits) (((bits) + 63) / 64)

struct bitmap {
    uint64_t *words;
    unsigned size;   /* bits that there are */
    unsigned lowest; /* no bit below is free */
};

/** The lowest run of so many free bits, or -1. */
long bitmap_find(struct bitmap *map, unsigned count);

void bitmap_set(struct bitmap *map, unsigned first, unsigned count);
void bitmap_clear(struct bitmap *map, unsigned first, unsigned count);

#endif
