/*
 * Litmus tests of memory order between vCPUs that really run at once: only outcomes that x86-TSO
 * allows (SDM vol. 3, 8.2) may be seen. Prints how often each was; that the one outcome came that
 * a store buffer makes, SB 00, says that the rig would notice.
 *
 *   pcpus=N     threads of the host that run vCPUs; without at least 2 nothing can be seen
 *   rounds=N    batches of each test (default 200)
 */
#include <ringside-rt/cmdline.h>
#include <ringside-rt/cpu.h>
#include <ringside-rt/print.h>
#include <ringside-rt/smp.h>
#include <ringside-rt/string.h>
#include <ringside-rt/test.h>

#define CELLS 512 /* of a batch: threads meet at its beginning only */
#define THREADS 4
#define RESULTS 4
#define ROUNDS 200

/* One instance of a test; x and y each on a cache line of its own. */
struct cell {
    uint64_t x __attribute__((aligned(64)));
    uint64_t y __attribute__((aligned(64)));
    uint64_t r[RESULTS] __attribute__((aligned(64)));
};

struct litmus {
    const char *name;
    unsigned threads;
    unsigned results; /* bits of an outcome: r[0] first */
    void (*body)(unsigned thread, struct cell *cell);
    uint32_t forbidden; /* bit o: outcome o */
};

static struct cell cells[CELLS];
static const struct litmus *test;
static unsigned arrived, rounds;

static void sb(unsigned thread, struct cell *c)
{
    if (thread == 0) {
        WRITE_ONCE(c->x, 1);
        c->r[0] = READ_ONCE(c->y);
    } else {
        WRITE_ONCE(c->y, 1);
        c->r[1] = READ_ONCE(c->x);
    }
}

static void sb_mfence(unsigned thread, struct cell *c)
{
    if (thread == 0) {
        WRITE_ONCE(c->x, 1);
        asm volatile("mfence" ::: "memory");
        c->r[0] = READ_ONCE(c->y);
    } else {
        WRITE_ONCE(c->y, 1);
        asm volatile("mfence" ::: "memory");
        c->r[1] = READ_ONCE(c->x);
    }
}

static void sb_xchg(unsigned thread, struct cell *c)
{
    uint64_t one = 1;
    if (thread == 0) {
        asm volatile("xchg %0, %1" : "+r"(one), "+m"(c->x)::"memory");
        c->r[0] = READ_ONCE(c->y);
    } else {
        asm volatile("xchg %0, %1" : "+r"(one), "+m"(c->y)::"memory");
        c->r[1] = READ_ONCE(c->x);
    }
}

static void mp(unsigned thread, struct cell *c)
{
    if (thread == 0) {
        WRITE_ONCE(c->x, 1);
        WRITE_ONCE(c->y, 1);
    } else {
        c->r[0] = READ_ONCE(c->y);
        c->r[1] = READ_ONCE(c->x);
    }
}

static void lb(unsigned thread, struct cell *c)
{
    if (thread == 0) {
        c->r[0] = READ_ONCE(c->x);
        WRITE_ONCE(c->y, 1);
    } else {
        c->r[1] = READ_ONCE(c->y);
        WRITE_ONCE(c->x, 1);
    }
}

static void iriw(unsigned thread, struct cell *c)
{
    switch (thread) {
    case 0:
        WRITE_ONCE(c->x, 1);
        break;
    case 1:
        WRITE_ONCE(c->y, 1);
        break;
    case 2:
        c->r[0] = READ_ONCE(c->x);
        c->r[1] = READ_ONCE(c->y);
        break;
    default:
        c->r[2] = READ_ONCE(c->y);
        c->r[3] = READ_ONCE(c->x);
    }
}

#define OUTCOME(r0, r1, r2, r3) (1u << ((r0) | (r1) << 1 | (r2) << 2 | (r3) << 3))

static const struct litmus tests[] = {
    {"SB", 2, 2, sb, 0},
    {"SB+mfence", 2, 2, sb_mfence, OUTCOME(0, 0, 0, 0)},
    {"SB+xchg", 2, 2, sb_xchg, OUTCOME(0, 0, 0, 0)},
    {"MP", 2, 2, mp, OUTCOME(1, 0, 0, 0)},
    {"LB", 2, 2, lb, OUTCOME(1, 1, 0, 0)},
    {"IRIW", 4, 4, iriw, OUTCOME(1, 0, 1, 0)},
};

/* Waits until all threads of the test have come here for the number-th time. */
static void meet(unsigned number)
{
    __atomic_fetch_add(&arrived, 1, __ATOMIC_SEQ_CST);
    while (__atomic_load_n(&arrived, __ATOMIC_ACQUIRE) < number * test->threads)
        cpu_relax();
}

static void run_thread(void *arg)
{
    unsigned thread = (unsigned)(uintptr_t)arg, met = 0;
    for (unsigned round = 0; round < rounds; round++) {
        meet(++met);
        for (unsigned i = 0; i < CELLS; i++)
            test->body(thread, &cells[i]);
        meet(++met);
        meet(++met); /* vCPU 0 has counted */
    }
}

static void count(uint64_t *outcomes)
{
    for (unsigned i = 0; i < CELLS; i++) {
        unsigned outcome = 0;
        for (unsigned r = 0; r < test->results; r++)
            outcome |= (unsigned)cells[i].r[r] << r;
        outcomes[outcome]++;
    }
    memset(cells, 0, sizeof(cells));
}

static void run(void)
{
    uint64_t outcomes[1 << RESULTS] = {0};
    unsigned met = 0;
    arrived = 0;
    for (unsigned i = 1; i < test->threads; i++)
        test_returns(smp_start(i, run_thread, (void *)(uintptr_t)i), 0);
    for (unsigned round = 0; round < rounds; round++) {
        meet(++met);
        for (unsigned i = 0; i < CELLS; i++)
            test->body(0, &cells[i]);
        meet(++met);
        count(outcomes);
        meet(++met);
    }
    for (unsigned i = 1; i < test->threads; i++)
        smp_join(i);
    printf("%s:", test->name);
    for (unsigned o = 0; o < 1u << test->results; o++) {
        bool forbidden = test->forbidden >> o & 1;
        if (outcomes[o] || forbidden) {
            printf(" ");
            for (unsigned r = 0; r < test->results; r++)
                printf("%u", o >> r & 1);
            printf("%s=%lu", forbidden ? " (forbidden)" : "", outcomes[o]);
        }
        test_check(!forbidden || outcomes[o] == 0, "%s: outcome %x, forbidden, %lu times",
                   test->name, o, outcomes[o]);
    }
    printf("\n");
}

void test_main(void)
{
    uint64_t pcpus = cmdline_u64("pcpus", 1);
    rounds = (unsigned)cmdline_u64("rounds", ROUNDS);
    if (pcpus < 2)
        test_skip("needs vCPUs that run at once: boot --pcpus 2, and pcpus=2 here");
    for (test = tests; test < tests + ARRAY_SIZE(tests); test++)
        if (test->threads <= smp_vcpus() && test->threads <= pcpus)
            run();
        else
            printf("%s: left out, needs %u pCPUs\n", test->name, test->threads);
}
