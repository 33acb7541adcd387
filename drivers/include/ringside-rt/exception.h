/*
 * Exceptions and interrupts: one table of handlers for all vCPUs, by vector.
 *
 * An exception (vectors 0 to 31) that no handler takes goes to the innermost exception_catch of
 * the vCPU; without one, a report is printed and the domain ends as crashed.
 */
#ifndef RINGSIDE_RT_EXCEPTION_H
#define RINGSIDE_RT_EXCEPTION_H

#include <ringside-rt/compiler.h>

#define X86_EXC_DE 0  /* divide error */
#define X86_EXC_DB 1  /* debug */
#define X86_EXC_NMI 2 /* non-maskable interrupt */
#define X86_EXC_BP 3  /* breakpoint */
#define X86_EXC_OF 4  /* overflow */
#define X86_EXC_BR 5  /* bound range exceeded */
#define X86_EXC_UD 6  /* invalid opcode */
#define X86_EXC_NM 7  /* no coprocessor */
#define X86_EXC_DF 8  /* double fault */
#define X86_EXC_TS 10 /* invalid TSS */
#define X86_EXC_NP 11 /* segment not present */
#define X86_EXC_SS 12 /* stack fault */
#define X86_EXC_GP 13 /* general protection */
#define X86_EXC_PF 14 /* page fault */
#define X86_EXC_MF 16 /* x87 error */
#define X86_EXC_AC 17 /* alignment check */
#define X86_EXC_XM 19 /* SIMD error */

#define PFEC_PRESENT 1 /* page fault error code: the page is there, the access is not allowed */
#define PFEC_WRITE 2
#define PFEC_USER 4
#define PFEC_RESERVED 8
#define PFEC_FETCH 16

/** What was interrupted. A handler may change it. Ordered as the entry code stores it. */
struct exception_frame {
    uint64_t r15, r14, r13, r12, r11, r10, r9, r8;
    uint64_t rbp, rdi, rsi, rdx, rcx, rbx, rax;
    uint64_t vector;
    uint64_t error; /* 0 when the vector has no error code */
    uint64_t rip, cs, rflags, rsp, ss;
};

/** @return true: handled, go on as the frame says; false: not mine */
typedef bool (*exception_handler_t)(struct exception_frame *frame);

/** Sets the handler of a vector (NULL: none) and returns the one before. */
exception_handler_t exception_handler_set(unsigned vector, exception_handler_t handler);

/** What exception_catch saw. */
struct exception_info {
    unsigned vector;
    uint64_t error;
    uint64_t rip;
    uint64_t cr2; /* meaningful for X86_EXC_PF */
};

/**
 * Calls fn(arg). An unhandled exception in it ends the call there: callee-saved registers, stack
 * and interrupt flag are as before. Calls nest.
 *
 * @param info receives what happened; may be NULL
 * @return true when an exception happened
 */
bool exception_catch(void (*fn)(void *), void *arg, struct exception_info *info);

/** Intel's mnemonic, such as "#PF"; "vector" for others. */
const char *exception_name(unsigned vector);

/** Lets ring 3 raise a vector with INT n, or forbids it. */
void exception_gate_user(unsigned vector, bool allowed);

/** Which stack of the interrupt stack table a vector uses, 1 to 7; 0 for none. */
void exception_gate_ist(unsigned vector, unsigned ist);

/** Fills the IDT on first use and loads it on the calling vCPU. Called by percpu_install. */
void exception_install(void);

/** Prints registers and the chain of callers. */
void exception_report(const struct exception_frame *frame);

#endif
