/*
 * Invariant: there are THREADS threads beside those that wait for locks, which only who holds the
 * lock can end: their places are taken by others, so that its requests are carried out.
 */
#include "workers.h"
#include "lanes.h"

#include <ringside-rt/memory.h>

#define THREADS 16u

static workers_task *task;
static struct semaphore requests;
static unsigned threads, waiting; /* waiting: those of them that wait for locks */
static struct thread *ended;      /* the last one, which nobody has joined */

/* It goes; who went before it is gone by now, or nearly. */
static void end(struct files_scratch *scratch)
{
    struct thread *before = ended;
    ended = thread_current();
    threads--;
    kfree(scratch);
    if (before)
        thread_join(before);
}

static void run(void *scratch)
{
    while (threads - waiting <= THREADS) {
        semaphore_down(&requests);
        task(lanes_take(), scratch);
    }
    end(scratch);
}

static bool add(void)
{
    struct files_scratch *scratch = kmalloc(sizeof(*scratch));
    bool started = scratch && thread_start(run, scratch);
    if (!started)
        kfree(scratch);
    threads += started;
    return started;
}

static bool lock_waits(bool begins)
{
    if (!begins)
        waiting--;
    else if (threads - waiting <= THREADS && !add())
        return false;
    else
        waiting++;
    return true;
}

int workers_begin(struct fs *fs, workers_task *to_do)
{
    task = to_do;
    fs_on_lock_wait(fs, lock_waits);
    while (threads < THREADS)
        if (!add())
            return -ENOMEM;
    return 0;
}

void workers_put(struct ivmc_work *work)
{
    lanes_put(work);
    semaphore_up(&requests);
}
