/*
 * Loops whose speed says how well x86-64 code runs. The same machine code runs in a guest and, by
 * native/, as a program of this computer.
 *
 * Invariant: a kernel touches the arena and its stack only, is position independent and needs
 * nothing else, so that whoever calls it decides where all its data lie.
 */
#ifndef BENCH_CPU_KERNELS_H
#define BENCH_CPU_KERNELS_H

#include <stdint.h>

/** Bytes of an arena, aligned to a page: data from its start, the stack down from its end. */
#define ARENA_SIZE 0x80000ul

/**
 * Runs a kernel so many rounds on an arena that its prepare function has filled.
 * Returns a checksum: of the same rounds after the same preparation it is the same everywhere.
 */
typedef uint64_t kernel_run(void *arena, uint64_t rounds);

struct kernel {
    const char *name;
    const char *unit; /* what one of the units is: "iteration" */
    uint64_t units;   /* in a round */
    void (*prepare)(void *arena);
    kernel_run *run;
};

/** The kernels, in the order in which they are shown, and a NULL name behind the last. */
extern const struct kernel kernels[];

/** The kernel of that name, or NULL. */
const struct kernel *kernel_find(const char *name);

/** Runs it on the arena's stack. */
uint64_t kernel_call(const struct kernel *kernel, void *arena, uint64_t rounds);

/* kernels.c */
#define TEXT_BYTES 130
#define FIB_CALLS 21891
#define ALU_ITERATIONS 4096
#define CRC_BYTES 4096
#define CHASE_NODES 4096
#define RING_PAIRS 256

void prepare_bytes(void *arena);
void prepare_crc(void *arena);
void prepare_chase(void *arena);
void prepare_ring(void *arena);
void prepare_text(void *arena);
kernel_run run_alu, run_crc, run_sieve, run_chase, run_ring, run_fib20, run_parse;

/* loops.S */
#define COPY_BYTES 8192

kernel_run run_cp64, run_set64, run_cp128, run_repmovsb, run_fibasm;

/** Calls run(arena, rounds) on the stack that ends at top. */
uint64_t on_stack(kernel_run *run, void *arena, uint64_t rounds, void *top);

#endif
