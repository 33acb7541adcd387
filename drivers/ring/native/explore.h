/*
 * The schedule explorer: runs a small concurrent program in every order in which its threads can
 * take their ring steps, as long as no more than a given number of preemptions is needed
 * (preemption-bounded depth-first search). Threads are contexts of one host thread that switch at
 * RING_STEP, so a step is atomic and each schedule can be repeated.
 *
 * Memory is sequentially consistent but for ring_store, which goes into the thread's store buffer:
 * others see it when the thread takes a step that is a full barrier, blocks or ends, or earlier,
 * which is explored like a preemption.
 *
 * It does not explore: reordering of loads (x86 has none), weak compilers, more than
 * EXPLORE_THREADS threads, crashes.
 */
#ifndef RINGSIDE_RING_EXPLORE_H
#define RINGSIDE_RING_EXPLORE_H

#include <ringside-rt/ring_step.h>
#include <stdbool.h>
#include <stdint.h>

#define EXPLORE_THREADS 6

/** A program. The functions are called anew for each schedule; setup brings all state back. */
struct exploration {
    void (*setup)(void);
    void (*thread)(unsigned number);
    const char *(*check)(void); /* after the last step; NULL when all is well */
    unsigned threads;
    unsigned daemons;      /* the last so many may be blocked at the end */
    unsigned preemptions;  /* most in a schedule */
    unsigned step_limit;   /* a schedule with more steps makes no progress */
    uint64_t schedules;    /* give up after so many */
    bool show;             /* print the steps of the first bad schedule */
};

struct explored {
    uint64_t schedules;
    bool exhausted;        /* all were tried */
    const char *violation; /* of the last one, or NULL */
};

struct explored explore(const struct exploration *program);

/** Steps taken in this schedule: a clock. */
unsigned explore_now(void);

/** Stores the number of the caller's next step there, when it takes it. */
void explore_stamp(unsigned *stamp);

/** While true the caller's steps are no switching points. */
void explore_quiet(bool quiet);

/** Takes one from the count, blocking while it is 0. */
void explore_down(unsigned *count);

/** Blocks while the word has the value. */
void explore_wait_while(const uint32_t *word, uint32_t value);

/** A step of no ring: a full barrier. */
void explore_event(void);

#endif
