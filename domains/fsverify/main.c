/*
 * Uses files in all ways that a restart of their server could show, and checks every result.
 *
 *   rounds=N   times that each thread does everything (2)
 *   threads=N  at once (3)
 *   rival      nothing of that: tries to get the locks that another domain, without this, holds
 */
#include "script.h"

#include <ringside-rt/cmdline.h>
#include <ringside-rt/posix.h>
#include <ringside-rt/test.h>
#include <ringside-rt/thread.h>

static unsigned rounds;

static void run(void *arg)
{
    for (unsigned round = 0; round < rounds; round++)
        script_run((unsigned)(uintptr_t)arg, round);
}

static void run_all(unsigned threads)
{
    struct thread *started[16];
    test_need(threads <= ARRAY_SIZE(started));
    for (unsigned i = 0; i < threads; i++)
        started[i] = thread_start(run, (void *)(uintptr_t)i);
    for (unsigned i = 0; i < threads; i++)
        thread_join(started[i]);
}

void test_main(void)
{
    const struct files_options options = {0};
    rounds = (unsigned)cmdline_u64("rounds", 2);
    test_need(files_open_ivmc(&options) == 0);
    if (cmdline_get("rival")) {
        lock_rival();
        return;
    }
    lock_hold();
    run_all((unsigned)cmdline_u64("threads", 3));
    lock_release();
}
