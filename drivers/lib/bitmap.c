/* Whole words at a time where they are all free or all taken. */
#include <ringside-rt/bitmap.h>

#define WORD 64u

/* The first bit from one on that is taken (or free), or the end. */
static unsigned next(const struct bitmap *map, unsigned bit, unsigned end, bool wanted)
{
    while (bit < end) {
        uint64_t word = map->words[bit / WORD];
        uint64_t hits = (wanted ? word : ~word) >> bit % WORD;
        if (hits) {
            bit += (unsigned)__builtin_ctzl(hits);
            return bit < end ? bit : end;
        }
        bit += WORD - bit % WORD;
    }
    return end;
}

long bitmap_find(struct bitmap *map, unsigned count)
{
    unsigned start = map->lowest = next(map, map->lowest, map->size, false);
    while (start < map->size && count <= map->size - start) {
        unsigned end = next(map, start, start + count, true);
        if (end == start + count)
            return start;
        start = next(map, end, map->size, false);
    }
    return -1;
}

static void change(struct bitmap *map, unsigned first, unsigned count, bool set)
{
    unsigned end = first + count;
    while (first < end) {
        unsigned bits = WORD - first % WORD < end - first ? WORD - first % WORD : end - first;
        uint64_t mask = (bits == WORD ? ~0ul : (1ul << bits) - 1) << first % WORD;
        if (set)
            map->words[first / WORD] |= mask;
        else
            map->words[first / WORD] &= ~mask;
        first += bits;
    }
}

void bitmap_set(struct bitmap *map, unsigned first, unsigned count)
{
    change(map, first, count, true);
    if (first <= map->lowest && first + count > map->lowest)
        map->lowest = first + count;
}

void bitmap_clear(struct bitmap *map, unsigned first, unsigned count)
{
    change(map, first, count, false);
    if (first < map->lowest)
        map->lowest = first;
}
