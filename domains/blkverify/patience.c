/* A thread that looks at a counter every so often. */
#include "patience.h"

#include <ringside-rt/test.h>
#include <ringside-rt/thread.h>
#include <ringside-rt/timer.h>

static uint64_t events, patience_ns;
static const char *waiting_for;

static void watch(void *arg)
{
    (void)arg;
    for (;;) {
        uint64_t before = READ_ONCE(events);
        sleep_ns(patience_ns);
        if (READ_ONCE(events) == before)
            test_error("gave up: for %lu ms nothing but waiting for %s",
                       patience_ns / NS_PER_MS, waiting_for);
    }
}

void patience_begin(uint64_t ns, const char *what)
{
    patience_ns = ns;
    waiting_for = what;
    if (ns)
        test_need(thread_start(watch, NULL));
}

void patience_renew(const char *what)
{
    events++;
    waiting_for = what;
}
