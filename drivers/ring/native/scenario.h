/*
 * The small programs that the explorer runs: operations on rings, and the sleep protocols.
 */
#ifndef RINGSIDE_RING_SCENARIO_H
#define RINGSIDE_RING_SCENARIO_H

#include "explore.h"

/**
 * Threads that use a ring.
 *
 * @param threads one word for each thread, divided by '|': e takes a free index and enqueues it, d
 *     dequeues, p looks first whether the ring is empty; who has got an index makes it free
 * @param kind 's': SCQ; 'S': SCQ, the free ring's steps explored too; 'n': NCQ
 * @param order of the ring
 * @param base where the tickets of an SCQ begin: a multiple of twice the number of entries
 */
struct exploration scenario_ring(const char *threads, char kind, unsigned order, uint64_t base);

/**
 * Senders with one index each, one receiver with a sleep word for each ring, and its event handler.
 *
 * @param senders at most 3
 * @param rings 1 or 2; sender i uses ring i modulo that
 * @param stray something else wakes the receiver once, at any time
 */
struct exploration scenario_sleep(unsigned senders, unsigned rings, bool stray, unsigned order);

/** Waiters who want one index each, one who releases as many, and an event handler. */
struct exploration scenario_waiters(unsigned waiters, unsigned order);

#endif
