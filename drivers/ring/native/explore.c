/*
 * Invariant: while the scheduler runs, every thread stands before its next step, is blocked or has
 * ended. A schedule is the list of choices made where there was more than one way to go on; the
 * next one differs from it in the last choice that has an untried alternative.
 */
#include "explore.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STACK_BYTES 32768
#define MOST_STEPS 4096
#define BUFFERED 8
#define DRAIN 16 /* the option "thread's store buffer drains by one" is DRAIN + thread */

/* drivers/thread/switch.S, which the guests use too. */
void thread_switch_stack(uint64_t *save, uint64_t next);
void thread_entry(void);
void thread_main(void);

enum ring_mutant ring_mutant;

/* A store that only its thread sees: memory has the old value while others run. */
struct store {
    void *word;
    uint64_t value, old;
    unsigned bytes;
};

struct thread {
    uint64_t rsp;
    enum ring_step next;
    bool ended, quiet;
    const unsigned *count;  /* blocked while it is 0 */
    const uint32_t *word;   /* blocked while it has the value */
    uint32_t value;
    struct store stores[BUFFERED];
    unsigned stored;
    unsigned *stamp; /* gets the number of the next step */
};

struct choice {
    uint8_t options[2 * EXPLORE_THREADS], count, taken;
};

static const struct exploration *program;
static struct thread threads[EXPLORE_THREADS];
static uint8_t stacks[EXPLORE_THREADS][STACK_BYTES] __attribute__((aligned(16)));
static uint64_t scheduler_rsp;
static unsigned current, steps, choices, replayed;
static struct choice path[MOST_STEPS];
static struct {
    uint8_t option;
    enum ring_step step;
} taken[MOST_STEPS + 1];

static const char *const names[] = {
#define STEP_NAME(name, full) #name,
    RING_STEPS(STEP_NAME) "event"};
static const bool barriers[] = {
#define STEP_FULL(name, full) full,
    RING_STEPS(STEP_FULL) true};

static void write_store(struct store *store)
{
    memcpy(&store->old, store->word, store->bytes);
    memcpy(store->word, &store->value, store->bytes);
}

static void drain_one(struct thread *thread)
{
    write_store(&thread->stores[0]);
    thread->stored--;
    memmove(&thread->stores[0], &thread->stores[1], thread->stored * sizeof(thread->stores[0]));
}

static void to_scheduler(void)
{
    struct thread *thread = &threads[current];
    for (unsigned i = thread->stored; i-- > 0;)
        memcpy(thread->stores[i].word, &thread->stores[i].old, thread->stores[i].bytes);
    thread_switch_stack(&thread->rsp, scheduler_rsp);
    for (unsigned i = 0; i < thread->stored; i++)
        write_store(&thread->stores[i]);
}

void ring_step(enum ring_step step)
{
    struct thread *thread = &threads[current];
    if (!thread->quiet) {
        thread->next = step;
        to_scheduler();
    }
    if (barriers[step])
        thread->stored = 0; /* what it wrote is in memory now, and stays */
    if (thread->stamp)
        *thread->stamp = steps;
    thread->stamp = NULL;
}

void ring_store_later(void *word, uint64_t value, unsigned bytes)
{
    struct thread *thread = &threads[current];
    assert(thread->stored < BUFFERED);
    struct store *store = &thread->stores[thread->stored++];
    *store = (struct store){.word = word, .value = value, .bytes = bytes};
    write_store(store);
}

void explore_quiet(bool quiet)
{
    threads[current].quiet = quiet;
}

void explore_event(void)
{
    ring_step(RING_STEP_COUNT);
}

void explore_down(unsigned *count)
{
    explore_event();
    threads[current].count = count;
    explore_event();
    threads[current].count = NULL;
    --*count;
}

void explore_wait_while(const uint32_t *word, uint32_t value)
{
    explore_event();
    threads[current].word = word;
    threads[current].value = value;
    explore_event();
    threads[current].word = NULL;
}

unsigned explore_now(void)
{
    return steps;
}

void explore_stamp(unsigned *stamp)
{
    threads[current].stamp = stamp;
}

/* What a thread's context begins with. */
void thread_main(void)
{
    program->thread(current);
    threads[current].stored = 0;
    threads[current].ended = true;
    to_scheduler();
    abort();
}

static bool can_run(unsigned thread)
{
    struct thread *t = &threads[thread];
    return !t->ended && (!t->count || *t->count) && (!t->word || *t->word != t->value);
}

static void begin_threads(void)
{
    memset(threads, 0, sizeof(threads));
    for (unsigned i = 0; i < program->threads; i++) {
        uint64_t *top = (uint64_t *)(stacks[i] + STACK_BYTES) - 8;
        memset(top, 0, 8 * sizeof(*top));
        top[6] = (uint64_t)(uintptr_t)thread_entry;
        threads[i].rsp = (uint64_t)(uintptr_t)top;
        threads[i].next = RING_STEP_COUNT;
    }
}

/* All ways to go on; the first is to let the current thread run on, if it can. */
static void options_of(struct choice *choice, unsigned preempted)
{
    choice->count = choice->taken = 0;
    bool runs = can_run(current);
    if (runs)
        choice->options[choice->count++] = (uint8_t)current;
    if (runs && preempted == program->preemptions)
        return;
    for (unsigned i = 0; i < program->threads; i++) {
        if (i != current && can_run(i))
            choice->options[choice->count++] = (uint8_t)i;
        if (threads[i].stored)
            choice->options[choice->count++] = (uint8_t)(DRAIN + i);
    }
}

/* The choice that this schedule makes here, or -1 when nobody can run. */
static int choose(unsigned preempted)
{
    struct choice here;
    options_of(&here, preempted);
    if (here.count <= 1)
        return here.count ? here.options[0] : -1;
    if (replayed == choices)
        path[choices++] = here;
    const struct choice *choice = &path[replayed++];
    return choice->options[choice->taken];
}

/* Runs one schedule; what is wrong with it, or NULL. */
static const char *run(void)
{
    unsigned preempted = 0;
    current = steps = replayed = 0;
    program->setup();
    begin_threads();
    for (;;) {
        bool runs = can_run(current);
        int option = choose(preempted);
        if (option < 0)
            break;
        if (steps == program->step_limit)
            return "no progress within the step limit";
        if (runs && option != (int)current)
            preempted++;
        taken[steps].option = (uint8_t)option;
        taken[steps++].step = option < DRAIN ? threads[option].next : RING_STEP_COUNT;
        if (option >= DRAIN) {
            drain_one(&threads[option - DRAIN]);
            continue;
        }
        current = (unsigned)option;
        thread_switch_stack(&scheduler_rsp, threads[current].rsp);
    }
    for (unsigned i = 0; i < program->threads - program->daemons; i++)
        if (!threads[i].ended)
            return "a thread sleeps for ever: lost wake-up";
    /* What check does is nobody's step. */
    threads[current].quiet = true;
    return program->check();
}

static void print_schedule(const char *violation)
{
    printf("  %s; the schedule, thread: steps", violation);
    for (unsigned i = 0; i < steps; i++) {
        unsigned option = taken[i].option;
        if (option >= DRAIN)
            printf("\n  store buffer of %u drains", option - DRAIN);
        else if (i && option == taken[i - 1].option)
            printf(" %s", names[taken[i].step]);
        else
            printf("\n  %u: %s", option, names[taken[i].step]);
    }
    printf("\n");
}

struct explored explore(const struct exploration *exploration)
{
    struct explored result = {0};
    program = exploration;
    assert(program->threads <= EXPLORE_THREADS && program->step_limit <= MOST_STEPS);
    choices = 0;
    while (result.schedules < program->schedules) {
        result.schedules++;
        result.violation = run();
        if (result.violation && program->show)
            print_schedule(result.violation);
        if (result.violation)
            return result;
        while (choices && path[choices - 1].taken + 1 == path[choices - 1].count)
            choices--;
        if (!choices) {
            result.exhausted = true;
            return result;
        }
        path[choices - 1].taken++;
    }
    return result;
}
