/*
 * The two checks against time are one question: of the values whose put ended before an instant,
 * which was taken last? With values in the order of put_end and the latest taken_begin so far, a
 * search answers it.
 */
#include "long_history.h"
#include <stdlib.h>

static int by_put_end(const void *a, const void *b)
{
    const struct long_value *left = a, *right = b;
    return (left->put_end > right->put_end) - (left->put_end < right->put_end);
}

static const char *check_counts(const struct long_value *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct long_value *value = &values[i];
        if (value->taken > 1)
            return "a value came out twice";
        if (value->put_end && !value->taken)
            return "a value is lost";
        if (value->taken && (!value->put_end || value->taken_end < value->put_begin))
            return "a value came out that nobody had put in";
    }
    return NULL;
}

static const char *check_producer(const struct long_value *values, size_t count)
{
    for (size_t i = 1; i < count && values[i].put_end; i++)
        if (values[i].taken_end < values[i - 1].taken_begin)
            return "two values of one producer came out in the wrong order";
    return NULL;
}

/* The latest taken_begin of those whose put ended before the instant. */
static uint64_t latest_taken(const struct long_value *sorted, const uint64_t *latest, size_t count,
                             uint64_t instant)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (sorted[middle].put_end < instant)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? latest[low - 1] : 0;
}

const char *long_history_check(struct long_value *values, size_t producers, size_t each,
                               const struct long_empty *empties, size_t empty_count)
{
    size_t count = producers * each;
    const char *wrong = check_counts(values, count);
    for (size_t p = 0; !wrong && p < producers; p++)
        wrong = check_producer(values + p * each, each);
    if (wrong)
        return wrong;
    uint64_t *latest = calloc(count, sizeof(*latest));
    if (!latest)
        return "no memory to check the history";
    qsort(values, count, sizeof(*values), by_put_end);
    for (size_t i = 0; i < count; i++) {
        uint64_t before = i ? latest[i - 1] : 0;
        latest[i] = values[i].taken_begin > before ? values[i].taken_begin : before;
    }
    for (size_t i = 0; !wrong && i < count; i++)
        if (values[i].put_end &&
            latest_taken(values, latest, count, values[i].put_begin) > values[i].taken_end)
            wrong = "a value overtook one that was put in before it";
    for (size_t i = 0; !wrong && i < empty_count; i++)
        if (latest_taken(values, latest, count, empties[i].begin) > empties[i].end)
            wrong = "the ring was called empty while a value was inside";
    free(latest);
    return wrong;
}
