/*
 * Many threads put and take values through a free ring, a ring and slots, for each of the three
 * rings, at orders from the smallest up and at tickets that wrap. Every operation is recorded and
 * the history checked. Built three times: as it is, for ThreadSanitizer (the slots are plain
 * memory: possession of the index is the lock), for AddressSanitizer with UBSan.
 *
 * An SCQ may be used by at most as many threads at once as it has indices.
 */
#include "long_history.h"
#include "native_scq.h"
#include <pthread.h>
#include <ringside-rt/ncq.h>
#include <ringside-rt/xen_ring.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#define THREADS_MOST 8
#define EACH 30000 /* operations of a thread */
#define ORDER_MOST 10

enum kind { SCQ, NCQ, XEN };

struct slot {
    uint64_t value, check;
};

struct worker {
    unsigned number;
    uint64_t random;
    size_t put, empty;
    struct long_empty empties[2 * EACH];
};

static enum kind kind;
static struct scq scq_used, scq_free;
static struct ncq ncq_used, ncq_free;
static struct xen_ring *xen;
static unsigned order;
static struct slot slots[1 << ORDER_MOST];
static struct long_value values[THREADS_MOST * EACH];
static struct worker workers[THREADS_MOST];
static uint64_t clock_word;
static int broken;
static pthread_barrier_t all_there;

static uint64_t now(void)
{
    return __atomic_add_fetch(&clock_word, 1, __ATOMIC_SEQ_CST);
}

static int dequeue(bool from_free)
{
    if (kind == NCQ)
        return ncq_dequeue(from_free ? &ncq_free : &ncq_used);
    int index = scq_dequeue(from_free ? &scq_free : &scq_used);
    if (index == SCQ_BROKEN)
        __atomic_store_n(&broken, 1, __ATOMIC_RELAXED);
    return index;
}

static void enqueue(bool to_free, int index)
{
    if (kind == NCQ)
        ncq_enqueue(to_free ? &ncq_free : &ncq_used, (unsigned)index);
    else if (scq_enqueue(to_free ? &scq_free : &scq_used, (unsigned)index))
        __atomic_store_n(&broken, 1, __ATOMIC_RELAXED);
}

static bool put(uint64_t value)
{
    bool notify;
    if (kind == XEN)
        return xen_ring_put(xen, 1u << order, value, &notify);
    int index = dequeue(true);
    if (index < 0)
        return false;
    slots[index] = (struct slot){value, ~value};
    enqueue(false, index);
    return true;
}

static bool take(uint64_t *value)
{
    if (kind == XEN)
        return xen_ring_take(xen, 1u << order, value);
    int index = dequeue(false);
    if (index < 0)
        return false;
    *value = slots[index].value;
    if (slots[index].check != ~*value)
        __atomic_store_n(&broken, 1, __ATOMIC_RELAXED);
    slots[index] = (struct slot){0, 0};
    enqueue(true, index);
    return true;
}

static void take_recorded(struct worker *worker)
{
    uint64_t begin = now(), value;
    bool got = take(&value);
    uint64_t end = now();
    if (!got) {
        worker->empties[worker->empty++] = (struct long_empty){begin, end};
    } else if (value < THREADS_MOST * EACH) {
        values[value].taken_begin = begin;
        values[value].taken_end = end;
        __atomic_add_fetch(&values[value].taken, 1, __ATOMIC_RELAXED);
    } else {
        __atomic_store_n(&broken, 1, __ATOMIC_RELAXED);
    }
}

static void put_recorded(struct worker *worker)
{
    size_t value = worker->number * EACH + worker->put;
    uint64_t begin = now();
    if (!put(value))
        return;
    values[value].put_begin = begin;
    values[value].put_end = now();
    worker->put++;
}

static void *work(void *arg)
{
    struct worker *worker = arg;
    pthread_barrier_wait(&all_there);
    for (unsigned i = 0; i < EACH; i++) {
        worker->random = worker->random * 6364136223846793005ul + 1442695040888963407ul;
        if (worker->random >> 63)
            put_recorded(worker);
        else
            take_recorded(worker);
    }
    return NULL;
}

static void *aligned(size_t bytes)
{
    void *memory = aligned_alloc(128, (bytes + 127) / 128 * 128);
    if (!memory)
        abort();
    return memory;
}

static void create(uint64_t base)
{
    if (kind == XEN) {
        xen = aligned(xen_ring_bytes(order));
        xen_ring_init(xen);
        return;
    }
    void *used = aligned(scq_bytes(order)), *unused = aligned(scq_bytes(order));
    scq_attach(&scq_used, used, order);
    scq_attach(&scq_free, unused, order);
    ncq_attach(&ncq_used, used, order);
    ncq_attach(&ncq_free, unused, order);
    if (kind == NCQ) {
        ncq_init_empty(&ncq_used);
        ncq_init_full(&ncq_free);
    } else if (base == 0) {
        scq_init_empty(&scq_used);
        scq_init_full(&scq_free);
    } else {
        native_scq_init(&scq_used, base);
        native_scq_init(&scq_free, base);
        for (int i = 0; i < 1 << order; i++)
            enqueue(true, i);
    }
}

static void destroy(void)
{
    free(kind == XEN ? (void *)xen : scq_used.ring);
    if (kind != XEN)
        free(scq_free.ring);
    xen = NULL;
}

static const char *check(unsigned threads)
{
    static struct long_empty empties[THREADS_MOST * 2 * EACH];
    size_t count = 0;
    while (workers[0].empty < 2 * EACH) { /* what is left */
        size_t before = workers[0].empty;
        take_recorded(&workers[0]);
        if (workers[0].empty != before)
            break;
    }
    for (unsigned i = 0; i < threads; i++)
        for (size_t j = 0; j < workers[i].empty; j++)
            empties[count++] = workers[i].empties[j];
    if (broken)
        return "a ring is broken, or a slot's content changed";
    return long_history_check(values, threads, EACH, empties, count);
}

static int stress(enum kind which, unsigned of_order, unsigned threads, uint64_t base)
{
    static const char *const names[] = {"SCQ", "NCQ", "lock ring"};
    pthread_t ids[THREADS_MOST];
    kind = which;
    order = of_order;
    broken = 0;
    for (size_t i = 0; i < THREADS_MOST * EACH; i++)
        values[i] = (struct long_value){0};
    create(base);
    pthread_barrier_init(&all_there, NULL, threads);
    for (unsigned i = 0; i < threads; i++) {
        workers[i].number = i;
        workers[i].random = 1 + i;
        workers[i].put = workers[i].empty = 0;
        if (pthread_create(&ids[i], NULL, work, &workers[i]))
            abort();
    }
    for (unsigned i = 0; i < threads; i++)
        pthread_join(ids[i], NULL);
    pthread_barrier_destroy(&all_there);
    const char *wrong = check(threads);
    printf("%-9s n=%-4u threads=%u tickets from %016lx: %s\n", names[which], 1u << of_order,
           threads, base, wrong ? wrong : "ok");
    destroy();
    return wrong != NULL;
}

int main(void)
{
    static const unsigned orders[] = {0, 1, 2, 3, 5, ORDER_MOST};
    int failed = 0;
    for (unsigned i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
        unsigned n = 1u << orders[i], threads = n < THREADS_MOST ? n : THREADS_MOST;
        failed |= stress(SCQ, orders[i], threads, 0);
        failed |= stress(NCQ, orders[i], threads, 0);
        failed |= stress(XEN, orders[i], threads, 0);
    }
    for (unsigned bits = 62; bits <= 64; bits++) {
        uint64_t wrap = bits == 64 ? 0 : 1ul << bits;
        failed |= stress(SCQ, 2, 4, wrap - 8 * 1000);
        failed |= stress(SCQ, 3, 8, wrap - 16 * 500);
        failed |= stress(SCQ, ORDER_MOST, 8, wrap - (2ul << ORDER_MOST) * 10);
    }
    return failed;
}
