/*
 * Operations in flight: at most depth of them, each with a buffer and with what the model said
 * when it was submitted.
 */
#pragma once

#include "model.h"

struct flight;

/** Flights that ended wait in this list until the thread looks at them. */
struct flights {
    struct blk *blk;
    struct model *model;
    unsigned depth;
    struct flight *all;
    struct flight *ended;
    struct semaphore endings;
    /** Operations answered without error, by kind. */
    uint64_t answered[BLK_WRITE_ZEROES + 1];
    /** Every operation up to this one has been answered. */
    uint64_t answered_to;
    /** Every operation up to this one was answered before a flush that has been answered. */
    uint64_t durable_to;
};

void flights_init(struct flights *flights, struct blk *blk, struct model *model, unsigned depth);

/** Waits for room, judges what has ended, submits; does not wait for the operation itself. */
void flights_submit(struct flights *flights, const struct operation *operation);

/** Waits until all have ended, and judges them. */
void flights_land(struct flights *flights);
