/*
 * Record locks of processes (fcntl). Invariant: the pieces that a process has locked of a file do
 * not overlap, and pieces of the same type do not touch; pieces of different processes overlap
 * only where both are read locks. A change keeps two pieces ready first, so it cannot fail halfway.
 */
#include "lock.h"
#include <ringside-rt/memory.h>

bool fs_record_conflicts(const struct fs_record_lock *lock, const struct fs_record_lock *wanted)
{
    return lock->process != wanted->process && lock->start <= wanted->end &&
           wanted->start <= lock->end &&
           (lock->type == FS_F_WRLCK || wanted->type == FS_F_WRLCK);
}

struct fs_record_lock *fs_record_conflict(const struct fs_node *node,
                                          const struct fs_record_lock *wanted)
{
    struct fs_record_lock *first = NULL;
    for (struct fs_record_lock *lock = node->records; lock; lock = lock->next)
        if (fs_record_conflicts(lock, wanted) && (!first || lock->start < first->start))
            first = lock;
    return first;
}

static void insert(struct fs_node *node, struct fs_record_lock *lock,
                   const struct fs_record_lock *as)
{
    *lock = *as;
    lock->next = node->records;
    node->records = lock;
    lock->process->locks++;
}

static void remove(struct fs_record_lock **link)
{
    struct fs_record_lock *lock = *link;
    *link = lock->next;
    lock->process->locks--;
    kfree(lock);
}

/* Same process and type: whether both are one piece. */
static bool touches(const struct fs_record_lock *a, const struct fs_record_lock *b)
{
    return a->type == b->type && a->start <= b->end + 1 && b->start <= a->end + 1;
}

static void absorb(struct fs_record_lock *new, const struct fs_record_lock *lock)
{
    new->start = lock->start < new->start ? lock->start : new->start;
    new->end = lock->end > new->end ? lock->end : new->end;
}

/*
 * Takes the new piece out of an old one of the same process. True: nothing is left of it. What is
 * left on both sides takes the spare.
 */
static bool cut(struct fs_node *node, struct fs_record_lock *lock,
                const struct fs_record_lock *new, struct fs_record_lock **spare)
{
    bool before = lock->start < new->start, behind = lock->end > new->end;
    struct fs_record_lock rest = *lock;
    rest.start = new->end + 1;
    if (before)
        lock->end = new->start - 1;
    if (before && behind) {
        insert(node, *spare, &rest);
        *spare = NULL;
    } else if (behind) {
        lock->start = rest.start;
    }
    return !before && !behind;
}

/* Clears the way for a piece, which grows by what it touches. */
static void clear(struct fs_node *node, struct fs_record_lock *new, struct fs_record_lock **spare)
{
    struct fs_record_lock **link = &node->records;
    while (*link) {
        struct fs_record_lock *lock = *link;
        bool gone = false;
        if (lock->process == new->process && touches(lock, new)) {
            absorb(new, lock);
            gone = true;
        } else if (lock->process == new->process && lock->start <= new->end &&
                   new->start <= lock->end) {
            gone = cut(node, lock, new, spare);
            if (lock != *link)
                link = &(*link)->next; /* the rest was inserted in front of the first one */
        }
        if (gone)
            remove(link);
        else
            link = &(*link)->next;
    }
}

int fs_record_set(struct fs_node *node, const struct fs_record_lock *wanted)
{
    struct fs_record_lock new = *wanted;
    struct fs_process *process = new.process;
    if (new.type != FS_F_UNLCK && process->locks + 2 > FS_LOCKS_MAX)
        return -ENOLCK;
    struct fs_record_lock *piece = kmalloc(sizeof(*piece)), *spare = kmalloc(sizeof(*spare));
    bool enough = piece && spare;
    if (enough) {
        clear(node, &new, &spare);
        if (new.type != FS_F_UNLCK) {
            insert(node, piece, &new);
            piece = NULL;
        }
        fs_lock_wake(process->fs, node);
    }
    kfree(piece);
    kfree(spare);
    return enough ? 0 : -ENOLCK;
}

void fs_record_locks_drop(struct fs_process *process, struct fs_node *node)
{
    struct fs_record_lock **link = &node->records;
    bool any = false;
    while (*link) {
        if ((*link)->process == process) {
            remove(link);
            any = true;
        } else {
            link = &(*link)->next;
        }
    }
    if (any)
        fs_lock_wake(process->fs, node);
}
