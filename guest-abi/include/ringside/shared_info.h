/*
 * The page that a domain and the hypervisor share: event bitmaps and time. Generated from
 * shared_info.abi; do not edit.
 */
#ifndef RINGSIDE_SHARED_INFO_H
#define RINGSIDE_SHARED_INFO_H

#include "xen.h"

/* XEN_PVCLOCK: Flags of vcpu_time_info. */
#define XEN_PVCLOCK_TSC_STABLE_BIT 1 /* the TSCs of all vCPUs agree */
#define XEN_PVCLOCK_GUEST_STOPPED  2 /* the guest was stopped by its host */

#ifndef __ASSEMBLER__

#include <stdint.h>
#include "layout.h"

/*
 * How to get system time from this vCPU's TSC. ns = system_time + (((tsc - tsc_timestamp) shifted
 * left by tsc_shift) * tsc_to_system_mul >> 32).
 */
struct vcpu_time_info {
    uint32_t version; /* out: odd while the hypervisor writes; read it before and after */
    uint32_t pad0;
    uint64_t tsc_timestamp; /* out: TSC at the last update */
    uint64_t system_time; /* out: ns since boot at the last update */
    uint32_t tsc_to_system_mul; /* out: ns per shifted tick, times 2 to the 32nd */
    int8_t tsc_shift; /* out: left shift of the tick count; a right shift when negative */
    uint8_t flags; /* out, XEN_PVCLOCK */
    uint8_t pad1[2];
};
RINGSIDE_SIZE(struct vcpu_time_info, 32, 32);
RINGSIDE_OFFSET(struct vcpu_time_info, version, 0, 0);
RINGSIDE_OFFSET(struct vcpu_time_info, tsc_timestamp, 8, 8);
RINGSIDE_OFFSET(struct vcpu_time_info, system_time, 16, 16);
RINGSIDE_OFFSET(struct vcpu_time_info, tsc_to_system_mul, 24, 24);
RINGSIDE_OFFSET(struct vcpu_time_info, tsc_shift, 28, 28);
RINGSIDE_OFFSET(struct vcpu_time_info, flags, 29, 29);

/* The part of vcpu_info that is left to the architecture; only PV guests use it. */
struct arch_vcpu_info {
    unsigned long cr2; /* out: address of the last page fault */
    unsigned long pad[sizeof(void *) == 8 ? 1 : 5];
};
RINGSIDE_SIZE(struct arch_vcpu_info, 16, 24);
RINGSIDE_OFFSET(struct arch_vcpu_info, cr2, 0, 0);

/* struct arch_vcpu_info in the layout of a 32-bit caller. */
struct compat_arch_vcpu_info {
    uint32_t cr2; /* out: address of the last page fault */
    uint32_t pad[5];
};
RINGSIDE_SIZE(struct compat_arch_vcpu_info, 24, 24);
RINGSIDE_OFFSET(struct compat_arch_vcpu_info, cr2, 0, 0);

/* A vCPU's events and time. */
struct vcpu_info {
    /* inout: set by the hypervisor when an event is to be handled; the guest clears it first */
    uint8_t evtchn_upcall_pending;
    /* inout: not looked at for PVH guests, which use the interrupt flag */
    uint8_t evtchn_upcall_mask;
    /* inout: bit n: word n of evtchn_pending holds an event for this vCPU */
    unsigned long evtchn_pending_sel;
    struct arch_vcpu_info arch; /* out */
    struct vcpu_time_info time; /* out */
};
RINGSIDE_SIZE(struct vcpu_info, 64, 64);
RINGSIDE_OFFSET(struct vcpu_info, evtchn_upcall_pending, 0, 0);
RINGSIDE_OFFSET(struct vcpu_info, evtchn_upcall_mask, 1, 1);
RINGSIDE_OFFSET(struct vcpu_info, evtchn_pending_sel, 8, 4);
RINGSIDE_OFFSET(struct vcpu_info, arch, 16, 8);
RINGSIDE_OFFSET(struct vcpu_info, time, 32, 32);

/* struct vcpu_info in the layout of a 32-bit caller. */
struct compat_vcpu_info {
    /* inout: set by the hypervisor when an event is to be handled; the guest clears it first */
    uint8_t evtchn_upcall_pending;
    /* inout: not looked at for PVH guests, which use the interrupt flag */
    uint8_t evtchn_upcall_mask;
    /* inout: bit n: word n of evtchn_pending holds an event for this vCPU */
    uint32_t evtchn_pending_sel;
    struct compat_arch_vcpu_info arch; /* out */
    struct vcpu_time_info time __attribute__((packed, aligned(4))); /* out */
};
RINGSIDE_SIZE(struct compat_vcpu_info, 64, 64);
RINGSIDE_OFFSET(struct compat_vcpu_info, evtchn_upcall_pending, 0, 0);
RINGSIDE_OFFSET(struct compat_vcpu_info, evtchn_upcall_mask, 1, 1);
RINGSIDE_OFFSET(struct compat_vcpu_info, evtchn_pending_sel, 4, 4);
RINGSIDE_OFFSET(struct compat_vcpu_info, arch, 8, 8);
RINGSIDE_OFFSET(struct compat_vcpu_info, time, 32, 32);

/* The part of shared_info that is left to the architecture; only PV guests use it. */
struct arch_shared_info {
    unsigned long max_pfn; /* inout: number of entries in the p2m */
    xen_pfn_t pfn_to_mfn_frame_list_list; /* inout: root of the p2m */
    unsigned long nmi_reason; /* out: why the last NMI came */
    unsigned long p2m_cr3; /* inout: address space in which p2m_vaddr holds */
    unsigned long p2m_vaddr; /* inout: linear address of the p2m */
    unsigned long p2m_generation; /* inout: odd while the guest changes the p2m */
#if defined(__i386__)
    uint32_t wc_sec_hi; /* out: upper half of the wall clock's seconds */
#endif
};
RINGSIDE_SIZE(struct arch_shared_info, 48, 28);
RINGSIDE_OFFSET(struct arch_shared_info, max_pfn, 0, 0);
RINGSIDE_OFFSET(struct arch_shared_info, pfn_to_mfn_frame_list_list, 8, 4);
RINGSIDE_OFFSET(struct arch_shared_info, nmi_reason, 16, 8);
RINGSIDE_OFFSET(struct arch_shared_info, p2m_cr3, 24, 12);
RINGSIDE_OFFSET(struct arch_shared_info, p2m_vaddr, 32, 16);
RINGSIDE_OFFSET(struct arch_shared_info, p2m_generation, 40, 20);
#if defined(__i386__)
RINGSIDE_OFFSET(struct arch_shared_info, wc_sec_hi, -1, 24);
#endif

/* struct arch_shared_info in the layout of a 32-bit caller. */
struct compat_arch_shared_info {
    uint32_t max_pfn; /* inout: number of entries in the p2m */
    uint32_t pfn_to_mfn_frame_list_list; /* inout: root of the p2m */
    uint32_t nmi_reason; /* out: why the last NMI came */
    uint32_t p2m_cr3; /* inout: address space in which p2m_vaddr holds */
    uint32_t p2m_vaddr; /* inout: linear address of the p2m */
    uint32_t p2m_generation; /* inout: odd while the guest changes the p2m */
    uint32_t wc_sec_hi; /* out: upper half of the wall clock's seconds */
};
RINGSIDE_SIZE(struct compat_arch_shared_info, 28, 28);
RINGSIDE_OFFSET(struct compat_arch_shared_info, max_pfn, 0, 0);
RINGSIDE_OFFSET(struct compat_arch_shared_info, pfn_to_mfn_frame_list_list, 4, 4);
RINGSIDE_OFFSET(struct compat_arch_shared_info, nmi_reason, 8, 8);
RINGSIDE_OFFSET(struct compat_arch_shared_info, p2m_cr3, 12, 12);
RINGSIDE_OFFSET(struct compat_arch_shared_info, p2m_vaddr, 16, 16);
RINGSIDE_OFFSET(struct compat_arch_shared_info, p2m_generation, 20, 20);
RINGSIDE_OFFSET(struct compat_arch_shared_info, wc_sec_hi, 24, 24);

/* The shared info page, see XENMAPSPACE_shared_info. Ports are bits, 2-level ABI. */
struct shared_info {
    struct vcpu_info vcpu_info[32]; /* inout: of vCPUs 0 to 31, see VCPUOP_register_vcpu_info */
    /* inout: bit p: port p is pending; the guest clears it */
    unsigned long evtchn_pending[sizeof(void *) == 8 ? 64 : 32];
    /* inout: bit p: port p makes no upcall; the guest writes it */
    unsigned long evtchn_mask[sizeof(void *) == 8 ? 64 : 32];
    uint32_t wc_version; /* out: odd while the hypervisor writes the wall clock */
    uint32_t wc_sec; /* out: seconds since 1970 at system time 0, lower half */
    uint32_t wc_nsec; /* out: and ns */
#if defined(__x86_64__)
    uint32_t wc_sec_hi; /* out: upper half of wc_sec */
#endif
    struct arch_shared_info arch; /* inout */
};
RINGSIDE_SIZE(struct shared_info, 3136, 2344);
RINGSIDE_OFFSET(struct shared_info, vcpu_info, 0, 0);
RINGSIDE_OFFSET(struct shared_info, evtchn_pending, 2048, 2048);
RINGSIDE_OFFSET(struct shared_info, evtchn_mask, 2560, 2176);
RINGSIDE_OFFSET(struct shared_info, wc_version, 3072, 2304);
RINGSIDE_OFFSET(struct shared_info, wc_sec, 3076, 2308);
RINGSIDE_OFFSET(struct shared_info, wc_nsec, 3080, 2312);
#if defined(__x86_64__)
RINGSIDE_OFFSET(struct shared_info, wc_sec_hi, 3084, -1);
#endif
RINGSIDE_OFFSET(struct shared_info, arch, 3088, 2316);

/* struct shared_info in the layout of a 32-bit caller. */
struct compat_shared_info {
    /* inout: of vCPUs 0 to 31, see VCPUOP_register_vcpu_info */
    struct compat_vcpu_info vcpu_info[32];
    uint32_t evtchn_pending[32]; /* inout: bit p: port p is pending; the guest clears it */
    uint32_t evtchn_mask[32]; /* inout: bit p: port p makes no upcall; the guest writes it */
    uint32_t wc_version; /* out: odd while the hypervisor writes the wall clock */
    uint32_t wc_sec; /* out: seconds since 1970 at system time 0, lower half */
    uint32_t wc_nsec; /* out: and ns */
    struct compat_arch_shared_info arch; /* inout */
};
RINGSIDE_SIZE(struct compat_shared_info, 2344, 2344);
RINGSIDE_OFFSET(struct compat_shared_info, vcpu_info, 0, 0);
RINGSIDE_OFFSET(struct compat_shared_info, evtchn_pending, 2048, 2048);
RINGSIDE_OFFSET(struct compat_shared_info, evtchn_mask, 2176, 2176);
RINGSIDE_OFFSET(struct compat_shared_info, wc_version, 2304, 2304);
RINGSIDE_OFFSET(struct compat_shared_info, wc_sec, 2308, 2308);
RINGSIDE_OFFSET(struct compat_shared_info, wc_nsec, 2312, 2312);
RINGSIDE_OFFSET(struct compat_shared_info, arch, 2316, 2316);

#endif /* __ASSEMBLER__ */

#endif
