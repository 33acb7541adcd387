/*
 * Deadlocks of record locks: who waits is followed to who holds what it waits for, from holder to
 * holder. A process waits when one of its calls does, even if others of its calls could go on.
 */
#include "lock.h"

/* Adds the holders that keep the wanted piece from its process to those that were reached. */
static void reach(struct fs_process **last, const struct fs_node *node,
                  const struct fs_record_lock *wanted)
{
    for (struct fs_record_lock *lock = node->records; lock; lock = lock->next) {
        if (!fs_record_conflicts(lock, wanted) || lock->process->reached)
            continue;
        lock->process->reached = true;
        lock->process->next_reached = NULL;
        (*last)->next_reached = lock->process;
        *last = lock->process;
    }
}

bool fs_would_deadlock(const struct fs_node *node, const struct fs_record_lock *wanted)
{
    struct fs_process *asking = wanted->process, *last = asking;
    asking->next_reached = NULL;
    reach(&last, node, wanted);
    for (struct fs_process *holder = asking->next_reached; holder; holder = holder->next_reached)
        for (struct fs_waiter *waiter = asking->fs->waiters; waiter; waiter = waiter->next)
            if (waiter->process == holder && waiter->wanted)
                reach(&last, waiter->node, waiter->wanted);
    bool deadlock = asking->reached;
    for (struct fs_process *process = asking; process; process = process->next_reached)
        process->reached = false;
    return deadlock;
}
