/* Small values have a bucket each; others one for their first five bits. */
#include "histogram.h"

static unsigned bucket_of(uint64_t value)
{
    if (value < HISTOGRAM_STEPS)
        return (unsigned)value;
    unsigned shift = 59 - (unsigned)__builtin_clzl(value);
    return shift * HISTOGRAM_STEPS + (unsigned)(value >> shift);
}

/* The largest value of a bucket. */
static uint64_t top_of(unsigned bucket)
{
    if (bucket < 2 * HISTOGRAM_STEPS)
        return bucket;
    unsigned shift = bucket / HISTOGRAM_STEPS - 1;
    return ((uint64_t)(bucket % HISTOGRAM_STEPS + HISTOGRAM_STEPS + 1) << shift) - 1;
}

void histogram_add(struct histogram *histogram, uint64_t value)
{
    histogram->count++;
    histogram->buckets[bucket_of(value)]++;
    if (value > histogram->max)
        histogram->max = value;
}

uint64_t histogram_at(const struct histogram *histogram, unsigned permille)
{
    uint64_t wanted = (histogram->count * permille + 999) / 1000, seen = 0;
    for (unsigned i = 0; i < ARRAY_SIZE(histogram->buckets) && wanted; i++) {
        seen += histogram->buckets[i];
        if (seen >= wanted)
            return top_of(i) < histogram->max ? top_of(i) : histogram->max;
    }
    return 0;
}
