/*
 * Waiting for locks. Invariant: a waiter is in the list of its volume from before it sleeps until
 * it was woken; who wakes it takes it off, so it is woken once. Whoever is woken looks again, in
 * the order in which they came.
 */
#include "lock.h"

int fs_lock_wait(struct fs_process *process, struct fs_node *node,
                 const struct fs_record_lock *wanted)
{
    struct fs_waiter waiter = {.process = process, .node = node, .wanted = wanted};
    struct fs *fs = process->fs;
    struct fs_waiter **link = &fs->waiters;
    if (process->ending)
        return -EINTR;
    if (process->lock_waits == FS_LOCK_WAITS_MAX || (fs->on_lock_wait && !fs->on_lock_wait(true)))
        return -ENOLCK;
    while (*link)
        link = &(*link)->next;
    *link = &waiter;
    process->lock_waits++;
    semaphore_down(&waiter.woken);
    process->lock_waits--;
    if (fs->on_lock_wait)
        fs->on_lock_wait(false);
    return process->ending ? -EINTR : 0;
}

void fs_on_lock_wait(struct fs *fs, bool (*fn)(bool begins))
{
    fs->on_lock_wait = fn;
}

/* Wakes the waiters of a node, or of a process. */
static void wake(struct fs *fs, const struct fs_node *node, const struct fs_process *process)
{
    struct fs_waiter **link = &fs->waiters;
    while (*link) {
        struct fs_waiter *waiter = *link;
        if (waiter->node == node || waiter->process == process) {
            *link = waiter->next;
            semaphore_up(&waiter->woken);
        } else {
            link = &waiter->next;
        }
    }
}

void fs_lock_wake(struct fs *fs, const struct fs_node *node)
{
    wake(fs, node, NULL);
}

void fs_lock_interrupt(const struct fs_process *process)
{
    wake(process->fs, NULL, process);
}

void fs_lock_call_begin(struct fs_process *process)
{
    process->lock_calls++;
}

void fs_lock_call_end(struct fs_process *process)
{
    if (--process->lock_calls == 0 && process->ending)
        semaphore_up(&process->left);
}
