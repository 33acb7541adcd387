/*
 * Invariant of the search: `done` are the operations that have been given their instants, `queue`
 * is what a plain queue holds after them. An operation may come next when no other that is left
 * ended before it began.
 */
#include "history.h"
#include <assert.h>

struct search {
    const struct history *history;
    uint32_t done;
    int queue[HISTORY_MOST + 8];
    unsigned head, tail;
};

struct history_op *history_add(struct history *history, bool dequeue, int value)
{
    assert(history->count < HISTORY_MOST);
    struct history_op *op = &history->ops[history->count++];
    *op = (struct history_op){dequeue, value, 0, ~0u};
    return op;
}

static bool go_on(struct search *search)
{
    const struct history *history = search->history;
    if (search->done == (1ull << history->count) - 1)
        return true;
    unsigned first_end = ~0u;
    for (unsigned i = 0; i < history->count; i++)
        if (!(search->done >> i & 1) && history->ops[i].end < first_end)
            first_end = history->ops[i].end;
    for (unsigned i = 0; i < history->count; i++) {
        const struct history_op *op = &history->ops[i];
        bool empty = search->head == search->tail;
        unsigned head = search->head, tail = search->tail;
        if (search->done >> i & 1 || op->begin > first_end)
            continue;
        if (!op->dequeue)
            search->queue[search->tail++] = op->value;
        else if (op->value == HISTORY_EMPTY ? !empty : empty || search->queue[head] != op->value)
            continue;
        else if (op->value != HISTORY_EMPTY)
            search->head++;
        search->done |= 1u << i;
        if (go_on(search))
            return true;
        search->done &= ~(1u << i);
        search->head = head;
        search->tail = tail;
    }
    return false;
}

bool history_linearizable(const struct history *history)
{
    struct search search = {.history = history};
    for (unsigned i = 0; i < history->first_count; i++)
        search.queue[search.tail++] = history->first[i];
    return go_on(&search);
}
