/*
 * How a domain ends. None of these returns.
 */
#ifndef RINGSIDE_RT_SHUTDOWN_H
#define RINGSIDE_RT_SHUTDOWN_H

#include <ringside-rt/compiler.h>

/** @param reason one of SHUTDOWN_* of the ABI */
NORETURN void shutdown(unsigned reason);

/** The domain's work is done. Waits until the console has taken all output. */
NORETURN void shutdown_poweroff(void);

/** Something is broken; the hypervisor reports the state of the calling vCPU. */
NORETURN void shutdown_crash(void);

#endif
