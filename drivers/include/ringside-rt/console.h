/*
 * The domain's console: the ring that the hypervisor offers, or the emergency console when it
 * offers none. A newline goes out as CR LF.
 */
#ifndef RINGSIDE_RT_CONSOLE_H
#define RINGSIDE_RT_CONSOLE_H

#include <ringside-rt/compiler.h>

/** Looks for the ring. Before, output goes to the emergency console. */
void console_init(void);

/** Writes all of it, waiting for room; then notifies the other end once. Safe on every vCPU. */
void console_write(const char *text, size_t length);

/** EOT, which a terminal sends for Ctrl-D, ends the input; what comes after it is more input. */
#define CONSOLE_END 4

/**
 * Waits for input and takes at most size bytes of it; returns how many. 0: the input ended, or
 * there is no ring. For threads on vCPU 0, one at a time.
 */
size_t console_read(char *to, size_t size);

/** Waits until the other end has taken all output, or does not do so for a long time. */
void console_flush(void);

/** By hypercall, past the ring and past every lock. */
void console_emergency(const char *text, size_t length);

struct xencons_interface;

/** The ring page, or NULL. For tests that break it. */
struct xencons_interface *console_ring(void);

/** The event channel of the ring; 0 when there is none. */
unsigned console_port(void);

#endif
