/*
 * Advisory locks: flock's of open file descriptions, fcntl's of processes, and waiting for both.
 * They know nothing of each other.
 */
#ifndef FS_LOCK_H
#define FS_LOCK_H

#include "process.h"

/** A piece of a file that a process has locked. */
struct fs_record_lock {
    struct fs_process *process;
    int16_t type;        /* FS_F_RDLCK or FS_F_WRLCK */
    uint64_t start, end; /* first and last byte; INT64_MAX: to the end of any file */
    struct fs_record_lock *next;
};

/** A call that waits for a lock; lies on its stack. */
struct fs_waiter {
    struct fs_process *process;
    struct fs_node *node;
    const struct fs_record_lock *wanted; /* NULL: for flock */
    struct semaphore woken;
    struct fs_waiter *next;
};

/* lock_wait.c */

/** Waits until something was unlocked there; -EINTR: the process ends; -ENOLCK: it cannot wait. */
int fs_lock_wait(struct fs_process *process, struct fs_node *node,
                 const struct fs_record_lock *wanted);

/** Something was unlocked: all who wait there look again. */
void fs_lock_wake(struct fs *fs, const struct fs_node *node);

/** Wakes the calls of a process that ends. */
void fs_lock_interrupt(const struct fs_process *process);

/** Around calls that may wait for a lock: fs_process_end waits until they are over. */
void fs_lock_call_begin(struct fs_process *process);
void fs_lock_call_end(struct fs_process *process);

/* record_lock.c */

/** The first piece that keeps the wanted one from its process; NULL: none. */
struct fs_record_lock *fs_record_conflict(const struct fs_node *node,
                                          const struct fs_record_lock *wanted);
bool fs_record_conflicts(const struct fs_record_lock *lock, const struct fs_record_lock *wanted);

/** Makes the piece the process's own, or free (FS_F_UNLCK); -ENOLCK. Nothing may be in conflict. */
int fs_record_set(struct fs_node *node, const struct fs_record_lock *wanted);

/** The process closed the file: all its pieces are free. */
void fs_record_locks_drop(struct fs_process *process, struct fs_node *node);

/* deadlock.c */

/** Whether waiting for that piece would never end, as its holders wait for the process. */
bool fs_would_deadlock(const struct fs_node *node, const struct fs_record_lock *wanted);

#endif
