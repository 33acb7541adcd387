/*
 * Ways to go wrong, for fault plans: the hypervisor makes a vCPU jump to one of these functions,
 * found by its name in the image, in the midst of whatever it does. An image has them when it
 * mentions them; FAULT_FUNCTIONS does.
 *
 * They run with the stack and the interrupt flag of whom they hit, and none returns.
 */
#ifndef RINGSIDE_RT_FAULT_H
#define RINGSIDE_RT_FAULT_H

#include <ringside-rt/compiler.h>

/** Reads where no page is. */
NORETURN void fault_page_fault(void);

/** Runs for ever; interrupts come and go. */
NORETURN void fault_loop(void);

/** Runs for ever with interrupts off. */
NORETURN void fault_spin(void);

/** Takes a spinlock that it holds already, so interrupts are off. */
NORETURN void fault_deadlock(void);

/** The thread blocks, and again whenever it is woken; the others run on. */
NORETURN void fault_block(void);

/** At file level: this image can be told to go wrong. */
#define FAULT_FUNCTIONS                                                                            \
    static void (*const fault_functions[])(void) __attribute__((used)) = {                         \
        fault_page_fault, fault_loop, fault_spin, fault_deadlock, fault_block}

#endif
