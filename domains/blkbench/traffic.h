/*
 * What a block device cost in notifications so far; nothing when no server stands in between.
 */
#pragma once

#include <ringside-rt/blk.h>

struct traffic {
    uint64_t notifications, sleeps;
};

struct traffic traffic_of(struct blk *blk);
