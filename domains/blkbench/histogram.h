/*
 * Latencies, kept so that a percentile is at most 1/16 too large: sixteen buckets for every power
 * of two. All zero: empty.
 */
#pragma once

#include <ringside-rt/compiler.h>

#define HISTOGRAM_STEPS 16

struct histogram {
    uint64_t count, max;
    uint32_t buckets[61 * HISTOGRAM_STEPS];
};

void histogram_add(struct histogram *histogram, uint64_t value);

/** A value that permille of all values do not exceed; 0 of an empty one. */
uint64_t histogram_at(const struct histogram *histogram, unsigned permille);
