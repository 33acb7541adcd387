/*
 * Requests of clients, carried out by threads.
 */
#ifndef REQUESTS_H
#define REQUESTS_H

#include <ringside-rt/fs.h>
#include <ringside-rt/ivmc.h>

extern const struct ivmc_backend requests_backend;

/** Starts the threads; 0 or -E... */
int requests_begin(struct fs *fs, struct ext *volume);

#endif
