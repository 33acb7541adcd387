/*
 * Programs for a machine without hypervisor: QEMU's, or a domain that shall use none of what its
 * hypervisor offers. Such a program defines
 *
 *     const bool bare_machine = true;
 *
 * and the same image then runs on both. It makes no hypercall (the hypercall page is not even
 * mapped): its console is the debug port, its verdict goes to the debug exit port, and time comes
 * from the TSC alone. There are no event channels, grants, timers, sleeping, xenstore and further
 * vCPUs. Exceptions, paging, memory, threads and interrupts by the local APIC are as always.
 */
#ifndef RINGSIDE_RT_BARE_H
#define RINGSIDE_RT_BARE_H

#include <ringside-rt/compiler.h>

/** Output of the console (QEMU: isa-debugcon). */
#define BARE_DEBUGCON 0xe9
/** A byte written here ends the machine (QEMU: isa-debug-exit at this port). */
#define BARE_DEBUG_EXIT 0x501

/** False unless the program says otherwise. */
extern const bool bare_machine;

/** Masks the interrupts of an old PC's controller: firmware leaves them open. */
void bare_init(void);

/** Newlines go out as they are. */
void bare_console_write(const char *text, size_t length);

/** @param value 0: all went well */
NORETURN void bare_exit(uint8_t value);

/**
 * Nanoseconds since an unknown start, as though the TSC counted 4 per nanosecond: too slow on
 * slower machines, so what waits for a time waits at least that long.
 */
uint64_t bare_clock_ns(void);

#endif
