/*
 * The kernels as a program of this computer.
 *
 *   kernels NAME ROUNDS SLICES CHECK     the checksum of CHECK rounds, then the nanoseconds of each
 *                                        slice: "check 0123456789abcdef", "ns 51234567"
 */
#include "../kernels.h"
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static alignas(4096) char arena[ARENA_SIZE];

static uint64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

int main(int argc, char **argv)
{
    const struct kernel *kernel = argc == 5 ? kernel_find(argv[1]) : NULL;
    if (!kernel) {
        fprintf(stderr, "usage: %s NAME ROUNDS SLICES CHECK\n", argv[0]);
        return 2;
    }
    uint64_t rounds = strtoull(argv[2], NULL, 0), slices = strtoull(argv[3], NULL, 0);
    uint64_t check = strtoull(argv[4], NULL, 0);
    kernel->prepare(arena);
    if (check)
        printf("check %016lx\n", kernel_call(kernel, arena, check));
    for (uint64_t i = 0; i < slices; i++) {
        uint64_t begin = now();
        kernel_call(kernel, arena, rounds);
        printf("ns %lu\n", now() - begin);
    }
    return 0;
}
