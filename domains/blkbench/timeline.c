/*
 * A sampler beside one load: every line is the same span of guest time. When the storage server is
 * killed, the lines show a pause, and the rate of before.
 */
#include "modes.h"
#include "table.h"

#include <ringside-rt/clock.h>
#include <ringside-rt/cmdline.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>
#include <ringside-rt/test.h>
#include <ringside-rt/timer.h>

#define BAR 40

/* A timer takes the samples, whatever the threads do; one of them prints what is there. */
struct sampler {
    uint64_t bytes, begin_ns, interval_ns;
    uint64_t intervals, taken;
    uint64_t *samples;
    struct timer timer;
};

static void print_sample(uint64_t interval_ns, uint64_t n, uint64_t bytes, uint64_t best)
{
    static const char bar[BAR + 1] = "########################################";
    uint64_t rate = table_rate(bytes, interval_ns), end_ms = n * interval_ns / NS_PER_MS;
    unsigned length = best ? (unsigned)(bytes * BAR / best) : 0;
    printf("%6lu ms %8lu.%lu MB/s %.*s\n", end_ms, rate / 10, rate % 10, (int)length, bar);
}

static void take(void *arg)
{
    struct sampler *sampler = arg;
    sampler->samples[sampler->taken++] = sampler->bytes;
    if (sampler->taken < sampler->intervals)
        timer_set(&sampler->timer, sampler->begin_ns + (sampler->taken + 1) * sampler->interval_ns,
                  take, sampler);
}

static void print_samples(void *arg)
{
    struct sampler *sampler = arg;
    uint64_t before = 0, best = 0;
    for (uint64_t i = 0; i < sampler->intervals; i++) {
        while (READ_ONCE(sampler->taken) <= i)
            sleep_until(sampler->begin_ns + (i + 1) * sampler->interval_ns);
        uint64_t bytes = sampler->samples[i] - before;
        if (bytes > best)
            best = bytes;
        print_sample(sampler->interval_ns, i + 1, bytes, best);
        before = sampler->samples[i];
    }
}

void timeline(struct blk *blk)
{
    struct load_result result;
    struct sampler sampler = {
        .begin_ns = clock_ns(),
        .interval_ns = cmdline_u64("every", 100) * NS_PER_MS,
    };
    const char *op = cmdline_string("op", "mixed");
    uint64_t size = cmdline_bytes("size", 65536);
    if (!sampler.interval_ns)
        test_error("every= must be at least 1");
    sampler.intervals = cmdline_u64("time", 3000) * NS_PER_MS / sampler.interval_ns;
    struct load load = {
        .op = strcmp(op, "write") == 0 ? BLK_WRITE : BLK_READ,
        .mixed = strcmp(op, "mixed") == 0,
        .random = strcmp(cmdline_string("pattern", "seq"), "random") == 0,
        .size = size,
        .depth = depth_within_window(size, (unsigned)cmdline_u64("depth", 32)),
        .span = ALIGN_DOWN(cmdline_bytes("span", blk->bytes), size),
        .deadline_ns = sampler.begin_ns + sampler.intervals * sampler.interval_ns,
        .seed = cmdline_u64("seed", 1),
        .progress = &sampler.bytes,
    };
    sampler.samples = kmalloc(sampler.intervals * sizeof(uint64_t));
    if (!sampler.samples)
        test_error("time= of %lu intervals and no memory for them", sampler.intervals);
    timer_set(&sampler.timer, sampler.begin_ns + sampler.interval_ns, take, &sampler);
    struct thread *thread = thread_start(print_samples, &sampler);
    test_need(thread);
    run_checked(blk, &load, &result);
    thread_join(thread);
    kfree(sampler.samples);
    table_head();
    table_row(&load, &result);
}
