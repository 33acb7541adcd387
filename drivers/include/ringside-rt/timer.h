/*
 * Timers and sleeping, on vCPU 0. They use its one-shot timer and VIRQ_TIMER, from the first use
 * on; a program that wants those for itself leaves this alone.
 */
#ifndef RINGSIDE_RT_TIMER_H
#define RINGSIDE_RT_TIMER_H

#include <ringside-rt/clock.h>

/** All zero: not set. The owner keeps it in place while it is set. */
struct timer {
    uint64_t deadline_ns;
    void (*fn)(void *arg);
    void *arg;
    struct timer *next;
    bool set;
};

/** Calls fn(arg) once, with interrupts off, at system time deadline_ns or soon after. */
void timer_set(struct timer *timer, uint64_t deadline_ns, void (*fn)(void *), void *arg);

/** No effect on a timer that is not set. */
void timer_cancel(struct timer *timer);

/** The calling thread sleeps; others run. */
void sleep_until(uint64_t deadline_ns);
void sleep_ns(uint64_t ns);

#endif
