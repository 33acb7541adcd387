/*
 * Which requests of a block device are under way, and what has to wait for them: a request that
 * overlaps one of them, unless both read.
 *
 * All zero is an empty one. Its user has a lock.
 */
#ifndef RINGSIDE_RT_BLK_ORDER_H
#define RINGSIDE_RT_BLK_ORDER_H

#include <ringside-rt/compiler.h>

struct blk_request;

/** Pages of the device are told apart by the last bits of their number. */
#define BLK_ORDER_PLACES 256u

/** A request of more pages counts as a long one. */
#define BLK_ORDER_SHORT 4u

struct blk_order {
    /** In the order in which they were added. */
    struct blk_request *first, *last;
    /** How many requests under way touch a page of that place, but for the long ones. */
    unsigned at[BLK_ORDER_PLACES];
    unsigned long_ones;
    /** Those that do not read, flushes aside. */
    unsigned changes;
};

void blk_order_add(struct blk_order *order, struct blk_request *request);

/** A request that was added, and was not changed since. */
void blk_order_remove(struct blk_order *order, struct blk_request *request);

/** Whether a request that was not added yet has to wait for one that was. */
bool blk_order_must_wait(const struct blk_order *order, const struct blk_request *request);

#endif
