/* CPUID leaves by which a guest finds the hypervisor. Generated from cpuid.abi; do not edit. */
#ifndef RINGSIDE_CPUID_H
#define RINGSIDE_CPUID_H

/* XEN_CPUID: Leaves and their fixed values. */
#define XEN_CPUID_FIRST_LEAF     0x40000000 /* first of Xen's leaves; also the hypercall page MSR */
#define XEN_CPUID_SIGNATURE_EBX  0x566e6558 /* leaf 0, ebx: XenV */
#define XEN_CPUID_SIGNATURE_ECX  0x65584d4d /* leaf 0, ecx: MMXe */
#define XEN_CPUID_SIGNATURE_EDX  0x4d4d566e /* leaf 0, edx: nVMM */
#define XEN_CPUID_MAX_NUM_LEAVES 5 /* number of the last leaf */

/* XEN_CPUID_FEAT1: Leaf 2, ecx. */
#define XEN_CPUID_FEAT1_MMU_PT_UPDATE_PRESERVE_AD 1 /* MMU_PT_UPDATE_PRESERVE_AD exists; PV only */

/* XEN_HVM_CPUID: Leaf 4, eax. */
#define XEN_HVM_CPUID_APIC_ACCESS_VIRT 0x1 /* APIC registers are virtualized by the CPU */
#define XEN_HVM_CPUID_X2APIC_VIRT      0x2 /* x2APIC registers are virtualized by the CPU */
#define XEN_HVM_CPUID_IOMMU_MAPPINGS   0x4 /* granted pages can be used by devices */
#define XEN_HVM_CPUID_VCPU_ID_PRESENT  0x8 /* ebx holds the vCPU's number */
#define XEN_HVM_CPUID_DOMID_PRESENT    0x10 /* ecx holds the domain id */
#define XEN_HVM_CPUID_EXT_DEST_ID      0x20 /* interrupts may name 15-bit APIC ids */
#define XEN_HVM_CPUID_UPCALL_VECTOR    0x40 /* HVMOP_set_evtchn_upcall_vector works reliably */

#ifndef __ASSEMBLER__

#include <stdint.h>
#include "layout.h"

#endif /* __ASSEMBLER__ */

#endif
