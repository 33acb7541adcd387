/*
 * Requests that wait for a thread.
 */
#ifndef LANES_H
#define LANES_H

#include <ringside-rt/ivmc.h>

/** Bytes that a request's ivmc_work has for them. */
#define LANES_BYTES sizeof(struct ivmc_work *)

/** Where the next one of a list stands. */
static inline struct ivmc_work **work_next(struct ivmc_work *work)
{
    return (struct ivmc_work **)work->backend;
}

void lanes_put(struct ivmc_work *work);

/** The next one; there must be one. */
struct ivmc_work *lanes_take(void);

#endif
