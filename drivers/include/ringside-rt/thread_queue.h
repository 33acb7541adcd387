/*
 * Queues of threads, for those who build things to wait for. The caller holds a lock.
 */
#ifndef RINGSIDE_RT_THREAD_QUEUE_H
#define RINGSIDE_RT_THREAD_QUEUE_H

#include <ringside-rt/thread.h>

void thread_queue_add(struct thread_queue *queue, struct thread *thread);

/** The first one, or NULL. */
struct thread *thread_queue_take(struct thread_queue *queue);

#endif
