/*
 * Requests of clients, carried out by threads.
 */
#ifndef REQUESTS_H
#define REQUESTS_H

#include <ringside-rt/fs.h>
#include <ringside-rt/ivmc.h>

extern const struct ivmc_backend requests_backend;

/** Looks whom the last server knew, and starts the threads; 0 or -E... */
int requests_begin(struct fs *fs, struct ext *volume);

/** After ivmc_serve. */
void requests_end(void);

#endif
