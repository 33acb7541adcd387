/* Which kernels there are. */
#include "kernels.h"

/* Arenas are zero at first, and some kernels want no more. */
static void prepare_nothing(void *arena)
{
    (void)arena;
}

const struct kernel kernels[] = {
    {"alu", "iteration", ALU_ITERATIONS, prepare_nothing, run_alu},
    {"cp64", "8 bytes", COPY_BYTES / 8, prepare_bytes, run_cp64},
    {"set64", "8 bytes", COPY_BYTES / 8, prepare_bytes, run_set64},
    {"cp128", "16 bytes", COPY_BYTES / 16, prepare_bytes, run_cp128},
    {"repmovsb", "byte", COPY_BYTES, prepare_bytes, run_repmovsb},
    {"crc", "byte", CRC_BYTES, prepare_crc, run_crc},
    {"sieve", "pass", 1, prepare_nothing, run_sieve},
    {"chase", "node", CHASE_NODES, prepare_chase, run_chase},
    {"ring", "pair", RING_PAIRS, prepare_ring, run_ring},
    {"fib20", "call", FIB_CALLS, prepare_nothing, run_fib20},
    {"fibasm", "call", FIB_CALLS, prepare_nothing, run_fibasm},
    {"parse", "byte", TEXT_BYTES, prepare_text, run_parse},
    {0},
};

static int same(const char *a, const char *b)
{
    while (*a && *a == *b)
        a++, b++;
    return *a == *b;
}

const struct kernel *kernel_find(const char *name)
{
    const struct kernel *k = kernels;
    while (k->name && !same(k->name, name))
        k++;
    return k->name ? k : 0;
}

uint64_t kernel_call(const struct kernel *kernel, void *arena, uint64_t rounds)
{
    return on_stack(kernel->run, arena, rounds, (char *)arena + ARENA_SIZE);
}
