/*
 * Where every vector arrives. Builds a struct exception_frame, links it into the chain of frame
 * pointers (so that a walk along RBP sees the interrupted code), and calls exception_dispatch.
 *
 * The direction flag is cleared; vector registers are not saved, since compiled code has none.
 */
    .text
    .global exception_entries
    .balign 16
exception_entries:
    .set vector, 0
    .rept 256
    .balign 16
    .if !(vector == 8 || (vector >= 10 && vector <= 14) || vector == 17 || vector == 21)
    pushq $0
    .endif
    pushq $vector
    jmp exception_common
    .set vector, vector + 1
    .endr
    .size exception_entries, . - exception_entries
    .type exception_entries, @function

    .balign 16
    .type exception_common, @function
exception_common:
    cld
    pushq %rax
    pushq %rbx
    pushq %rcx
    pushq %rdx
    pushq %rsi
    pushq %rdi
    pushq %rbp
    pushq %r8
    pushq %r9
    pushq %r10
    pushq %r11
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    movq %rsp, %rdi
    pushq 136(%rdi)             /* rip: a frame like that of a call */
    pushq %rbp
    movq %rsp, %rbp
    call exception_dispatch
    addq $16, %rsp
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %r11
    popq %r10
    popq %r9
    popq %r8
    popq %rbp
    popq %rdi
    popq %rsi
    popq %rdx
    popq %rcx
    popq %rbx
    popq %rax
    addq $16, %rsp
    iretq
    .size exception_common, . - exception_common

/*
 * bool exception_catch_call(void (*fn)(void *), void *arg, uint64_t *rsp)
 * Calls fn(arg); false when it returned. A dispatcher that sets RSP to the value stored in *rsp
 * and RIP to exception_catch_land makes it return true.
 */
    .global exception_catch_call
    .type exception_catch_call, @function
exception_catch_call:
    pushq %rbp
    movq %rsp, %rbp
    pushq %rbx
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    pushq %rdx
    movq %rsp, (%rdx)
    movq %rdi, %rax
    movq %rsi, %rdi
    call *%rax
    xorl %eax, %eax
1:  popq %rdx
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbx
    popq %rbp
    ret
    .global exception_catch_land
exception_catch_land:
    movl $1, %eax
    jmp 1b
    .size exception_catch_call, . - exception_catch_call

    .section .note.GNU-stack, "", @progbits
