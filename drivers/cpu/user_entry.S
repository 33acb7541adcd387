/*
 * void user_enter(uint64_t rip, uint64_t arg, uint64_t rsp, void *rsp0)
 * Goes to ring 3, and comes back only by an exception. The kernel stack for those begins here.
 */
#define SELECTOR_USER_DATA 0x23
#define SELECTOR_USER_CODE64 0x2b

    .text
    .global user_enter
    .type user_enter, @function
user_enter:
    pushq %rbp
    movq %rsp, %rbp
    movq %rsp, (%rcx)
    andq $-16, (%rcx)
    pushq $SELECTOR_USER_DATA
    pushq %rdx
    pushq $0x202                /* IF */
    pushq $SELECTOR_USER_CODE64
    pushq %rdi
    movq %rsi, %rdi
    xorl %ebp, %ebp
    iretq
    .size user_enter, . - user_enter

/* Where a user function returns to: the breakpoint ends it. RAX is its result. */
    .global user_return
    .type user_return, @function
user_return:
    int3
    .size user_return, . - user_return

    .section .note.GNU-stack, "", @progbits
