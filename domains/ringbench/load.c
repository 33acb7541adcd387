#include "load.h"
#include <ringside-rt/print.h>
#include <ringside-rt/random.h>
#include <ringside-rt/smp.h>

static struct {
    struct value_ring *ring;
    enum load_mode mode;
    uint64_t operations; /* of one vCPU */
} load;

static void half(bool put)
{
    uint64_t value;
    for (uint64_t i = 0; i < load.operations; i++)
        while (!(put ? value_ring_put(load.ring, i) : value_ring_take(load.ring, &value)))
            ;
}

static void work(void *arg)
{
    if (load.mode == LOAD_SPLIT) {
        half((uintptr_t)arg % 2 == 0);
        return;
    }
    struct random random = random_seeded((uintptr_t)arg);
    uint64_t value, bits = 0;
    for (uint64_t i = 0; i < load.operations; i++) {
        if (load.mode == LOAD_RANDOM && i % 64 == 0)
            bits = random_next(&random);
        bool put = load.mode == LOAD_RANDOM ? bits >> i % 64 & 1 : i % 2 == 0;
        if (put)
            value_ring_put(load.ring, i);
        else
            value_ring_take(load.ring, &value);
    }
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
