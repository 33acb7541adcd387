/*
 * Between the parts of the fuzzer: main.c has words, pointers and memory, calls.c has hypercalls.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <ringside-rt/compiler.h>

#define FUZZ_ARENA_PAGES 4
#define FUZZ_FRAMES 64
#define FUZZ_CANARY_PAGES 256

struct fuzz_call {
    unsigned number;
    uint64_t args[5];
};

uint64_t fuzz_below(uint64_t limit);

/** Any 64 bits, small numbers, domain ids and limits more often than not. */
uint64_t fuzz_word(void);

/** A guest frame: of the playground, or one that cannot be. */
uint64_t fuzz_frame(void);

/** A pointer into the arena, or to where there is nothing. */
uint64_t fuzz_pointer(void);

/** True when all bytes lie in the arena. */
bool fuzz_is_ours(uint64_t pointer, size_t size);

/** The word, or a pointer into the arena in place of one to memory that is in use. */
uint64_t fuzz_harmless(uint64_t word);

/** Random words at a pointer into the arena; no effect elsewhere. */
void fuzz_fill(uint64_t pointer, unsigned words);

/** A hypercall with its structures filled. */
void fuzz_choose(struct fuzz_call *call);

/** True when the call would rightly end, stop or maim the caller. */
bool fuzz_suicidal(const struct fuzz_call *call);

#endif
