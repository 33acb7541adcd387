/*
 * void thread_switch_stack(uint64_t *save, uint64_t next)
 * Stores the stack pointer in *save and goes on with the stack next. What the ABI lets a callee
 * destroy need not be kept.
 */
    .text
    .global thread_switch_stack
    .type thread_switch_stack, @function
thread_switch_stack:
    pushq %rbp
    pushq %rbx
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    movq %rsp, (%rdi)
    movq %rsi, %rsp
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbx
    popq %rbp
    ret
    .size thread_switch_stack, . - thread_switch_stack

/* First instruction of a thread: its stack holds a zero frame pointer and return address. */
    .global thread_entry
    .type thread_entry, @function
thread_entry:
    pushq $0
    movq %rsp, %rbp
    pushq $0
    call thread_main
    ud2
    .size thread_entry, . - thread_entry

    .section .note.GNU-stack, "", @progbits
