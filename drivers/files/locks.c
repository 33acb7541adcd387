/*
 * Record locks that we have, for a new server, which is told of them one by one.
 *
 * Invariant: no two pieces of one inode overlap, so none of them is more than we have, and in
 * whatever order clients tell theirs, nobody's is in another's way.
 */
#include "link.h"
#include <ringside-rt/memory.h>
#include <ringside-rt/print.h>

struct files_lock *files_locks;

static void add(const struct files_lock *like, uint64_t start, uint64_t end)
{
    struct files_lock *lock = kmalloc(sizeof(*lock));
    panic_unless(lock);
    *lock = *like;
    lock->start = start;
    lock->end = end;
    lock->next = files_locks;
    files_locks = lock;
}

/* Takes a range out of all pieces; of one in its midst two are left. */
static void take_out(const struct files_description *of, uint64_t start, uint64_t end)
{
    struct files_lock **at = &files_locks;
    while (*at) {
        struct files_lock *lock = *at;
        bool other = lock->ino != of->ino || lock->generation != of->generation;
        if (other || lock->start > end || lock->end < start) {
            at = &lock->next;
            continue;
        }
        *at = lock->next;
        if (lock->start < start)
            add(lock, lock->start, start - 1);
        if (lock->end > end)
            add(lock, end + 1, lock->end);
        kfree(lock);
    }
}

void files_lock_changed(const struct files_description *of, int16_t type, uint64_t start,
                        uint64_t length)
{
    const struct files_lock lock = {.ino = of->ino, .generation = of->generation, .type = type};
    uint64_t end = length ? start + length - 1 : UINT64_MAX;
    take_out(of, start, end);
    if (type != FS_F_UNLCK)
        add(&lock, start, end);
}

void files_locks_gone(const struct files_description *of)
{
    take_out(of, 0, UINT64_MAX);
}
