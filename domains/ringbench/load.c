#include "load.h"
#include <ringside-rt/cpu.h>
#include <ringside-rt/print.h>
#include <ringside-rt/random.h>
#include <ringside-rt/smp.h>

static struct {
    struct value_ring *ring;
    enum load_mode mode;
    uint64_t operations; /* of one vCPU */
} load;

/*
 * Each kind of ring has loops of its own, in which the compiler knows it: what is measured is the
 * ring, not the choice of one.
 */
#define LOOP static inline __attribute__((always_inline)) void

LOOP half(enum value_ring_kind kind, bool put)
{
    uint64_t value;
    for (uint64_t i = 0; i < load.operations; i++)
        while (!(put ? value_ring_put_as(kind, load.ring, i)
                     : value_ring_take_as(kind, load.ring, &value)))
            while (put ? value_ring_is_full_as(kind, load.ring)
                       : value_ring_is_empty_as(kind, load.ring))
                cpu_relax();
}

LOOP either(enum value_ring_kind kind, uint64_t vcpu)
{
    struct random random = random_seeded(vcpu);
    uint64_t value, bits = 0;
    for (uint64_t i = 0; i < load.operations; i++) {
        if (load.mode == LOAD_RANDOM && i % 64 == 0)
            bits = random_next(&random);
        bool put = load.mode == LOAD_RANDOM ? bits >> i % 64 & 1 : i % 2 == 0;
        if (put)
            value_ring_put_as(kind, load.ring, i);
        else
            value_ring_take_as(kind, load.ring, &value);
    }
}

LOOP work_with(enum value_ring_kind kind, uint64_t vcpu)
{
    if (load.mode == LOAD_SPLIT)
        half(kind, vcpu % 2 == 0);
    else
        either(kind, vcpu);
}

static __attribute__((noinline)) void work_scq(uint64_t vcpu)
{
    work_with(VALUE_RING_SCQ, vcpu);
}

static __attribute__((noinline)) void work_ncq(uint64_t vcpu)
{
    work_with(VALUE_RING_NCQ, vcpu);
}

static __attribute__((noinline)) void work_lock(uint64_t vcpu)
{
    work_with(VALUE_RING_LOCK, vcpu);
}

static void work(void *arg)
{
    static void (*const works[VALUE_RING_KINDS])(uint64_t) = {work_scq, work_ncq, work_lock};
    works[load.ring->kind]((uintptr_t)arg);
}

void load_run(struct value_ring *ring, enum load_mode mode, unsigned vcpus, uint64_t operations)
{
    load.ring = ring;
    load.mode = mode;
    load.operations = operations / vcpus;
    for (unsigned i = 1; i < vcpus; i++) {
        int rc = smp_start(i, work, (void *)(uintptr_t)i);
        if (rc)
            panic("vCPU %u does not start: %d", i, rc);
    }
    work(NULL);
    for (unsigned i = 1; i < vcpus; i++)
        smp_join(i);
}

const char *load_name(enum load_mode mode)
{
    switch (mode) {
    case LOAD_RANDOM:
        return "random";
    case LOAD_SPLIT:
        return "split";
    default:
        return "pairwise";
    }
}
