/*
 * Invariant (checked at the end): every index is in exactly one of free ring, ring, and hands; the
 * history of each ring is linearizable.
 */
#include "history.h"
#include "native_scq.h"
#include "scenario.h"
#include <ringside-rt/ncq.h>
#include <string.h>

#define ORDER_MOST 2
#define ENTRIES_MOST (1 << ORDER_MOST)

static const char *words[EXPLORE_THREADS];
static char ring_kind;
static unsigned ring_order;
static uint64_t ring_base;
static struct native_scq used_memory, free_memory;
static struct scq used, unused;
static struct ncq simple;
static struct history used_history, free_history;
static int values[ENTRIES_MOST];
static const char *violation;

static void setup(void)
{
    violation = NULL;
    used_history.count = free_history.count = 0;
    free_history.first_count = 1u << ring_order;
    scq_attach(&used, &used_memory, ring_order);
    scq_attach(&unused, &free_memory, ring_order);
    native_scq_init(&used, ring_base);
    native_scq_init(&unused, ring_base);
    explore_quiet(true);
    for (unsigned i = 0; i < 1u << ring_order; i++) {
        free_history.first[i] = (int)i;
        scq_enqueue(&unused, i);
    }
    explore_quiet(false);
    ncq_attach(&simple, &used_memory, ring_order);
    if (ring_kind == 'n')
        ncq_init_empty(&simple);
}

static struct history_op *begin(struct history *history, bool dequeue, int value)
{
    struct history_op *op = history_add(history, dequeue, value);
    explore_stamp(&op->begin);
    return op;
}

static int take_free(void)
{
    explore_quiet(ring_kind != 'S');
    struct history_op *op = begin(&free_history, true, 0);
    op->value = scq_dequeue(&unused);
    op->end = explore_now();
    explore_quiet(false);
    return op->value;
}

static void make_free(int index)
{
    explore_quiet(ring_kind != 'S');
    struct history_op *op = begin(&free_history, false, index);
    if (scq_enqueue(&unused, (unsigned)index))
        violation = "the free ring is broken";
    op->end = explore_now();
    explore_quiet(false);
}

static void put(int value)
{
    int index = take_free();
    if (index < 0)
        return;
    values[index] = value;
    struct history_op *op = begin(&used_history, false, value);
    if (ring_kind == 'n')
        ncq_enqueue(&simple, (unsigned)index);
    else if (scq_enqueue(&used, (unsigned)index))
        violation = "the ring is broken";
    op->end = explore_now();
}

static int dequeue(bool look_first)
{
    if (ring_kind == 'n')
        return look_first && ncq_is_empty(&simple) ? NCQ_EMPTY : ncq_dequeue(&simple);
    return look_first && scq_is_empty(&used) ? SCQ_EMPTY : scq_dequeue(&used);
}

static void take(bool look_first)
{
    struct history_op *op = begin(&used_history, true, 0);
    int index = dequeue(look_first);
    if (index == SCQ_BROKEN)
        violation = "the ring is broken";
    op->value = index < 0 ? HISTORY_EMPTY : values[index];
    op->end = explore_now();
    if (index >= 0)
        make_free(index);
}

static void thread(unsigned number)
{
    for (unsigned i = 0; words[number][i] && words[number][i] != '|'; i++)
        if (words[number][i] == 'e')
            put((int)(100 * number + i));
        else
            take(words[number][i] == 'p');
}

/* Empties a ring; a bit for each index that was in it, all bits when one was in it twice. */
static unsigned drain(int (*dequeue)(void))
{
    unsigned found = 0;
    for (int index; (index = dequeue()) >= 0;)
        found = found >> index & 1 ? ~0u : found | 1u << index;
    return found;
}

static int take_used(void)
{
    return dequeue(false);
}

static int take_unused(void)
{
    return scq_dequeue(&unused);
}

static const char *check(void)
{
    if (violation)
        return violation;
    unsigned in_use = drain(take_used), not = drain(take_unused);
    if ((in_use & not) || (in_use | not) != (1u << (1u << ring_order)) - 1)
        return "an index is lost or in two places";
    if (!history_linearizable(&used_history))
        return "the ring's history is not linearizable";
    if (!history_linearizable(&free_history))
        return "the free ring's history is not linearizable";
    return NULL;
}

struct exploration scenario_ring(const char *threads, char kind, unsigned order, uint64_t base)
{
    unsigned count = 0;
    for (const char *word = threads; word; word = strchr(word, '|') ? strchr(word, '|') + 1 : NULL)
        words[count++] = word;
    ring_kind = kind;
    ring_order = order;
    ring_base = base;
    return (struct exploration){
        .setup = setup, .thread = thread, .check = check, .threads = count, .step_limit = 400};
}
