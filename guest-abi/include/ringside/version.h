/* What the hypervisor says about itself. Generated from version.abi; do not edit. */
#ifndef RINGSIDE_VERSION_H
#define RINGSIDE_VERSION_H

#include "xen.h"

/* XENFEAT: Numbers of feature bits. */
#define XENFEAT_writable_page_tables       0 /* page tables need no write protection */
#define XENFEAT_writable_descriptor_tables 1 /* descriptor tables need no write protection */
/* guest frame numbers are translated by the hypervisor */
#define XENFEAT_auto_translated_physmap    2
#define XENFEAT_supervisor_mode_kernel     3 /* the kernel runs in ring 0 */
#define XENFEAT_pae_pgdir_above_4gb        4 /* PAE page directories may lie above 4 GiB */
#define XENFEAT_mmu_pt_update_preserve_ad  5 /* MMU_PT_UPDATE_PRESERVE_AD exists */
#define XENFEAT_highmem_assist             6 /* MMUEXT_CLEAR_PAGE and MMUEXT_COPY_PAGE exist */
/* grant mappings can set the available bits of entries */
#define XENFEAT_gnttab_map_avail_bits      7
#define XENFEAT_hvm_callback_vector        8 /* upcalls can come as a vector */
#define XENFEAT_hvm_safe_pvclock           9 /* vcpu_time_info may be used */
/* physical interrupts can be bound to event channels */
#define XENFEAT_hvm_pirqs                  10
#define XENFEAT_dom0                       11 /* can run as control domain */
#define XENFEAT_memory_op_vnode_supported  13 /* XENMEMF_vnode exists */
#define XENFEAT_ARM_SMCCC_supported        14 /* the ARM SMC calling convention */
#define XENFEAT_linux_rsdp_unrestricted    15 /* the ACPI root may lie anywhere */
/* guest frame numbers differ from machine frame numbers */
#define XENFEAT_not_direct_mapped          16
#define XENFEAT_direct_mapped              17 /* guest frame numbers equal machine frame numbers */
#define XENFEAT_runstate_phys_area         18 /* VCPUOP_register_runstate_phys_area exists */
#define XENFEAT_vcpu_time_phys_area        19 /* VCPUOP_register_vcpu_time_phys_area exists */
#define XENFEAT_dm_msix_all_writes         20 /* device models see all MSI-X writes */

/* XENFEAT_RANGE: Bounds of features. */
#define XENFEAT_NR_SUBMAPS 1 /* number of submaps */

/* XENVER: Operations of xen_version. */
#define XENVER_version             0 /* Version of the interface. */
#define XENVER_extraversion        1 /* The version's suffix, zero-filled. */
#define XENVER_compile_info        2 /* Who compiled the hypervisor. */
#define XENVER_capabilities        3 /* Kinds of guests that can run, separated by spaces. */
#define XENVER_changeset           4 /* The source revision, zero-filled. */
#define XENVER_platform_parameters 5 /* Addresses of the platform. */
#define XENVER_get_features        6 /* Feature bits, see XENFEAT. */
#define XENVER_pagesize            7 /* Size of a page. */
#define XENVER_guest_handle        8 /* The caller's UUID. */
#define XENVER_commandline         9 /* The hypervisor's command line. */
#define XENVER_build_id            10 /* The hypervisor's build id. */

#ifndef __ASSEMBLER__

#include <stdint.h>
#include "layout.h"

/* Who compiled the hypervisor; all texts are NUL-terminated. */
struct xen_compile_info {
    char compiler[64]; /* out: compiler and version */
    char compile_by[16]; /* out: user */
    char compile_domain[32]; /* out: domain name */
    char compile_date[32]; /* out: date */
};
RINGSIDE_SIZE(struct xen_compile_info, 144, 144);
RINGSIDE_OFFSET(struct xen_compile_info, compiler, 0, 0);
RINGSIDE_OFFSET(struct xen_compile_info, compile_by, 64, 64);
RINGSIDE_OFFSET(struct xen_compile_info, compile_domain, 80, 80);
RINGSIDE_OFFSET(struct xen_compile_info, compile_date, 112, 112);

/* Addresses of the platform. */
struct xen_platform_parameters {
    xen_ulong_t virt_start; /* out: where the hypervisor begins in a PV guest's address space */
};
RINGSIDE_SIZE(struct xen_platform_parameters, 8, 4);
RINGSIDE_OFFSET(struct xen_platform_parameters, virt_start, 0, 0);

/* struct xen_platform_parameters in the layout of a 32-bit caller. */
struct compat_xen_platform_parameters {
    uint32_t virt_start; /* out: where the hypervisor begins in a PV guest's address space */
};
RINGSIDE_SIZE(struct compat_xen_platform_parameters, 4, 4);
RINGSIDE_OFFSET(struct compat_xen_platform_parameters, virt_start, 0, 0);

/* 32 feature bits. */
struct xen_feature_info {
    uint32_t submap_idx; /* in: which 32 bits; there is only submap 0 */
    uint32_t submap; /* out: the bits, see XENFEAT */
};
RINGSIDE_SIZE(struct xen_feature_info, 8, 8);
RINGSIDE_OFFSET(struct xen_feature_info, submap_idx, 0, 0);
RINGSIDE_OFFSET(struct xen_feature_info, submap, 4, 4);

/* The hypervisor's build id; the bytes follow. */
struct xen_build_id {
    uint32_t len; /* in: size of the buffer behind */
};
RINGSIDE_SIZE(struct xen_build_id, 4, 4);
RINGSIDE_OFFSET(struct xen_build_id, len, 0, 0);

#endif /* __ASSEMBLER__ */

#endif
