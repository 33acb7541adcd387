/*
 * More than one vCPU. vCPU 0 runs the threads; each other one runs a single function at a time,
 * with interrupts on, on a stack of its own, and goes down when it returns.
 */
#ifndef RINGSIDE_RT_SMP_H
#define RINGSIDE_RT_SMP_H

#include <ringside-rt/compiler.h>

/** vCPUs the domain has, at most VCPUS_MAX. */
unsigned smp_vcpus(void);

/**
 * Starts fn(arg) on a vCPU that is down. From vCPU 0.
 *
 * @return 0, or -XEN_E... of the hypervisor, or -XEN_ENOMEM, or -XEN_EBUSY when it is not down
 */
int smp_start(unsigned vcpu, void (*fn)(void *), void *arg);

/** Waits until the function that was started on the vCPU has returned. From a thread. */
void smp_join(unsigned vcpu);

/** Interrupts a vCPU that was started (or 0), so that it looks at its work again. */
void smp_kick(unsigned vcpu);

#endif
