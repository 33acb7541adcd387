/*
 * The threads that carry requests out.
 */
#ifndef WORKERS_H
#define WORKERS_H

#include "../../drivers/fileserver/dispatch.h"
#include <ringside-rt/ivmc.h>

typedef void workers_task(struct ivmc_work *work, struct files_scratch *scratch);

/** Starts them; each calls the task with one request after the other. 0 or -ENOMEM. */
int workers_begin(struct fs *fs, workers_task *task);

/** A request that waits for a thread. */
void workers_put(struct ivmc_work *work);

#endif
