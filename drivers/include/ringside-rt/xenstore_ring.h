/*
 * Between the parts of the xenstore client; programs use xenstore.h.
 */
#ifndef RINGSIDE_RT_XENSTORE_RING_H
#define RINGSIDE_RT_XENSTORE_RING_H

#include <ringside-rt/xenstore.h>

/** A watch event came off the ring. */
void xenstore_watch_fired(const char *path, const char *token);

/** Takes messages off the ring until *fired is not 0. */
void xenstore_wait_watch(const unsigned *fired);

#endif
