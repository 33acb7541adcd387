/*
 * The load of the guest ringbench, split, on threads of this computer in place of vCPUs. Each has a
 * CPU of its own and, where that is permitted, comes before all that is not real-time.
 *
 *   rings THREADS OPERATIONS SAMPLES     for each sample, ring and number of threads from 2 on:
 *                                        "ran scq split 2 51234567 51200000", nanoseconds of the
 *                                        run, and how many of them that thread executed which
 *                                        executed least
 *
 * First of all each ring is tested: what one thread puts the other takes, everything and in order.
 * Who does not come to an end is ended by SIGALRM.
 */
#define _GNU_SOURCE
#include "../load.h"
#include <pthread.h>
#include <ringside-rt/cmdline.h>
#include <ringside-rt/smp.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define THREADS_MOST 64
#define SECONDS_MOST 60 /* of one run */

static struct thread {
    pthread_t id;
    void (*fn)(void *);
    void *arg;
    uint64_t executed;
} threads[THREADS_MOST];

static cpu_set_t cpus; /* that may be used */
static void *memory;

/* The guest's, whose header has a printf of its own. */
void panic(const char *format, ...) PRINTF_LIKE(1, 2);

void panic(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    exit(1);
}

/* For the stream of random numbers that every guest has, and nobody uses here. */
uint64_t cmdline_u64(const char *key, uint64_t otherwise)
{
    (void)key;
    return otherwise;
}

static uint64_t now(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

static cpu_set_t cpu_of(unsigned thread)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    int cpu = 0;
    while (!CPU_ISSET(cpu, &cpus) || thread--)
        cpu++;
    CPU_SET(cpu, &set);
    return set;
}

static void *run_thread(void *arg)
{
    struct thread *thread = arg;
    thread->fn(thread->arg);
    thread->executed = now(CLOCK_THREAD_CPUTIME_ID);
    return NULL;
}

int smp_start(unsigned vcpu, void (*fn)(void *), void *arg)
{
    struct thread *thread = &threads[vcpu];
    cpu_set_t cpu = cpu_of(vcpu);
    pthread_attr_t attributes;
    thread->fn = fn;
    thread->arg = arg;
    pthread_attr_init(&attributes);
    pthread_attr_setaffinity_np(&attributes, sizeof(cpu), &cpu);
    int error = pthread_create(&thread->id, &attributes, run_thread, thread);
    pthread_attr_destroy(&attributes);
    return -error;
}

void smp_join(unsigned vcpu)
{
    pthread_join(threads[vcpu].id, NULL);
}

static void create(struct value_ring *ring, enum value_ring_kind kind)
{
    value_ring_attach(ring, kind, memory, LOAD_RING_ORDER);
    value_ring_init(ring);
    alarm(SECONDS_MOST);
}

static struct value_ring tested;
static uint64_t tested_values;

static void put_all(void *arg)
{
    (void)arg;
    for (uint64_t i = 0; i < tested_values; i++)
        while (!value_ring_put(&tested, i))
            ;
}

static void test(enum value_ring_kind kind, uint64_t values)
{
    uint64_t value;
    create(&tested, kind);
    tested_values = values;
    if (smp_start(1, put_all, NULL))
        panic("a thread does not start");
    for (uint64_t i = 0; i < values; i++) {
        while (!value_ring_take(&tested, &value))
            ;
        if (value != i)
            panic("%s: %lu was taken in place of %lu", value_ring_name(kind), value, i);
    }
    smp_join(1);
    if (value_ring_take(&tested, &value))
        panic("%s: %lu was taken though all were", value_ring_name(kind), value);
}

static void run(enum value_ring_kind kind, unsigned count, uint64_t operations)
{
    struct value_ring ring;
    create(&ring, kind);
    uint64_t begin = now(CLOCK_MONOTONIC), executed = now(CLOCK_THREAD_CPUTIME_ID);
    load_run(&ring, LOAD_SPLIT, count, operations);
    uint64_t least = now(CLOCK_THREAD_CPUTIME_ID) - executed;
    uint64_t ns = now(CLOCK_MONOTONIC) - begin;
    for (unsigned i = 1; i < count; i++)
        least = threads[i].executed < least ? threads[i].executed : least;
    printf("ran %s %s %u %lu %lu\n", value_ring_name(kind), load_name(LOAD_SPLIT), count, ns,
           least);
}

/* The threads that this one starts are scheduled as it is: in turns, among those of its rank. */
static void take_cpu(void)
{
    static const struct sched_param rank = {.sched_priority = 1};
    cpu_set_t cpu = cpu_of(0);
    sched_setaffinity(0, sizeof(cpu), &cpu);
    sched_setscheduler(0, SCHED_RR, &rank); /* may fail: the thread's time shows what it had */
}

int main(int argc, char **argv)
{
    unsigned long most = argc == 4 ? strtoul(argv[1], NULL, 0) : 0;
    if (most < 2 || most > THREADS_MOST) {
        fprintf(stderr, "usage: %s THREADS OPERATIONS SAMPLES, with 2 to %u threads\n", argv[0],
                THREADS_MOST);
        return 2;
    }
    uint64_t operations = strtoull(argv[2], NULL, 0), samples = strtoull(argv[3], NULL, 0);
    if (sched_getaffinity(0, sizeof(cpus), &cpus) || CPU_COUNT(&cpus) < (int)most)
        panic("%lu CPUs are needed, and %d may be used", most, CPU_COUNT(&cpus));
    memory = aligned_alloc(PAGE_SIZE, ALIGN_UP(value_ring_bytes(LOAD_RING_ORDER), PAGE_SIZE));
    if (!memory)
        panic("no memory for the ring");
    take_cpu();
    for (enum value_ring_kind kind = 0; kind < VALUE_RING_KINDS; kind++)
        test(kind, operations / 2);
    for (unsigned count = 2; count <= most; count *= 2)
        for (uint64_t sample = 0; sample < samples; sample++)
            for (enum value_ring_kind kind = 0; kind < VALUE_RING_KINDS; kind++)
                run(kind, count, operations);
    return 0;
}
