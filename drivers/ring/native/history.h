/*
 * Histories of queue operations, and whether they are linearizable: whether each operation can be
 * given an instant between its beginning and its end so that a plain queue, used in the order of
 * those instants, gives the same answers (Wing and Gong's search, as Lowe describes it).
 */
#ifndef RINGSIDE_RING_HISTORY_H
#define RINGSIDE_RING_HISTORY_H

#include <stdbool.h>
#include <stdint.h>

#define HISTORY_EMPTY (-1)
/** Most operations of a history: the search is exponential in those that overlap. */
#define HISTORY_MOST 24

struct history_op {
    bool dequeue;
    int value; /* put, or got; HISTORY_EMPTY */
    unsigned begin, end;
};

struct history {
    unsigned count;
    struct history_op ops[HISTORY_MOST];
    int first[8]; /* what is in the queue at the start */
    unsigned first_count;
};

/** Adds an operation; the caller sets its times. */
struct history_op *history_add(struct history *history, bool dequeue, int value);

bool history_linearizable(const struct history *history);

#endif
