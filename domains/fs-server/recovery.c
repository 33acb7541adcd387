/* A thread waits until everybody has been heard, or for PATIENCE_NS. */
#include "recovery.h"
#include "lanes.h"

#include <ringside-rt/clock.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/print.h>
#include <ringside-rt/thread.h>
#include <ringside-rt/timer.h>

#define PATIENCE_NS NS_PER_S

static struct ext *volume;
static void (*submit)(struct ivmc_work *work);
static uint32_t unclaimed, unheard; /* slots */
static bool waiting;
static struct semaphore enough;
static struct ivmc_work *first, **last = &first;

bool recovery_claim(unsigned slot)
{
    bool there = unclaimed & 1u << slot;
    unclaimed &= ~(1u << slot);
    return there;
}

void recovery_heard(unsigned slot)
{
    bool was = unheard;
    unheard &= ~(1u << slot);
    if (was && !unheard)
        semaphore_up(&enough);
}

bool recovery_hold(struct ivmc_work *work)
{
    if (!waiting)
        return false;
    *work_next(work) = NULL;
    *last = work;
    last = work_next(work);
    return true;
}

static void patience(void *arg)
{
    (void)arg;
    sleep_ns(PATIENCE_NS);
    semaphore_up(&enough);
}

static void run(void *arg)
{
    (void)arg;
    semaphore_down(&enough);
    if (unheard)
        printf("clients of the last server did not come back: slots %x\n", unheard);
    waiting = false;
    while (first) {
        struct ivmc_work *work = first;
        first = *work_next(work);
        submit(work);
    }
    int rc = ext_drop_orphans(volume);
    if (rc)
        printf("files without a name cannot be deleted: %s\n", errno_name(rc));
}

int recovery_begin(struct ext *of, uint32_t slots, void (*with)(struct ivmc_work *work))
{
    volume = of;
    submit = with;
    unclaimed = unheard = slots;
    waiting = slots;
    if (!slots)
        semaphore_up(&enough);
    else if (!thread_start(patience, NULL))
        return -ENOMEM;
    return thread_start(run, NULL) ? 0 : -ENOMEM;
}
