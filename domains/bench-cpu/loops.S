/*
 * The kernels whose instructions matter one by one. Each is run_NAME(arena = RDI, rounds = RSI):
 * copies go from the arena's first 8 KiB to the next.
 */
#define COPY_BYTES 8192

    .text
/* The last eight bytes that were written, and the rounds. */
    .macro checksum
    movq -8(%rdi, %rcx), %rax
    addq %rsi, %rax
    .endm

    .globl run_cp64
    .type run_cp64, @function
run_cp64:
    movq %rsi, %r8
    leaq COPY_BYTES(%rdi), %r9
1:  xorl %ecx, %ecx
2:  movq (%rdi, %rcx), %rax
    movq 8(%rdi, %rcx), %rdx
    movq %rax, (%r9, %rcx)
    movq %rdx, 8(%r9, %rcx)
    movq 16(%rdi, %rcx), %rax
    movq 24(%rdi, %rcx), %rdx
    movq %rax, 16(%r9, %rcx)
    movq %rdx, 24(%r9, %rcx)
    addq $32, %rcx
    cmpq $COPY_BYTES, %rcx
    jb 2b
    decq %r8
    jnz 1b
    addq %rcx, %rdi
    checksum
    ret
    .size run_cp64, . - run_cp64

    .globl run_set64
    .type run_set64, @function
run_set64:
    movq %rsi, %r8
1:  leaq COPY_BYTES(%rdi), %rax
    movl $COPY_BYTES / 32, %ecx
2:  movq %r8, (%rax)
    movq %r8, 8(%rax)
    movq %r8, 16(%rax)
    movq %r8, 24(%rax)
    addq $32, %rax
    decl %ecx
    jnz 2b
    decq %r8
    jnz 1b
    movl $2 * COPY_BYTES, %ecx
    checksum
    ret
    .size run_set64, . - run_set64

    .globl run_cp128
    .type run_cp128, @function
run_cp128:
    movq %rsi, %r8
    leaq COPY_BYTES(%rdi), %r9
1:  xorl %ecx, %ecx
2:  movups (%rdi, %rcx), %xmm0
    movups 16(%rdi, %rcx), %xmm1
    movups %xmm0, (%r9, %rcx)
    movups %xmm1, 16(%r9, %rcx)
    addq $32, %rcx
    cmpq $COPY_BYTES, %rcx
    jb 2b
    decq %r8
    jnz 1b
    addq %rcx, %rdi
    checksum
    ret
    .size run_cp128, . - run_cp128

    .globl run_repmovsb
    .type run_repmovsb, @function
run_repmovsb:
    movq %rsi, %r8
    movq %rsi, %r10
    movq %rdi, %r11
1:  movq %r11, %rsi
    leaq COPY_BYTES(%r11), %rdi
    movl $COPY_BYTES, %ecx
    rep movsb
    decq %r8
    jnz 1b
    movq %r10, %rsi
    checksum
    ret
    .size run_repmovsb, . - run_repmovsb

/* Every call and return of fib(20), nothing inlined, nothing made a loop. */
    .globl run_fibasm
    .type run_fibasm, @function
run_fibasm:
    pushq %rbx
    pushq %rbp
    movq %rsi, %rbx
    xorl %ebp, %ebp
1:  movl $20, %edi
    call fib
    addq %rax, %rbp
    decq %rbx
    jnz 1b
    movq %rbp, %rax
    popq %rbp
    popq %rbx
    ret
    .size run_fibasm, . - run_fibasm

    .type fib, @function
fib:
    cmpl $2, %edi
    jae 1f
    movl %edi, %eax
    ret
1:  pushq %rbx
    pushq %rdi
    decl %edi
    call fib
    movq %rax, %rbx
    popq %rdi
    subl $2, %edi
    call fib
    addq %rbx, %rax
    popq %rbx
    ret
    .size fib, . - fib

    .globl on_stack
    .type on_stack, @function
on_stack:
    pushq %rbp
    movq %rsp, %rbp
    movq %rcx, %rsp
    movq %rdi, %rax
    movq %rsi, %rdi
    movq %rdx, %rsi
    call *%rax
    movq %rbp, %rsp
    popq %rbp
    ret
    .size on_stack, . - on_stack

    .section .note.GNU-stack, "", @progbits
