/* Starting, stopping and timing virtual CPUs. Generated from vcpu.abi; do not edit. */
#ifndef RINGSIDE_VCPU_H
#define RINGSIDE_VCPU_H

#include "shared_info.h"

/* RUNSTATE: What a vCPU is doing. */
#define RUNSTATE_running  0 /* runs on a pCPU */
#define RUNSTATE_runnable 1 /* could run, but no pCPU is free */
#define RUNSTATE_blocked  2 /* waits for an event */
#define RUNSTATE_offline  3 /* is down or paused */

/* XEN_RUNSTATE: Bits of vcpu_runstate_info.state_entry_time. */
#define XEN_RUNSTATE_UPDATE 0x8000000000000000 /* set while the hypervisor writes the structure */

/* VCPU_SSHOTTMR: Flags of vcpu_set_singleshot_timer. */
#define VCPU_SSHOTTMR_future 1 /* fail when the time has passed already */

/* VCPU_HVM_MODE: Which registers of vcpu_hvm_context are used. */
#define VCPU_HVM_MODE_32B 0 /* those of 32-bit code, x86_32 */
#define VCPU_HVM_MODE_64B 1 /* those of 64-bit code, x86_64 */

/* VCPUOP: Operations of vcpu_op. */
/* Give a vCPU its first registers; it stays down. */
#define VCPUOP_initialise                     0
#define VCPUOP_up                             1 /* Let a vCPU run. */
#define VCPUOP_down                           2 /* Stop a vCPU; nothing but VCPUOP_up wakes it. */
#define VCPUOP_is_up                          3 /* Ask whether a vCPU is up. */
#define VCPUOP_get_runstate_info              4 /* Ask what a vCPU is doing. */
/* Have a vCPU's run state written to memory, by linear address. */
#define VCPUOP_register_runstate_memory_area  5
#define VCPUOP_set_periodic_timer             6 /* Raise VIRQ_TIMER periodically. */
#define VCPUOP_stop_periodic_timer            7 /* Stop the periodic timer. */
#define VCPUOP_set_singleshot_timer           8 /* Raise VIRQ_TIMER once; the calling vCPU only. */
/* Stop the one-shot timer; the calling vCPU only. */
#define VCPUOP_stop_singleshot_timer          9
/* Move a vCPU's vcpu_info out of the shared info page, once. */
#define VCPUOP_register_vcpu_info             10
#define VCPUOP_send_nmi                       11 /* Send a vCPU an NMI. */
#define VCPUOP_get_physid                     12 /* Ask for the pCPU a vCPU is pinned to. */
/* Have a copy of a vCPU's time written to memory, by linear address. */
#define VCPUOP_register_vcpu_time_memory_area 13
/* Have a vCPU's run state written to memory, by guest-physical address. */
#define VCPUOP_register_runstate_phys_area    14
/* Have a copy of a vCPU's time written to memory, by guest-physical address. */
#define VCPUOP_register_vcpu_time_phys_area   15

#ifndef __ASSEMBLER__

#include <stdint.h>
#include "layout.h"

/* What a vCPU is doing, and for how long it did each. */
struct vcpu_runstate_info {
    int32_t state; /* out, RUNSTATE */
    uint64_t state_entry_time; /* out: system time in ns at which it began, see XEN_RUNSTATE */
    uint64_t time[4]; /* out: ns spent in each state of RUNSTATE */
};
RINGSIDE_SIZE(struct vcpu_runstate_info, 48, 44);
RINGSIDE_OFFSET(struct vcpu_runstate_info, state, 0, 0);
RINGSIDE_OFFSET(struct vcpu_runstate_info, state_entry_time, 8, 4);
RINGSIDE_OFFSET(struct vcpu_runstate_info, time, 16, 12);

/* struct vcpu_runstate_info in the layout of a 32-bit caller. */
struct compat_vcpu_runstate_info {
    int32_t state; /* out, RUNSTATE */
    /* out: system time in ns at which it began, see XEN_RUNSTATE */
    uint64_t state_entry_time __attribute__((packed, aligned(4)));
    /* out: ns spent in each state of RUNSTATE */
    uint64_t time[4] __attribute__((packed, aligned(4)));
};
RINGSIDE_SIZE(struct compat_vcpu_runstate_info, 44, 44);
RINGSIDE_OFFSET(struct compat_vcpu_runstate_info, state, 0, 0);
RINGSIDE_OFFSET(struct compat_vcpu_runstate_info, state_entry_time, 4, 4);
RINGSIDE_OFFSET(struct compat_vcpu_runstate_info, time, 12, 12);

/* Argument of VCPUOP_register_runstate_memory_area and _phys_area. */
struct vcpu_register_runstate_memory_area {
    union { /* in: where the hypervisor keeps a struct vcpu_runstate_info from now on */
        struct vcpu_runstate_info *h; /* in: linear address, for _memory_area */
        struct vcpu_runstate_info *v; /* in: the same */
        uint64_t p; /* in: guest-physical address, for _phys_area */
    } addr;
};
RINGSIDE_SIZE(struct vcpu_register_runstate_memory_area, 8, 8);
RINGSIDE_OFFSET(struct vcpu_register_runstate_memory_area, addr.h, 0, 0);
RINGSIDE_OFFSET(struct vcpu_register_runstate_memory_area, addr.v, 0, 0);
RINGSIDE_OFFSET(struct vcpu_register_runstate_memory_area, addr.p, 0, 0);

/* struct vcpu_register_runstate_memory_area in the layout of a 32-bit caller. */
struct compat_vcpu_register_runstate_memory_area {
    union { /* in: where the hypervisor keeps a struct vcpu_runstate_info from now on */
        uint32_t h; /* in: linear address, for _memory_area */
        uint32_t v; /* in: the same */
        /* in: guest-physical address, for _phys_area */
        uint64_t p __attribute__((packed, aligned(4)));
    } addr;
};
RINGSIDE_SIZE(struct compat_vcpu_register_runstate_memory_area, 8, 8);
RINGSIDE_OFFSET(struct compat_vcpu_register_runstate_memory_area, addr.h, 0, 0);
RINGSIDE_OFFSET(struct compat_vcpu_register_runstate_memory_area, addr.v, 0, 0);
RINGSIDE_OFFSET(struct compat_vcpu_register_runstate_memory_area, addr.p, 0, 0);

/* Argument of VCPUOP_set_periodic_timer. */
struct vcpu_set_periodic_timer {
    uint64_t period_ns; /* in: at least 1 ms */
};
RINGSIDE_SIZE(struct vcpu_set_periodic_timer, 8, 8);
RINGSIDE_OFFSET(struct vcpu_set_periodic_timer, period_ns, 0, 0);

/* Argument of VCPUOP_set_singleshot_timer. */
struct vcpu_set_singleshot_timer {
    uint64_t timeout_abs_ns; /* in: system time in ns at which it fires */
    uint32_t flags; /* in, VCPU_SSHOTTMR */
};
RINGSIDE_SIZE(struct vcpu_set_singleshot_timer, 16, 12);
RINGSIDE_OFFSET(struct vcpu_set_singleshot_timer, timeout_abs_ns, 0, 0);
RINGSIDE_OFFSET(struct vcpu_set_singleshot_timer, flags, 8, 8);

/* struct vcpu_set_singleshot_timer in the layout of a 32-bit caller. */
struct compat_vcpu_set_singleshot_timer {
    /* in: system time in ns at which it fires */
    uint64_t timeout_abs_ns __attribute__((packed, aligned(4)));
    uint32_t flags; /* in, VCPU_SSHOTTMR */
};
RINGSIDE_SIZE(struct compat_vcpu_set_singleshot_timer, 12, 12);
RINGSIDE_OFFSET(struct compat_vcpu_set_singleshot_timer, timeout_abs_ns, 0, 0);
RINGSIDE_OFFSET(struct compat_vcpu_set_singleshot_timer, flags, 8, 8);

/* Argument of VCPUOP_register_vcpu_info. */
struct vcpu_register_vcpu_info {
    uint64_t mfn; /* in: guest frame */
    uint32_t offset; /* in: of the structure in that frame, which it must not leave */
    uint32_t rsvd;
};
RINGSIDE_SIZE(struct vcpu_register_vcpu_info, 16, 16);
RINGSIDE_OFFSET(struct vcpu_register_vcpu_info, mfn, 0, 0);
RINGSIDE_OFFSET(struct vcpu_register_vcpu_info, offset, 8, 8);

/* Argument of VCPUOP_get_physid. */
struct vcpu_get_physid {
    uint64_t phys_id; /* out: APIC id in bits 31:0, ACPI id in bits 63:32 */
};
RINGSIDE_SIZE(struct vcpu_get_physid, 8, 8);
RINGSIDE_OFFSET(struct vcpu_get_physid, phys_id, 0, 0);

/* Argument of VCPUOP_register_vcpu_time_memory_area and _phys_area. */
struct vcpu_register_time_memory_area {
    union { /* in: where the hypervisor keeps a struct vcpu_time_info from now on */
        struct vcpu_time_info *h; /* in: linear address, for _memory_area */
        struct vcpu_time_info *v; /* in: the same */
        uint64_t p; /* in: guest-physical address, for _phys_area */
    } addr;
};
RINGSIDE_SIZE(struct vcpu_register_time_memory_area, 8, 8);
RINGSIDE_OFFSET(struct vcpu_register_time_memory_area, addr.h, 0, 0);
RINGSIDE_OFFSET(struct vcpu_register_time_memory_area, addr.v, 0, 0);
RINGSIDE_OFFSET(struct vcpu_register_time_memory_area, addr.p, 0, 0);

/* struct vcpu_register_time_memory_area in the layout of a 32-bit caller. */
struct compat_vcpu_register_time_memory_area {
    union { /* in: where the hypervisor keeps a struct vcpu_time_info from now on */
        uint32_t h; /* in: linear address, for _memory_area */
        uint32_t v; /* in: the same */
        /* in: guest-physical address, for _phys_area */
        uint64_t p __attribute__((packed, aligned(4)));
    } addr;
};
RINGSIDE_SIZE(struct compat_vcpu_register_time_memory_area, 8, 8);
RINGSIDE_OFFSET(struct compat_vcpu_register_time_memory_area, addr.h, 0, 0);
RINGSIDE_OFFSET(struct compat_vcpu_register_time_memory_area, addr.v, 0, 0);
RINGSIDE_OFFSET(struct compat_vcpu_register_time_memory_area, addr.p, 0, 0);

/* Registers of a vCPU that starts in 32-bit code; paging may be on. */
struct vcpu_hvm_x86_32 {
    uint32_t eax; /* in */
    uint32_t ecx; /* in */
    uint32_t edx; /* in */
    uint32_t ebx; /* in */
    uint32_t esp; /* in */
    uint32_t ebp; /* in */
    uint32_t esi; /* in */
    uint32_t edi; /* in */
    uint32_t eip; /* in */
    uint32_t eflags; /* in */
    uint32_t cr0; /* in */
    uint32_t cr3; /* in */
    uint32_t cr4; /* in */
    uint32_t pad1;
    uint64_t efer; /* in */
    uint32_t cs_base; /* in */
    uint32_t ds_base; /* in */
    uint32_t ss_base; /* in */
    uint32_t es_base; /* in */
    uint32_t tr_base; /* in */
    uint32_t cs_limit; /* in: in bytes, minus 1 */
    uint32_t ds_limit; /* in: in bytes, minus 1 */
    uint32_t ss_limit; /* in: in bytes, minus 1 */
    uint32_t es_limit; /* in: in bytes, minus 1 */
    uint32_t tr_limit; /* in: in bytes, minus 1 */
    uint16_t cs_ar; /* in: attributes, such as 0xc9b */
    uint16_t ds_ar; /* in: attributes, such as 0xc93 */
    uint16_t ss_ar; /* in: attributes, such as 0xc93 */
    uint16_t es_ar; /* in: attributes, such as 0xc93 */
    uint16_t tr_ar; /* in: attributes, such as 0x8b */
    uint16_t pad2[3];
};
RINGSIDE_SIZE(struct vcpu_hvm_x86_32, 120, 120);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_32, eax, 0, 0);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_32, ecx, 4, 4);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_32, edx, 8, 8);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_32, ebx, 12, 12);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_32, esp, 16, 16);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_32, ebp, 20, 20);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_32, esi, 24, 24);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_32, edi, 28, 28);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_32, eip, 32, 32);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_32, eflags, 36, 36);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_32, cr0, 40, 40);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_32, cr3, 44, 44);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_32, cr4, 48, 48);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_32, efer, 56, 56);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_32, cs_base, 64, 64);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_32, ds_base, 68, 68);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_32, ss_base, 72, 72);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_32, es_base, 76, 76);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_32, tr_base, 80, 80);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_32, cs_limit, 84, 84);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_32, ds_limit, 88, 88);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_32, ss_limit, 92, 92);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_32, es_limit, 96, 96);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_32, tr_limit, 100, 100);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_32, cs_ar, 104, 104);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_32, ds_ar, 106, 106);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_32, ss_ar, 108, 108);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_32, es_ar, 110, 110);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_32, tr_ar, 112, 112);

/* Registers of a vCPU that starts in 64-bit code, with flat segments. */
struct vcpu_hvm_x86_64 {
    uint64_t rax; /* in */
    uint64_t rcx; /* in */
    uint64_t rdx; /* in */
    uint64_t rbx; /* in */
    uint64_t rsp; /* in */
    uint64_t rbp; /* in */
    uint64_t rsi; /* in */
    uint64_t rdi; /* in */
    uint64_t rip; /* in */
    uint64_t rflags; /* in */
    uint64_t cr0; /* in */
    uint64_t cr3; /* in */
    uint64_t cr4; /* in */
    uint64_t efer; /* in */
};
RINGSIDE_SIZE(struct vcpu_hvm_x86_64, 112, 112);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_64, rax, 0, 0);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_64, rcx, 8, 8);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_64, rdx, 16, 16);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_64, rbx, 24, 24);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_64, rsp, 32, 32);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_64, rbp, 40, 40);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_64, rsi, 48, 48);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_64, rdi, 56, 56);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_64, rip, 64, 64);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_64, rflags, 72, 72);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_64, cr0, 80, 80);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_64, cr3, 88, 88);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_64, cr4, 96, 96);
RINGSIDE_OFFSET(struct vcpu_hvm_x86_64, efer, 104, 104);

/* Argument of VCPUOP_initialise for a PVH guest. */
struct vcpu_hvm_context {
    uint32_t mode; /* in, VCPU_HVM_MODE */
    uint32_t pad;
    union { /* in: registers, by mode */
        struct vcpu_hvm_x86_32 x86_32; /* in */
        struct vcpu_hvm_x86_64 x86_64; /* in */
    } cpu_regs;
};
RINGSIDE_SIZE(struct vcpu_hvm_context, 128, 128);
RINGSIDE_OFFSET(struct vcpu_hvm_context, mode, 0, 0);
RINGSIDE_OFFSET(struct vcpu_hvm_context, cpu_regs.x86_32, 8, 8);
RINGSIDE_OFFSET(struct vcpu_hvm_context, cpu_regs.x86_64, 8, 8);

#endif /* __ASSEMBLER__ */

#endif
