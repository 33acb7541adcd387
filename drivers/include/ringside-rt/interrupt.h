/*
 * Interrupts of devices, by message to the local APIC of vCPU 0 (xAPIC mode, edge triggered).
 */
#ifndef RINGSIDE_RT_INTERRUPT_H
#define RINGSIDE_RT_INTERRUPT_H

#include <ringside-rt/compiler.h>

/** The vectors that are given out: above exceptions, below EVENT_VECTOR. */
#define INTERRUPT_VECTOR_FIRST 0x40
#define INTERRUPT_VECTORS 64

/**
 * Finds a free vector, switching the local APIC on first. Called on vCPU 0.
 *
 * @param fn called with interrupts off for every interrupt; the end of interrupt is signalled when
 *     it has returned
 * @return the vector, or -XEN_ENOSPC
 */
int interrupt_open(void (*fn)(void *arg), void *arg);

/** Forgets the handler; an interrupt that still comes is dropped. */
void interrupt_close(int vector);

/** What a message interrupt (MSI, MSI-X) for vCPU 0 is: where it is written, and what. */
uint64_t interrupt_message_address(void);
uint32_t interrupt_message_data(int vector);

#endif
