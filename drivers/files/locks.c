/*
 * Record locks, remembered for a new server as they were set, oldest first.
 *
 * Invariant: set one after the other they give what we have. A later one that covers an earlier one
 * has taken its place, and where there is nothing to take back, that is not remembered.
 */
#include "link.h"
#include <ringside-rt/memory.h>
#include <ringside-rt/print.h>

struct files_lock *files_locks;

static bool same(const struct files_lock *lock, const struct files_description *of)
{
    return lock->ino == of->ino && lock->generation == of->generation;
}

/* Takes out what lies within; true: others overlap, and last is the end of the list. */
static bool take_out(const struct files_description *of, uint64_t start, uint64_t end,
                     struct files_lock ***last)
{
    bool overlap = false;
    struct files_lock **at = &files_locks;
    while (*at) {
        struct files_lock *lock = *at;
        if (same(lock, of) && lock->start >= start && lock->end <= end) {
            *at = lock->next;
            kfree(lock);
            continue;
        }
        overlap |= same(lock, of) && lock->start <= end && lock->end >= start;
        at = &lock->next;
    }
    *last = at;
    return overlap;
}

void files_lock_changed(const struct files_description *of, int16_t type, uint64_t start,
                        uint64_t length)
{
    uint64_t end = length ? start + length - 1 : UINT64_MAX;
    struct files_lock **last;
    if (!take_out(of, start, end, &last) && type == FS_F_UNLCK)
        return;
    struct files_lock *lock = kmalloc(sizeof(*lock));
    panic_unless(lock);
    *lock = (struct files_lock){NULL, of->ino, of->generation, type, start, end};
    *last = lock;
}

void files_locks_gone(const struct files_description *of)
{
    struct files_lock **last;
    take_out(of, 0, UINT64_MAX, &last);
}
