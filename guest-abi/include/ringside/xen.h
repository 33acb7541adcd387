/*
 * Types, domain ids, virtual interrupts, and the hypercalls without a file of their own. Generated
 * from xen.abi; do not edit.
 */
#ifndef RINGSIDE_XEN_H
#define RINGSIDE_XEN_H

/* DOMID: Domain ids with a meaning of their own; ordinary ones are below DOMID_FIRST_RESERVED. */
#define DOMID_SELF    0x7ff0 /* the calling domain */
#define DOMID_IO      0x7ff1 /* owner of memory-mapped I/O */
#define DOMID_XEN     0x7ff2 /* owner of the hypervisor's own pages */
#define DOMID_COW     0x7ff3 /* owner of shared copy-on-write pages */
#define DOMID_INVALID 0x7ff4 /* no domain */
#define DOMID_ANY     0x7ff5 /* any domain */
#define DOMID_IDLE    0x7fff /* the idle vCPUs */

/* DOMID_RANGE: Bounds of domain ids. */
#define DOMID_FIRST_RESERVED 0x7ff0 /* the first id that no ordinary domain has */
#define DOMID_MASK           0x7fff /* the bits a domain id may use */

/* VIRQ: Virtual interrupts. Per vCPU: bound once on each vCPU. Global: bound once per domain. */
#define VIRQ_TIMER      0 /* per vCPU: a timer of this vCPU expired */
#define VIRQ_DEBUG      1 /* per vCPU: dump your state */
#define VIRQ_CONSOLE    2 /* global, control domain: input on the emergency console */
#define VIRQ_DOM_EXC    3 /* global, control domain: something happened to a domain */
#define VIRQ_TBUF       4 /* global, control domain: the trace buffer has records */
#define VIRQ_DEBUGGER   6 /* global, control domain: a domain was paused for debugging */
#define VIRQ_XENOPROF   7 /* per vCPU: a profiling sample */
#define VIRQ_CON_RING   8 /* global, control domain: output in the console ring */
#define VIRQ_PCPU_STATE 9 /* global, control domain: a pCPU came or went */
#define VIRQ_MEM_EVENT  10 /* global, control domain: a memory event */
#define VIRQ_ARGO       11 /* global: an Argo message */
#define VIRQ_ENOMEM     12 /* global, control domain: memory runs low */
#define VIRQ_XENPMU     13 /* per vCPU: a performance counter overflowed */
#define VIRQ_ARCH_0     16 /* left to the architecture */
#define VIRQ_ARCH_1     17 /* left to the architecture */
#define VIRQ_ARCH_2     18 /* left to the architecture */
#define VIRQ_ARCH_3     19 /* left to the architecture */
#define VIRQ_ARCH_4     20 /* left to the architecture */
#define VIRQ_ARCH_5     21 /* left to the architecture */
#define VIRQ_ARCH_6     22 /* left to the architecture */
#define VIRQ_ARCH_7     23 /* left to the architecture */

/* VIRQ_RANGE: Bounds of virtual interrupts. */
#define NR_VIRQS 24 /* every VIRQ is below */

/* XEN_LIMITS: Limits of the interface. */
#define XEN_LEGACY_MAX_VCPUS     32 /* vCPUs that have their vcpu_info in the shared info page */
#define XEN_HVM_DEBUGCONS_IOPORT 0xe9 /* I/O port: each byte written goes to the debug console */

/* HYPERVISOR: Numbers of hypercalls. */
/* Install the virtual interrupt table of a PV guest. */
#define __HYPERVISOR_set_trap_table                0
#define __HYPERVISOR_mmu_update                    1 /* Change page table entries of a PV guest. */
#define __HYPERVISOR_set_gdt                       2 /* Install the GDT of a PV guest. */
#define __HYPERVISOR_stack_switch                  3 /* Set the kernel stack of a PV guest. */
/* Install the event and failsafe handlers of a PV guest. */
#define __HYPERVISOR_set_callbacks                 4
#define __HYPERVISOR_fpu_taskswitch                5 /* Set or clear CR0.TS for a PV guest. */
/* Old form of sched_op: yield, block, or shut down. */
#define __HYPERVISOR_sched_op_compat               6
#define __HYPERVISOR_platform_op                   7 /* Control of the physical machine. */
#define __HYPERVISOR_set_debugreg                  8 /* Write a debug register of a PV guest. */
#define __HYPERVISOR_get_debugreg                  9 /* Read a debug register of a PV guest. */
/* Write a descriptor of a PV guest's GDT or LDT. */
#define __HYPERVISOR_update_descriptor             10
/* Change and ask about a domain's guest-physical memory. */
#define __HYPERVISOR_memory_op                     12
#define __HYPERVISOR_multicall                     13 /* Make several hypercalls with one. */
/* Change the page table entry of a virtual address of a PV guest. */
#define __HYPERVISOR_update_va_mapping             14
/* Set the calling vCPU's one-shot timer, which raises VIRQ_TIMER. */
#define __HYPERVISOR_set_timer_op                  15
#define __HYPERVISOR_event_channel_op_compat       16 /* Old form of event_channel_op. */
#define __HYPERVISOR_xen_version                   17 /* Ask the hypervisor about itself. */
#define __HYPERVISOR_console_io                    18 /* Read and write the emergency console. */
#define __HYPERVISOR_physdev_op_compat             19 /* Old form of physdev_op. */
/* Use the pages that other domains granted. Each element has a status of its own. */
#define __HYPERVISOR_grant_table_op                20
/* Switch a PV compatibility mode on or off. */
#define __HYPERVISOR_vm_assist                     21
/* As update_va_mapping, for a foreign domain's frame. */
#define __HYPERVISOR_update_va_mapping_otherdomain 22
#define __HYPERVISOR_iret                          23 /* Return from an interrupt in a PV guest. */
#define __HYPERVISOR_vcpu_op                       24 /* Start, stop and time a vCPU. */
#define __HYPERVISOR_set_segment_base              25 /* Set the base of FS or GS of a PV guest. */
/* Pin page tables, flush TLBs and the like for a PV guest. */
#define __HYPERVISOR_mmuext_op                     26
#define __HYPERVISOR_xsm_op                        27 /* Control of the security policy. */
/* Register a handler for NMIs of a PV guest. */
#define __HYPERVISOR_nmi_op                        28
#define __HYPERVISOR_sched_op                      29 /* Give up the CPU, or shut down. */
#define __HYPERVISOR_callback_op                   30 /* Register callbacks of a PV guest. */
/* Control of the Oprofile profiler; gone from recent Xen. */
#define __HYPERVISOR_xenoprof_op                   31
#define __HYPERVISOR_event_channel_op              32 /* Make, use and close event channels. */
#define __HYPERVISOR_physdev_op                    33 /* Physical devices and their interrupts. */
/* Settings of a hardware-virtualized domain. */
#define __HYPERVISOR_hvm_op                        34
#define __HYPERVISOR_sysctl                        35 /* Control of the whole machine. */
#define __HYPERVISOR_domctl                        36 /* Control of domains. */
/* Load and start another kernel on the machine. */
#define __HYPERVISOR_kexec_op                      37
/* Transcendent memory; gone from recent Xen. */
#define __HYPERVISOR_tmem_op                       38
/* Argo: messages between domains, copied by the hypervisor. */
#define __HYPERVISOR_argo_op                       39
#define __HYPERVISOR_xenpmu_op                     40 /* Virtual performance counters. */
#define __HYPERVISOR_dm_op                         41 /* What a device model may do to its guest. */
/* The hypervisor's file system of settings. */
#define __HYPERVISOR_hypfs_op                      42
#define __HYPERVISOR_arch_0                        48 /* On x86: machine check control (mca). */
/* On x86: continuation of domctl on paging. */
#define __HYPERVISOR_arch_1                        49
#define __HYPERVISOR_arch_2                        50 /* Unused on x86. */
#define __HYPERVISOR_arch_3                        51 /* Unused on x86. */
#define __HYPERVISOR_arch_4                        52 /* Unused on x86. */
#define __HYPERVISOR_arch_5                        53 /* Unused on x86. */
#define __HYPERVISOR_arch_6                        54 /* Unused on x86. */
#define __HYPERVISOR_arch_7                        55 /* Unused on x86. */
/* Ringside's own: the IVMC registry. Who may register is said by the system description. */
#define __HYPERVISOR_ivmc_op                       63

#ifndef __ASSEMBLER__

#include <stdint.h>
#include "layout.h"

/* A machine word of the caller. */
typedef unsigned long xen_ulong_t;

/* A frame number: an address divided by 4096. */
typedef unsigned long xen_pfn_t;

/* A domain's number. */
typedef uint16_t domid_t;

/* A hypercall to be made, and its result. */
struct multicall_entry {
    unsigned long op; /* in, HYPERVISOR: number of the hypercall */
    unsigned long result; /* out: what it returned */
    unsigned long args[6]; /* in: its arguments in register order */
};
RINGSIDE_SIZE(struct multicall_entry, 64, 32);
RINGSIDE_OFFSET(struct multicall_entry, op, 0, 0);
RINGSIDE_OFFSET(struct multicall_entry, result, 8, 4);
RINGSIDE_OFFSET(struct multicall_entry, args, 16, 8);

/* struct multicall_entry in the layout of a 32-bit caller. */
struct compat_multicall_entry {
    uint32_t op; /* in, HYPERVISOR: number of the hypercall */
    uint32_t result; /* out: what it returned */
    uint32_t args[6]; /* in: its arguments in register order */
};
RINGSIDE_SIZE(struct compat_multicall_entry, 32, 32);
RINGSIDE_OFFSET(struct compat_multicall_entry, op, 0, 0);
RINGSIDE_OFFSET(struct compat_multicall_entry, result, 4, 4);
RINGSIDE_OFFSET(struct compat_multicall_entry, args, 8, 8);

#endif /* __ASSEMBLER__ */

#endif
