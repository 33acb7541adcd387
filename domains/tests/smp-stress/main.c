/*
 * All vCPUs on the same memory at once: locked instructions of every size and kind, across cache
 * lines and pages too, a spin lock, vCPUs that come and go, interrupts between them. Every sum is
 * right. vcpus=2 or more; rounds=N (default 3).
 */
#include <ringside-rt/cmdline.h>
#include <ringside-rt/cpu.h>
#include <ringside-rt/event.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/percpu.h>
#include <ringside-rt/smp.h>
#include <ringside-rt/spinlock.h>
#include <ringside-rt/test.h>

#define EACH 3000
#define ROUNDS 3

static struct {
    uint8_t bytes[2];
    uint16_t words[2];
    uint32_t xadd, cmpxchg, bits;
    uint64_t add, incremented, guarded[2];
    struct spinlock lock;
    __int128 pair __attribute__((aligned(16)));
    char lines[128] __attribute__((aligned(64))); /* a number across two cache lines */
} shared;

static char *pages; /* a number across two pages */
static evtchn_port_t ports[VCPUS_MAX];
static unsigned interrupted[VCPUS_MAX];

static void add_split(char *place)
{
    asm volatile("lock addq $1, %0" : "+m"(*(uint64_t *)place)::"memory");
}

static void add_pair(void)
{
    uint64_t low = 0, high = 0;
    bool done;
    do {
        uint64_t next = low + 1, carried = high + (next == 0) + 2;
        asm volatile("lock cmpxchg16b %1"
                     : "=@ccz"(done), "+m"(shared.pair), "+a"(low), "+d"(high)
                     : "b"(next), "c"(carried)
                     : "memory");
    } while (!done);
}

static void guarded(void)
{
    bool irq = spin_lock(&shared.lock);
    shared.guarded[0]++;
    compiler_barrier();
    shared.guarded[1]++;
    spin_unlock(&shared.lock, irq);
}

static void once(unsigned i)
{
    __atomic_fetch_add(&shared.bytes[i % 2], 1, __ATOMIC_SEQ_CST);
    __atomic_fetch_sub(&shared.words[i % 2], 1, __ATOMIC_SEQ_CST);
    asm volatile("lock xaddl %0, %1" : "+r"((unsigned){1}), "+m"(shared.xadd)::"memory");
    uint32_t seen = __atomic_load_n(&shared.cmpxchg, __ATOMIC_RELAXED);
    while (!__atomic_compare_exchange_n(&shared.cmpxchg, &seen, seen + 3, false, __ATOMIC_SEQ_CST,
                                        __ATOMIC_RELAXED))
        ;
    asm volatile("lock btcl %1, %0" : "+m"(shared.bits) : "r"(vcpu_id()) : "memory", "cc");
    asm volatile("lock addq $5, %0" : "+m"(shared.add)::"memory", "cc");
    asm volatile("lock incq %0" : "+m"(shared.incremented)::"memory", "cc");
    add_split(shared.lines + 60);
    add_split(pages + PAGE_SIZE - 3);
    add_pair();
    guarded();
}

static void work(void *arg)
{
    (void)arg;
    for (unsigned i = 0; i < EACH; i++) {
        once(i);
        if (i % 64 == 0)
            event_send(ports[(vcpu_id() + 1) % smp_vcpus()]);
    }
}

static void count(evtchn_port_t port, void *arg)
{
    (void)port;
    interrupted[(uintptr_t)arg]++;
}

static void check(uint64_t times)
{
    test_equal(shared.bytes[0], (times / 2) & 0xff);
    test_equal(shared.words[1], -(times / 2) & 0xffff);
    test_equal(shared.xadd, times);
    test_equal(shared.cmpxchg, 3 * times);
    test_equal(shared.bits, 0); /* each was turned an even number of times */
    test_equal(shared.add, 5 * times);
    test_equal(shared.incremented, times);
    test_equal(*(uint64_t *)(shared.lines + 60), times);
    test_equal(*(uint64_t *)(pages + PAGE_SIZE - 3), times);
    test_equal((uint64_t)shared.pair, times);
    test_equal((uint64_t)(shared.pair >> 64), 2 * times);
    test_equal(shared.guarded[0], times);
    test_equal(shared.guarded[1], times);
}

void test_main(void)
{
    unsigned vcpus = smp_vcpus();
    if (vcpus < 2)
        test_skip("needs vcpus = 2");
    pages = page_alloc(2);
    test_need(pages);
    for (unsigned i = 0; i < vcpus; i++) {
        int port = event_bind_ipi(i);
        test_need(port > 0);
        ports[i] = (evtchn_port_t)port;
        event_handler_set(ports[i], count, (void *)(uintptr_t)i);
    }
    uint64_t rounds = cmdline_u64("rounds", ROUNDS);
    for (uint64_t round = 1; round <= rounds; round++) {
        for (unsigned i = 1; i < vcpus; i++)
            test_returns(smp_start(i, work, NULL), 0);
        work(NULL);
        for (unsigned i = 1; i < vcpus; i++)
            smp_join(i);
        check(round * vcpus * EACH);
    }
    for (unsigned i = 0; i < vcpus; i++)
        test_check(interrupted[i] > 0, "vCPU %u was never interrupted", i);
}
