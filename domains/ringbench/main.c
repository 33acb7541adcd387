/*
 * Null calls over the rings: SCQ and NCQ with free ring and slots, and the lock ring, by 1 to 8
 * vCPUs, pairwise and random. With more vCPUs than pCPUs those that hold a lock are preempted.
 *
 *   operations=N              of one run (default 400000), all vCPUs together
 *   marks                     prints "begin KIND MODE VCPUS" and "end" around each run instead of
 *                             the table, for whoever has a clock of his own
 *   samples=M                 runs of each kind (default 1); the table shows the last
 *   split                     producers and consumers in place of the two loads; one domain
 *   role=owner peer=DOMID     half of the vCPUs in each of two domains, the ring in memory that
 *   role=peer peer=DOMID      the owner grants; the owner reports
 */
#include "load.h"
#include "share.h"
#include <ringside-rt/clock.h>
#include <ringside-rt/cmdline.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/print.h>
#include <ringside-rt/smp.h>
#include <ringside-rt/string.h>

static struct share *share; /* followed by the ring, from the next page on */
static bool shared, marks, split;

static unsigned pages(void)
{
    return 1 + (unsigned)(ALIGN_UP(value_ring_bytes(LOAD_RING_ORDER), PAGE_SIZE) / PAGE_SIZE);
}

static void attach(struct value_ring *ring, enum value_ring_kind kind)
{
    value_ring_attach(ring, kind, (char *)share + PAGE_SIZE, LOAD_RING_ORDER);
}

/* Nobody uses the ring now: all its slots must be free, or used by what can be taken out. */
static void check(struct value_ring *ring)
{
    uint64_t value;
    unsigned room = 0, slots = 1u << LOAD_RING_ORDER;
    while (value_ring_take(ring, &value))
        ;
    while (value_ring_put(ring, room))
        room++;
    if (room != slots)
        panic("%s: %u of %u slots are left", value_ring_name(ring->kind), room, slots);
}

/* One run by this domain and, when there is one, the peer; in nanoseconds of virtual time. */
static uint64_t run(enum value_ring_kind kind, enum load_mode mode, unsigned vcpus,
                    uint64_t operations)
{
    struct value_ring ring;
    attach(&ring, kind);
    value_ring_init(&ring);
    if (marks)
        printf("begin %s %s %u\n", value_ring_name(kind), load_name(mode), vcpus);
    uint64_t start = clock_ns();
    if (shared) {
        share->kind = kind;
        share->mode = mode;
        share->vcpus = vcpus /= 2;
        share->operations = operations /= 2;
        __atomic_store_n(&share->run, share->run + 1, __ATOMIC_RELEASE);
    }
    load_run(&ring, mode, vcpus, operations);
    if (shared)
        share_wait(&share->finished, share->run);
    uint64_t ns = clock_ns() - start;
    if (marks)
        printf("end\n");
    check(&ring);
    return ns ? ns : 1;
}

static void print_row(enum load_mode mode, unsigned vcpus, const uint64_t *ns, uint64_t operations)
{
    uint64_t speed[VALUE_RING_KINDS];
    for (unsigned i = 0; i < VALUE_RING_KINDS; i++)
        speed[i] = operations * NS_PER_S / ns[i];
    uint64_t gain = 100 * speed[VALUE_RING_SCQ] / speed[VALUE_RING_LOCK];
    printf("%5u  %-8s  %12lu  %12lu  %12lu  %8lu.%02lu\n", vcpus, load_name(mode),
           speed[VALUE_RING_SCQ], speed[VALUE_RING_NCQ], speed[VALUE_RING_LOCK], gain / 100,
           gain % 100);
}

static void run_all(uint64_t operations, uint64_t samples)
{
    if (!marks)
        printf("vcpus  mode           scq op/s      ncq op/s     lock op/s  scq / lock\n");
    unsigned most = smp_vcpus() * (shared ? 2 : 1);
    enum load_mode first = split ? LOAD_SPLIT : 0, last = split ? LOAD_SPLIT : LOAD_MODES - 1;
    for (unsigned vcpus = shared || split ? 2 : 1; vcpus <= most; vcpus *= 2)
        for (enum load_mode mode = first; mode <= last; mode++) {
            uint64_t ns[VALUE_RING_KINDS];
            for (uint64_t sample = 0; sample < samples; sample++)
                for (enum value_ring_kind kind = 0; kind < VALUE_RING_KINDS; kind++)
                    ns[kind] = run(kind, mode, vcpus, operations);
            if (!marks)
                print_row(mode, vcpus, ns, operations);
        }
}

/* The peer: runs what the owner says until it says end. */
static void follow(void)
{
    struct value_ring ring;
    for (uint64_t number = 1;; number++) {
        share_wait(&share->run, number);
        if (share->end)
            break;
        attach(&ring, share->kind);
        load_run(&ring, share->mode, share->vcpus, share->operations);
        __atomic_store_n(&share->finished, number, __ATOMIC_RELEASE);
    }
}

int main(void)
{
    const char *role = cmdline_string("role", "");
    domid_t peer = (domid_t)cmdline_u64("peer", DOMID_INVALID);
    uint64_t operations = cmdline_u64("operations", 400000), samples = cmdline_u64("samples", 1);
    marks = cmdline_get("marks") != NULL;
    split = cmdline_get("split") != NULL;
    if (strcmp(role, "peer") == 0) {
        share = share_map(peer, pages());
        follow();
        return 0;
    }
    share = page_alloc(pages());
    if (!share)
        panic("no memory for the ring");
    shared = strcmp(role, "owner") == 0;
    if (shared)
        share_offer(peer, share, pages());
    run_all(operations, samples);
    share->end = 1;
    __atomic_store_n(&share->run, share->run + 1, __ATOMIC_RELEASE);
    return 0;
}
