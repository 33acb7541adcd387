/*
 * Time as the hypervisor tells it through the shared info page.
 */
#ifndef RINGSIDE_RT_CLOCK_H
#define RINGSIDE_RT_CLOCK_H

#include <ringside-rt/compiler.h>

#define NS_PER_US 1000ul
#define NS_PER_MS 1000000ul
#define NS_PER_S 1000000000ul

/** System time: nanoseconds since the machine started. Never falls on a vCPU. */
uint64_t clock_ns(void);

/** System time that a value of this vCPU's TSC stands for. */
uint64_t clock_ns_of_tsc(uint64_t tsc);

/** Nanoseconds since 1970-01-01. */
uint64_t clock_wall_ns(void);

#endif
