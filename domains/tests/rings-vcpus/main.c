/*
 * Each of the three rings between all vCPUs, preempted wherever it happens: every value comes out
 * once, and each vCPU sees each producer's values in their order. vcpus=2 to 8.
 */
#include <ringside-rt/memory.h>
#include <ringside-rt/percpu.h>
#include <ringside-rt/smp.h>
#include <ringside-rt/test.h>
#include <ringside-rt/value_ring.h>

#define EACH 5000
#define ORDER 3 /* as many indices as vCPUs at most */

static struct value_ring ring;
static uint8_t seen[1 << ORDER][EACH];
static unsigned out_of_order, made_up;

static void note(uint64_t value, uint64_t *last)
{
    uint64_t producer = value >> 32, number = value & 0xffffffff;
    if (producer >= smp_vcpus() || number >= EACH) {
        __atomic_fetch_add(&made_up, 1, __ATOMIC_RELAXED);
        return;
    }
    if (last[producer] > number)
        __atomic_fetch_add(&out_of_order, 1, __ATOMIC_RELAXED);
    last[producer] = number + 1;
    __atomic_fetch_add(&seen[producer][number], 1, __ATOMIC_RELAXED);
}

/* Puts all its values and takes as many, whosever they are. */
static void work(void *arg)
{
    uint64_t last[1 << ORDER] = {0}, value, self = (uintptr_t)arg;
    for (uint64_t put = 0, taken = 0; put < EACH || taken < EACH;) {
        if (put < EACH && value_ring_put(&ring, self << 32 | put))
            put++;
        if (taken < EACH && value_ring_take(&ring, &value)) {
            note(value, last);
            taken++;
        }
    }
}

/* One vCPU is left: a look says what the next attempt finds. */
static void check_looks(enum value_ring_kind kind)
{
    uint64_t value;
    unsigned room = 0;
    test_check(value_ring_is_empty_as(kind, &ring), "%s: not empty", value_ring_name(kind));
    while (!value_ring_is_full_as(kind, &ring) && room <= 1 << ORDER) {
        test_check(value_ring_put(&ring, room++), "%s: no room", value_ring_name(kind));
        test_check(!value_ring_is_empty_as(kind, &ring), "%s: empty", value_ring_name(kind));
    }
    test_equal(room, 1 << ORDER);
    test_check(!value_ring_put(&ring, 0), "%s: not full", value_ring_name(kind));
    while (!value_ring_is_empty_as(kind, &ring) && room)
        test_check(value_ring_take(&ring, &value) && value == (1 << ORDER) - room--,
                   "%s: none, or not the next", value_ring_name(kind));
    test_equal(room, 0);
    test_check(!value_ring_is_full_as(kind, &ring), "%s: full", value_ring_name(kind));
    test_check(!value_ring_take(&ring, &value), "%s: not empty", value_ring_name(kind));
}

static void check(enum value_ring_kind kind, void *memory)
{
    unsigned wrong = 0;
    value_ring_attach(&ring, kind, memory, ORDER);
    value_ring_init(&ring);
    out_of_order = made_up = 0;
    for (unsigned i = 1; i < smp_vcpus(); i++)
        test_returns(smp_start(i, work, (void *)(uintptr_t)i), 0);
    work(NULL);
    for (unsigned i = 1; i < smp_vcpus(); i++)
        smp_join(i);
    for (unsigned i = 0; i < smp_vcpus(); i++)
        for (unsigned j = 0; j < EACH; j++) {
            wrong += seen[i][j] != 1;
            seen[i][j] = 0;
        }
    test_check(wrong == 0, "%s: %u values lost or doubled", value_ring_name(kind), wrong);
    test_check(made_up == 0, "%s: %u values made up", value_ring_name(kind), made_up);
    test_check(out_of_order == 0, "%s: %u out of order", value_ring_name(kind), out_of_order);
    check_looks(kind);
}

void test_main(void)
{
    if (smp_vcpus() < 2 || smp_vcpus() > 1 << ORDER)
        test_skip("needs vcpus = 2 to %u", 1 << ORDER);
    void *memory = page_alloc(ALIGN_UP(value_ring_bytes(ORDER), PAGE_SIZE) / PAGE_SIZE);
    test_need(memory);
    for (enum value_ring_kind kind = 0; kind < VALUE_RING_KINDS; kind++)
        check(kind, memory);
}
