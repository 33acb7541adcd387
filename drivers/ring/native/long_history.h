/*
 * Checks of long histories of a queue whose values all differ, in n log n: nothing lost, doubled or
 * made up; first in, first out for each producer and between operations that do not overlap; no
 * EMPTY while a value was certainly inside. All of it follows from linearizability; that all of it
 * together is enough is not claimed.
 */
#ifndef RINGSIDE_RING_LONG_HISTORY_H
#define RINGSIDE_RING_LONG_HISTORY_H

#include <stddef.h>
#include <stdint.h>

/** One value's way through the queue. Times are of one clock; 0: never. */
struct long_value {
    uint64_t put_begin, put_end, taken_begin, taken_end;
    uint32_t taken; /* how often */
};

/** A dequeue that found nothing. */
struct long_empty {
    uint64_t begin, end;
};

/**
 * @param values of producer p: values[p * each] to values[p * each + each - 1], in the order in
 *     which it put them; put_end 0: it did not get that far. The order is lost.
 * @return what is wrong, or NULL
 */
const char *long_history_check(struct long_value *values, size_t producers, size_t each,
                               const struct long_empty *empties, size_t empty_count);

#endif
