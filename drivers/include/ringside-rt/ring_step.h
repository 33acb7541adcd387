/*
 * RING_STEP(name) stands before each access to memory that two sides share. In a guest it is a
 * probe, so that a server can be killed at exactly that step; the schedule explorer defines it as
 * the point where another thread may run; elsewhere it is nothing.
 */
#ifndef RINGSIDE_RT_RING_STEP_H
#define RINGSIDE_RT_RING_STEP_H

#ifndef RING_STEP
#include <ringside-rt/probe.h>
#define RING_STEP(name) PROBE(scq_step)
#endif

#endif
