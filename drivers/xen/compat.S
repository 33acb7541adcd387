/*
 * long hypercall_compat(unsigned number, uint32_t a1, .. a5)
 * A hypercall from 32-bit code: a far jump into the 32-bit code segment of the GDT, the call, and
 * back. The stack must lie below 4 GiB; upper halves of registers do not survive 32-bit mode, so
 * everything the caller needs is on the stack.
 */
#define SELECTOR_CODE64 0x08
#define SELECTOR_CODE32 0x18

    .text
    .global hypercall_compat
    .type hypercall_compat, @function
hypercall_compat:
    pushq %rbp
    movq %rsp, %rbp
    pushq %rbx
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    pushq %r15                  /* keeps the stack aligned */
    shll $5, %edi
    leal hypercall_page(%rdi), %eax
    movl %esi, %ebx
    xchgl %ecx, %edx            /* a2 to ECX, a3 to EDX */
    movl %r8d, %esi
    movl %r9d, %edi
    pushq $SELECTOR_CODE32
    pushq $1f
    lretq
    .code32
1:  call *%eax
    ljmp $SELECTOR_CODE64, $2f
    .code64
2:  movslq %eax, %rax
    addq $8, %rsp
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbx
    popq %rbp
    ret
    .size hypercall_compat, . - hypercall_compat

    .section .note.GNU-stack, "", @progbits
