/*
 * The first instructions of a guest: from the PVH start (32-bit, no paging) into long mode.
 *
 * On entry: EBX = physical address of hvm_start_info, flat 32-bit segments, no stack.
 * On leaving for boot_main(start_info): 64-bit mode, low 4 GiB mapped one to one with 2 MiB pages,
 * SSE on, interrupts off, on the boot stack. These first tables allow everything; cpu/paging.c
 * tightens them.
 */
#include <ringside/elfnote.h>

    .section .note.Xen, "a", @note
    .balign 4
    .long 4, 4, XEN_ELFNOTE_PHYS32_ENTRY
    .asciz "Xen"
    .long boot_entry

    .section .text.boot, "ax", @progbits
    .code32
    .global boot_entry
    .type boot_entry, @function
boot_entry:
    cli
    cld
    movl $boot_stack_top, %esp

    movl $(boot_pdpt + 7), boot_pml4
    movl $boot_pdpt, %edi
    movl $(boot_pd + 7), %eax
    movl $4, %ecx
1:  movl %eax, (%edi)
    addl $8, %edi
    addl $4096, %eax
    loop 1b

    movl $boot_pd, %edi
    movl $0x87, %eax            /* present, writable, user, 2 MiB */
    movl $2048, %ecx
1:  movl %eax, (%edi)
    addl $8, %edi
    addl $0x200000, %eax
    loop 1b

    movl $0x620, %eax           /* PAE, OSFXSR, OSXMMEXCPT */
    movl %eax, %cr4
    movl $boot_pml4, %eax
    movl %eax, %cr3
    movl $0xc0000080, %ecx      /* EFER: LME, NXE */
    xorl %edx, %edx
    movl $0x900, %eax
    wrmsr
    movl $0x80010033, %eax      /* PG, WP, NE, ET, MP, PE */
    movl %eax, %cr0
    lgdt boot_gdtr
    ljmp $8, $boot_entry64
    .size boot_entry, . - boot_entry

    .code64
    .type boot_entry64, @function
boot_entry64:
    movl $16, %eax
    movl %eax, %ds
    movl %eax, %es
    movl %eax, %ss
    xorl %eax, %eax
    movl %eax, %fs
    movl %eax, %gs
    movl %ebx, %edi
    xorl %ebp, %ebp
    call boot_main
    ud2
    .size boot_entry64, . - boot_entry64

/* Filled by the hypervisor when the hypercall-page MSR is written. Until then a call returns. */
    .section .text.page_aligned, "ax", @progbits
    .balign 4096
    .global hypercall_page
    .type hypercall_page, @function
hypercall_page:
    .fill 4096, 1, 0xc3
    .size hypercall_page, 4096

    .section .rodata
    .balign 8
boot_gdt:
    .quad 0
    .quad 0x00af9b000000ffff    /* 64-bit code */
    .quad 0x00cf93000000ffff    /* data */
boot_gdtr:
    .word . - boot_gdt - 1
    .long boot_gdt

    .section .bss.page_aligned, "aw", @nobits
    .balign 4096
    .global boot_pml4, boot_pdpt, boot_pd
boot_pml4:
    .skip 4096
boot_pdpt:
    .skip 4096
boot_pd:
    .skip 4 * 4096
    .global boot_stack_guard, boot_stack_top
boot_stack_guard:               /* read-only by cpu/paging.c: an overflow faults */
    .skip 4096
    .skip 16 * 4096
boot_stack_top:

    .section .note.GNU-stack, "", @progbits
