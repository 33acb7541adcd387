/* A domain's guest-physical memory. Generated from memory.abi; do not edit. */
#ifndef RINGSIDE_MEMORY_H
#define RINGSIDE_MEMORY_H

#include "xen.h"

/*
 * XENMEMF: Flags of xen_memory_reservation; bits 7:0 limit the address, bits 15:8 are the NUMA node
 * plus 1.
 */
#define XENMEMF_populate_on_demand 0x10000 /* allocate at the first access */
#define XENMEMF_exact_node_request 0x20000 /* from that node or not at all */
#define XENMEMF_vnode              0x40000 /* the node is a virtual one */

/* XENMAPSPACE: Where a page that is added to the guest-physical space comes from. */
#define XENMAPSPACE_shared_info  0 /* the shared info page; idx is 0 */
#define XENMAPSPACE_grant_table  1 /* the grant table; idx is the number of its frame */
#define XENMAPSPACE_gmfn         2 /* another guest frame of the domain */
#define XENMAPSPACE_gmfn_range   3 /* several guest frames in a row */
#define XENMAPSPACE_gmfn_foreign 4 /* a guest frame of another domain; only in a batch */
#define XENMAPSPACE_dev_mmio     5 /* device memory; ARM only */

/* XENMAPIDX: Bits of idx with XENMAPSPACE_grant_table. */
#define XENMAPIDX_grant_table_status 0x80000000 /* a status frame of grant table version 2 */

/* XEN_HVM_MEMMAP_TYPE: What a range of the memory map holds. */
#define XEN_HVM_MEMMAP_TYPE_RAM      1 /* memory */
#define XEN_HVM_MEMMAP_TYPE_RESERVED 2 /* not to be used */
#define XEN_HVM_MEMMAP_TYPE_ACPI     3 /* ACPI tables, memory after reading */
#define XEN_HVM_MEMMAP_TYPE_NVS      4 /* ACPI, to be kept over sleep */
#define XEN_HVM_MEMMAP_TYPE_UNUSABLE 5 /* broken memory */
#define XEN_HVM_MEMMAP_TYPE_DISABLED 6 /* memory that is switched off */
#define XEN_HVM_MEMMAP_TYPE_PMEM     7 /* memory that persists */

/* XENMEM: Operations of memory_op. */
/* Get memory that is not in the guest-physical space. */
#define XENMEM_increase_reservation       0
#define XENMEM_decrease_reservation       1 /* Give memory back; the frames become holes. */
#define XENMEM_maximum_ram_page           2 /* Ask for the highest machine frame of memory. */
#define XENMEM_current_reservation        3 /* Ask for a domain's pages. */
#define XENMEM_maximum_reservation        4 /* Ask for the limit of a domain's pages. */
/* Ask for the frames of the machine-to-physical table. */
#define XENMEM_machphys_mfn_list          5
/* Fill holes of the guest-physical space with memory. */
#define XENMEM_populate_physmap           6
/* Let a page appear at a guest frame; what was there is dropped. */
#define XENMEM_add_to_physmap             7
#define XENMEM_memory_map                 9 /* Ask for the memory map, as entries of 20 bytes. */
#define XENMEM_machine_memory_map         10 /* Ask for the machine's memory map. */
#define XENMEM_exchange                   11 /* Exchange pages for others. */
/* Ask where the machine-to-physical table is mapped. */
#define XENMEM_machphys_mapping           12
#define XENMEM_set_memory_map             13 /* Set the memory map of a domain. */
#define XENMEM_maximum_gpfn               14 /* Ask for a domain's highest guest frame. */
#define XENMEM_remove_from_physmap        15 /* Make a hole of a guest frame. */
#define XENMEM_set_pod_target             16 /* Set the target of populate-on-demand. */
#define XENMEM_get_pod_target             17 /* Ask for the target of populate-on-demand. */
#define XENMEM_add_to_physmap_batch       23 /* Let several pages appear at guest frames. */
#define XENMEM_claim_pages                24 /* Stake a claim to memory. */
/* Ask for the frames of the 32-bit machine-to-physical table. */
#define XENMEM_machphys_compat_mfn_list   25
#define XENMEM_get_vnumainfo              26 /* Ask for the virtual NUMA topology. */
#define XENMEM_reserved_device_memory_map 27 /* Ask for memory that devices need. */
#define XENMEM_acquire_resource           28 /* Map a resource of another domain. */

#ifndef __ASSEMBLER__

#include <stdint.h>
#include "layout.h"

/* A range of the memory map, in the format of the PC BIOS: 20 bytes. */
struct e820entry {
    uint64_t addr; /* out: first byte */
    uint64_t size; /* out: in bytes */
    uint32_t type; /* out, XEN_HVM_MEMMAP_TYPE */
} __attribute__((packed));
RINGSIDE_SIZE(struct e820entry, 20, 20);
RINGSIDE_OFFSET(struct e820entry, addr, 0, 0);
RINGSIDE_OFFSET(struct e820entry, size, 8, 8);
RINGSIDE_OFFSET(struct e820entry, type, 16, 16);

/* Argument of XENMEM_increase_reservation, _decrease_reservation and _populate_physmap. */
struct xen_memory_reservation {
    xen_pfn_t *extent_start; /* inout: first frame of each extent */
    xen_ulong_t nr_extents; /* in: number of extents */
    uint32_t extent_order; /* in: each is 2 to this many pages */
    uint32_t mem_flags; /* in, XENMEMF */
    domid_t domid; /* in, DOMID: whose memory; DOMID_SELF unless privileged */
};
RINGSIDE_SIZE(struct xen_memory_reservation, 32, 20);
RINGSIDE_OFFSET(struct xen_memory_reservation, extent_start, 0, 0);
RINGSIDE_OFFSET(struct xen_memory_reservation, nr_extents, 8, 4);
RINGSIDE_OFFSET(struct xen_memory_reservation, extent_order, 16, 8);
RINGSIDE_OFFSET(struct xen_memory_reservation, mem_flags, 20, 12);
RINGSIDE_OFFSET(struct xen_memory_reservation, domid, 24, 16);

/* struct xen_memory_reservation in the layout of a 32-bit caller. */
struct compat_xen_memory_reservation {
    uint32_t extent_start; /* inout: first frame of each extent */
    uint32_t nr_extents; /* in: number of extents */
    uint32_t extent_order; /* in: each is 2 to this many pages */
    uint32_t mem_flags; /* in, XENMEMF */
    domid_t domid; /* in, DOMID: whose memory; DOMID_SELF unless privileged */
};
RINGSIDE_SIZE(struct compat_xen_memory_reservation, 20, 20);
RINGSIDE_OFFSET(struct compat_xen_memory_reservation, extent_start, 0, 0);
RINGSIDE_OFFSET(struct compat_xen_memory_reservation, nr_extents, 4, 4);
RINGSIDE_OFFSET(struct compat_xen_memory_reservation, extent_order, 8, 8);
RINGSIDE_OFFSET(struct compat_xen_memory_reservation, mem_flags, 12, 12);
RINGSIDE_OFFSET(struct compat_xen_memory_reservation, domid, 16, 16);

/* Argument of XENMEM_exchange. */
struct xen_memory_exchange {
    struct xen_memory_reservation in; /* in: what is given */
    struct xen_memory_reservation out; /* inout: what is got */
    xen_ulong_t nr_exchanged; /* inout: extents done; 0 at first */
};
RINGSIDE_SIZE(struct xen_memory_exchange, 72, 44);
RINGSIDE_OFFSET(struct xen_memory_exchange, in, 0, 0);
RINGSIDE_OFFSET(struct xen_memory_exchange, out, 32, 20);
RINGSIDE_OFFSET(struct xen_memory_exchange, nr_exchanged, 64, 40);

/* struct xen_memory_exchange in the layout of a 32-bit caller. */
struct compat_xen_memory_exchange {
    struct compat_xen_memory_reservation in; /* in: what is given */
    struct compat_xen_memory_reservation out; /* inout: what is got */
    uint32_t nr_exchanged; /* inout: extents done; 0 at first */
};
RINGSIDE_SIZE(struct compat_xen_memory_exchange, 44, 44);
RINGSIDE_OFFSET(struct compat_xen_memory_exchange, in, 0, 0);
RINGSIDE_OFFSET(struct compat_xen_memory_exchange, out, 20, 20);
RINGSIDE_OFFSET(struct compat_xen_memory_exchange, nr_exchanged, 40, 40);

/* Argument of XENMEM_current_reservation, _maximum_reservation and _maximum_gpfn. */
struct xen_memory_domain {
    domid_t domid; /* in, DOMID: DOMID_SELF unless privileged */
};
RINGSIDE_SIZE(struct xen_memory_domain, 2, 2);
RINGSIDE_OFFSET(struct xen_memory_domain, domid, 0, 0);

/* Argument of XENMEM_add_to_physmap. */
struct xen_add_to_physmap {
    domid_t domid; /* in, DOMID: whose memory; DOMID_SELF unless privileged */
    uint16_t size; /* in: number of pages, for XENMAPSPACE_gmfn_range */
    uint32_t space; /* in, XENMAPSPACE: where the page comes from */
    xen_ulong_t idx; /* in: which page of the space */
    xen_pfn_t gpfn; /* in: guest frame at which it appears */
};
RINGSIDE_SIZE(struct xen_add_to_physmap, 24, 16);
RINGSIDE_OFFSET(struct xen_add_to_physmap, domid, 0, 0);
RINGSIDE_OFFSET(struct xen_add_to_physmap, size, 2, 2);
RINGSIDE_OFFSET(struct xen_add_to_physmap, space, 4, 4);
RINGSIDE_OFFSET(struct xen_add_to_physmap, idx, 8, 8);
RINGSIDE_OFFSET(struct xen_add_to_physmap, gpfn, 16, 12);

/* struct xen_add_to_physmap in the layout of a 32-bit caller. */
struct compat_xen_add_to_physmap {
    domid_t domid; /* in, DOMID: whose memory; DOMID_SELF unless privileged */
    uint16_t size; /* in: number of pages, for XENMAPSPACE_gmfn_range */
    uint32_t space; /* in, XENMAPSPACE: where the page comes from */
    uint32_t idx; /* in: which page of the space */
    uint32_t gpfn; /* in: guest frame at which it appears */
};
RINGSIDE_SIZE(struct compat_xen_add_to_physmap, 16, 16);
RINGSIDE_OFFSET(struct compat_xen_add_to_physmap, domid, 0, 0);
RINGSIDE_OFFSET(struct compat_xen_add_to_physmap, size, 2, 2);
RINGSIDE_OFFSET(struct compat_xen_add_to_physmap, space, 4, 4);
RINGSIDE_OFFSET(struct compat_xen_add_to_physmap, idx, 8, 8);
RINGSIDE_OFFSET(struct compat_xen_add_to_physmap, gpfn, 12, 12);

/* Argument of XENMEM_add_to_physmap_batch. */
struct xen_add_to_physmap_batch {
    domid_t domid; /* in, DOMID: whose memory; DOMID_SELF unless privileged */
    uint16_t space; /* in, XENMAPSPACE: where the pages come from */
    uint16_t size; /* in: number of pages */
    union { /* in: more, by space */
        domid_t foreign_domid; /* in, DOMID: owner of the frames, for XENMAPSPACE_gmfn_foreign */
        uint16_t res0; /* in: 0, for all other spaces */
    } u;
    xen_ulong_t *idxs; /* in: which pages of the space */
    xen_pfn_t *gpfns; /* in: guest frames at which they appear */
    int32_t *errs; /* out: a result for each page, as an s32 */
};
RINGSIDE_SIZE(struct xen_add_to_physmap_batch, 32, 20);
RINGSIDE_OFFSET(struct xen_add_to_physmap_batch, domid, 0, 0);
RINGSIDE_OFFSET(struct xen_add_to_physmap_batch, space, 2, 2);
RINGSIDE_OFFSET(struct xen_add_to_physmap_batch, size, 4, 4);
RINGSIDE_OFFSET(struct xen_add_to_physmap_batch, u.foreign_domid, 6, 6);
RINGSIDE_OFFSET(struct xen_add_to_physmap_batch, u.res0, 6, 6);
RINGSIDE_OFFSET(struct xen_add_to_physmap_batch, idxs, 8, 8);
RINGSIDE_OFFSET(struct xen_add_to_physmap_batch, gpfns, 16, 12);
RINGSIDE_OFFSET(struct xen_add_to_physmap_batch, errs, 24, 16);

/* struct xen_add_to_physmap_batch in the layout of a 32-bit caller. */
struct compat_xen_add_to_physmap_batch {
    domid_t domid; /* in, DOMID: whose memory; DOMID_SELF unless privileged */
    uint16_t space; /* in, XENMAPSPACE: where the pages come from */
    uint16_t size; /* in: number of pages */
    union { /* in: more, by space */
        domid_t foreign_domid; /* in, DOMID: owner of the frames, for XENMAPSPACE_gmfn_foreign */
        uint16_t res0; /* in: 0, for all other spaces */
    } u;
    uint32_t idxs; /* in: which pages of the space */
    uint32_t gpfns; /* in: guest frames at which they appear */
    uint32_t errs; /* out: a result for each page, as an s32 */
};
RINGSIDE_SIZE(struct compat_xen_add_to_physmap_batch, 20, 20);
RINGSIDE_OFFSET(struct compat_xen_add_to_physmap_batch, domid, 0, 0);
RINGSIDE_OFFSET(struct compat_xen_add_to_physmap_batch, space, 2, 2);
RINGSIDE_OFFSET(struct compat_xen_add_to_physmap_batch, size, 4, 4);
RINGSIDE_OFFSET(struct compat_xen_add_to_physmap_batch, u.foreign_domid, 6, 6);
RINGSIDE_OFFSET(struct compat_xen_add_to_physmap_batch, u.res0, 6, 6);
RINGSIDE_OFFSET(struct compat_xen_add_to_physmap_batch, idxs, 8, 8);
RINGSIDE_OFFSET(struct compat_xen_add_to_physmap_batch, gpfns, 12, 12);
RINGSIDE_OFFSET(struct compat_xen_add_to_physmap_batch, errs, 16, 16);

/* Argument of XENMEM_remove_from_physmap. */
struct xen_remove_from_physmap {
    domid_t domid; /* in, DOMID: whose memory; DOMID_SELF unless privileged */
    xen_pfn_t gpfn; /* in: guest frame to be emptied */
};
RINGSIDE_SIZE(struct xen_remove_from_physmap, 16, 8);
RINGSIDE_OFFSET(struct xen_remove_from_physmap, domid, 0, 0);
RINGSIDE_OFFSET(struct xen_remove_from_physmap, gpfn, 8, 4);

/* struct xen_remove_from_physmap in the layout of a 32-bit caller. */
struct compat_xen_remove_from_physmap {
    domid_t domid; /* in, DOMID: whose memory; DOMID_SELF unless privileged */
    uint32_t gpfn; /* in: guest frame to be emptied */
};
RINGSIDE_SIZE(struct compat_xen_remove_from_physmap, 8, 8);
RINGSIDE_OFFSET(struct compat_xen_remove_from_physmap, domid, 0, 0);
RINGSIDE_OFFSET(struct compat_xen_remove_from_physmap, gpfn, 4, 4);

/* Argument of XENMEM_memory_map and XENMEM_machine_memory_map. */
struct xen_memory_map {
    uint32_t nr_entries; /* inout: in: room in the buffer; out: entries written */
    struct e820entry *buffer; /* in: receives the entries */
};
RINGSIDE_SIZE(struct xen_memory_map, 16, 8);
RINGSIDE_OFFSET(struct xen_memory_map, nr_entries, 0, 0);
RINGSIDE_OFFSET(struct xen_memory_map, buffer, 8, 4);

/* struct xen_memory_map in the layout of a 32-bit caller. */
struct compat_xen_memory_map {
    uint32_t nr_entries; /* inout: in: room in the buffer; out: entries written */
    uint32_t buffer; /* in: receives the entries */
};
RINGSIDE_SIZE(struct compat_xen_memory_map, 8, 8);
RINGSIDE_OFFSET(struct compat_xen_memory_map, nr_entries, 0, 0);
RINGSIDE_OFFSET(struct compat_xen_memory_map, buffer, 4, 4);

/* Argument of XENMEM_set_memory_map. */
struct xen_foreign_memory_map {
    domid_t domid; /* in, DOMID */
    struct xen_memory_map map; /* in */
};
RINGSIDE_SIZE(struct xen_foreign_memory_map, 24, 12);
RINGSIDE_OFFSET(struct xen_foreign_memory_map, domid, 0, 0);
RINGSIDE_OFFSET(struct xen_foreign_memory_map, map, 8, 4);

/* struct xen_foreign_memory_map in the layout of a 32-bit caller. */
struct compat_xen_foreign_memory_map {
    domid_t domid; /* in, DOMID */
    struct compat_xen_memory_map map; /* in */
};
RINGSIDE_SIZE(struct compat_xen_foreign_memory_map, 12, 12);
RINGSIDE_OFFSET(struct compat_xen_foreign_memory_map, domid, 0, 0);
RINGSIDE_OFFSET(struct compat_xen_foreign_memory_map, map, 4, 4);

/* Argument of XENMEM_set_pod_target and XENMEM_get_pod_target. */
struct xen_pod_target {
    uint64_t target_pages; /* in */
    uint64_t tot_pages; /* out */
    uint64_t pod_cache_pages; /* out */
    uint64_t pod_entries; /* out */
    domid_t domid; /* in, DOMID */
};
RINGSIDE_SIZE(struct xen_pod_target, 40, 36);
RINGSIDE_OFFSET(struct xen_pod_target, target_pages, 0, 0);
RINGSIDE_OFFSET(struct xen_pod_target, tot_pages, 8, 8);
RINGSIDE_OFFSET(struct xen_pod_target, pod_cache_pages, 16, 16);
RINGSIDE_OFFSET(struct xen_pod_target, pod_entries, 24, 24);
RINGSIDE_OFFSET(struct xen_pod_target, domid, 32, 32);

/* struct xen_pod_target in the layout of a 32-bit caller. */
struct compat_xen_pod_target {
    uint64_t target_pages __attribute__((packed, aligned(4))); /* in */
    uint64_t tot_pages __attribute__((packed, aligned(4))); /* out */
    uint64_t pod_cache_pages __attribute__((packed, aligned(4))); /* out */
    uint64_t pod_entries __attribute__((packed, aligned(4))); /* out */
    domid_t domid; /* in, DOMID */
};
RINGSIDE_SIZE(struct compat_xen_pod_target, 36, 36);
RINGSIDE_OFFSET(struct compat_xen_pod_target, target_pages, 0, 0);
RINGSIDE_OFFSET(struct compat_xen_pod_target, tot_pages, 8, 8);
RINGSIDE_OFFSET(struct compat_xen_pod_target, pod_cache_pages, 16, 16);
RINGSIDE_OFFSET(struct compat_xen_pod_target, pod_entries, 24, 24);
RINGSIDE_OFFSET(struct compat_xen_pod_target, domid, 32, 32);

/* Argument of XENMEM_acquire_resource. */
struct xen_mem_acquire_resource {
    domid_t domid; /* in, DOMID: owner of the resource */
    uint16_t type; /* in: kind of resource */
    uint32_t id; /* in: which one of the kind */
    uint32_t nr_frames; /* inout: number of frames */
    uint32_t pad;
    uint64_t frame; /* in: the first frame of the resource */
    xen_pfn_t *frame_list; /* inout: guest frames at which they appear */
};
RINGSIDE_SIZE(struct xen_mem_acquire_resource, 32, 28);
RINGSIDE_OFFSET(struct xen_mem_acquire_resource, domid, 0, 0);
RINGSIDE_OFFSET(struct xen_mem_acquire_resource, type, 2, 2);
RINGSIDE_OFFSET(struct xen_mem_acquire_resource, id, 4, 4);
RINGSIDE_OFFSET(struct xen_mem_acquire_resource, nr_frames, 8, 8);
RINGSIDE_OFFSET(struct xen_mem_acquire_resource, frame, 16, 16);
RINGSIDE_OFFSET(struct xen_mem_acquire_resource, frame_list, 24, 24);

/* struct xen_mem_acquire_resource in the layout of a 32-bit caller. */
struct compat_xen_mem_acquire_resource {
    domid_t domid; /* in, DOMID: owner of the resource */
    uint16_t type; /* in: kind of resource */
    uint32_t id; /* in: which one of the kind */
    uint32_t nr_frames; /* inout: number of frames */
    uint32_t pad;
    uint64_t frame __attribute__((packed, aligned(4))); /* in: the first frame of the resource */
    uint32_t frame_list; /* inout: guest frames at which they appear */
};
RINGSIDE_SIZE(struct compat_xen_mem_acquire_resource, 28, 28);
RINGSIDE_OFFSET(struct compat_xen_mem_acquire_resource, domid, 0, 0);
RINGSIDE_OFFSET(struct compat_xen_mem_acquire_resource, type, 2, 2);
RINGSIDE_OFFSET(struct compat_xen_mem_acquire_resource, id, 4, 4);
RINGSIDE_OFFSET(struct compat_xen_mem_acquire_resource, nr_frames, 8, 8);
RINGSIDE_OFFSET(struct compat_xen_mem_acquire_resource, frame, 16, 16);
RINGSIDE_OFFSET(struct compat_xen_mem_acquire_resource, frame_list, 24, 24);

#endif /* __ASSEMBLER__ */

#endif
