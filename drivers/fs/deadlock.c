/*
 * Deadlocks of record locks: who waits is followed to who holds what it waits for, from holder to
 * holder. A process waits when one of its calls does, even if others of its calls could go on.
 */
#include "lock.h"

/* Those that were reached, in a list that begins with who asks; whether it was reached too. */
struct search {
    struct fs_process *asking, *last;
    bool came_back;
};

/* Adds the holders that keep the wanted piece from its process. */
static void reach(struct search *search, const struct fs_node *node,
                  const struct fs_record_lock *wanted)
{
    for (struct fs_record_lock *lock = node->records; lock; lock = lock->next) {
        struct fs_process *holder = lock->process;
        if (!fs_record_conflicts(lock, wanted) || holder->reached)
            continue;
        if (holder == search->asking) {
            search->came_back = true;
            continue;
        }
        holder->reached = true;
        holder->next_reached = NULL;
        search->last->next_reached = holder;
        search->last = holder;
    }
}

bool fs_would_deadlock(const struct fs_node *node, const struct fs_record_lock *wanted)
{
    struct fs_process *asking = wanted->process;
    struct search search = {.asking = asking, .last = asking};
    asking->next_reached = NULL;
    reach(&search, node, wanted);
    for (struct fs_process *holder = asking->next_reached; holder; holder = holder->next_reached)
        for (struct fs_waiter *waiter = asking->fs->waiters; waiter; waiter = waiter->next)
            if (waiter->process == holder && waiter->wanted)
                reach(&search, waiter->node, waiter->wanted);
    for (struct fs_process *process = asking; process; process = process->next_reached)
        process->reached = false;
    return search.came_back;
}
