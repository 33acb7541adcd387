/* Grants: pages that a domain lets another one use. Generated from grant_table.abi; do not edit. */
#ifndef RINGSIDE_GRANT_TABLE_H
#define RINGSIDE_GRANT_TABLE_H

#include "xen.h"

/* GNTTAB: Grant table layout. */
#define GNTTAB_NR_RESERVED_ENTRIES 8 /* references below are not for the guest to give out */
#define GNTTAB_RESERVED_CONSOLE    0 /* reference of the console page */
#define GNTTAB_RESERVED_XENSTORE   1 /* reference of the xenstore page */

/* GTF_TYPE_MASK: Mask of an entry's type. */
#define GTF_type_mask 3 /* bits 1:0 of the flags */

/* GTF: Flags of an entry; its type is in the lower two bits. */
#define GTF_transitive      0x3 /* type: refers to another domain's grant; version 2 only */
#define GTF_accept_transfer 0x2 /* type: the domain may give a frame */
#define GTF_permit_access   0x1 /* type: the domain may map and copy the frame */
#define GTF_invalid         0x0 /* type: nothing granted */
#define GTF_readonly        0x4 /* guest: no writing */
#define GTF_reading         0x8 /* hypervisor: mapped or being copied */
#define GTF_writing         0x10 /* hypervisor: the same, with writing */
#define GTF_PWT             0x20 /* guest: mappings are write-through */
#define GTF_PCD             0x40 /* guest: mappings are uncached */
#define GTF_PAT             0x80 /* guest: bit of the page attribute table */
#define GTF_sub_page        0x100 /* guest: a part of the page; version 2 only */

/* GTF_TRANSFER: Flags of an entry of type GTF_accept_transfer. */
#define GTF_transfer_committed 0x4 /* a frame will come */
#define GTF_transfer_completed 0x8 /* the frame has come */

/* GNTMAP: Flags of a mapping. */
#define GNTMAP_device_map      0x1 /* for devices */
#define GNTMAP_host_map        0x2 /* for the CPU, at host_addr */
#define GNTMAP_readonly        0x4 /* no writing */
#define GNTMAP_application_map 0x8 /* for user mode too; PV only */
#define GNTMAP_contains_pte    0x10 /* host_addr is the address of a page table entry; PV only */

/* GNTCOPY: Flags of gnttab_copy. */
#define GNTCOPY_source_gref 1 /* the source is a grant reference */
#define GNTCOPY_dest_gref   2 /* the destination is a grant reference */

/* GNTST: Status of one grant operation. */
#define GNTST_okay              0 /* done */
#define GNTST_general_error     (-1) /* failed for a reason without a status of its own */
#define GNTST_bad_domain        (-2) /* no such domain */
#define GNTST_bad_gntref        (-3) /* no such grant, or not for this domain or use */
#define GNTST_bad_handle        (-4) /* no such mapping */
#define GNTST_bad_virt_addr     (-5) /* no address to map at */
#define GNTST_bad_dev_addr      (-6) /* no such device address */
#define GNTST_no_device_space   (-7) /* IOMMU full */
#define GNTST_permission_denied (-8) /* not allowed */
#define GNTST_bad_page          (-9) /* no such frame */
#define GNTST_bad_copy_arg      (-10) /* crosses a page */
#define GNTST_address_too_big   (-11) /* frame number too large */
#define GNTST_eagain            (-12) /* try again */
#define GNTST_no_space          (-13) /* out of handles or frames */

/* GNTTABOP: Operations of grant_table_op. */
#define GNTTABOP_map_grant_ref     0 /* Let a granted page appear in the caller's memory. */
#define GNTTABOP_unmap_grant_ref   1 /* Undo a mapping; the guest frame becomes a hole. */
#define GNTTABOP_setup_table       2 /* Grow the grant table and ask where it is. */
#define GNTTABOP_dump_table        3 /* Print a grant table on the hypervisor's console. */
#define GNTTABOP_transfer          4 /* Give a frame away. */
/* Copy bytes between pages that are granted or the caller's own. */
#define GNTTABOP_copy              5
#define GNTTABOP_query_size        6 /* Ask for the size of a grant table. */
#define GNTTABOP_unmap_and_replace 7 /* Undo a mapping and put another one in its place. */
#define GNTTABOP_set_version       8 /* Choose the version of the grant table. */
#define GNTTABOP_get_status_frames 9 /* Ask for the status frames of version 2. */
#define GNTTABOP_get_version       10 /* Ask for the version of a grant table. */
#define GNTTABOP_swap_grant_ref    11 /* Exchange two entries of the caller's table. */
#define GNTTABOP_cache_flush       12 /* Flush caches of a page. */

#ifndef __ASSEMBLER__

#include <stdint.h>
#include "layout.h"

/* An index into the grant table of the domain that grants. */
typedef uint32_t grant_ref_t;

/* A mapping, known to the domain that maps. */
typedef uint32_t grant_handle_t;

/* A grant. Write domid and frame first, then flags, with a barrier between. */
struct grant_entry_v1 {
    /* inout, GTF: end a grant by compare-and-exchange, only while neither reading nor writing */
    uint16_t flags;
    domid_t domid; /* in, DOMID: who may use it */
    uint32_t frame; /* inout: guest frame */
};
RINGSIDE_SIZE(struct grant_entry_v1, 8, 8);
RINGSIDE_OFFSET(struct grant_entry_v1, flags, 0, 0);
RINGSIDE_OFFSET(struct grant_entry_v1, domid, 2, 2);
RINGSIDE_OFFSET(struct grant_entry_v1, frame, 4, 4);

/* Argument of GNTTABOP_map_grant_ref. */
struct gnttab_map_grant_ref {
    uint64_t host_addr; /* in: guest-physical address at which the frame appears */
    uint32_t flags; /* in, GNTMAP */
    grant_ref_t ref; /* in: the grant */
    domid_t dom; /* in, DOMID: who granted it */
    int16_t status; /* out, GNTST */
    grant_handle_t handle; /* out: the mapping */
    uint64_t dev_bus_addr; /* out: address for devices */
};
RINGSIDE_SIZE(struct gnttab_map_grant_ref, 32, 32);
RINGSIDE_OFFSET(struct gnttab_map_grant_ref, host_addr, 0, 0);
RINGSIDE_OFFSET(struct gnttab_map_grant_ref, flags, 8, 8);
RINGSIDE_OFFSET(struct gnttab_map_grant_ref, ref, 12, 12);
RINGSIDE_OFFSET(struct gnttab_map_grant_ref, dom, 16, 16);
RINGSIDE_OFFSET(struct gnttab_map_grant_ref, status, 18, 18);
RINGSIDE_OFFSET(struct gnttab_map_grant_ref, handle, 20, 20);
RINGSIDE_OFFSET(struct gnttab_map_grant_ref, dev_bus_addr, 24, 24);

/* Argument of GNTTABOP_unmap_grant_ref. */
struct gnttab_unmap_grant_ref {
    uint64_t host_addr; /* in: as it was mapped; 0 leaves that mapping */
    uint64_t dev_bus_addr; /* in: as it was mapped; 0 leaves that mapping */
    grant_handle_t handle; /* in: the mapping */
    int16_t status; /* out, GNTST */
};
RINGSIDE_SIZE(struct gnttab_unmap_grant_ref, 24, 24);
RINGSIDE_OFFSET(struct gnttab_unmap_grant_ref, host_addr, 0, 0);
RINGSIDE_OFFSET(struct gnttab_unmap_grant_ref, dev_bus_addr, 8, 8);
RINGSIDE_OFFSET(struct gnttab_unmap_grant_ref, handle, 16, 16);
RINGSIDE_OFFSET(struct gnttab_unmap_grant_ref, status, 20, 20);

/* Argument of GNTTABOP_setup_table. */
struct gnttab_setup_table {
    domid_t dom; /* in, DOMID: whose table; DOMID_SELF unless privileged */
    uint32_t nr_frames; /* in: size the table shall have at least */
    int16_t status; /* out, GNTST */
    xen_pfn_t *frame_list; /* in: receives the table's guest frames */
};
RINGSIDE_SIZE(struct gnttab_setup_table, 24, 16);
RINGSIDE_OFFSET(struct gnttab_setup_table, dom, 0, 0);
RINGSIDE_OFFSET(struct gnttab_setup_table, nr_frames, 4, 4);
RINGSIDE_OFFSET(struct gnttab_setup_table, status, 8, 8);
RINGSIDE_OFFSET(struct gnttab_setup_table, frame_list, 16, 12);

/* struct gnttab_setup_table in the layout of a 32-bit caller. */
struct compat_gnttab_setup_table {
    domid_t dom; /* in, DOMID: whose table; DOMID_SELF unless privileged */
    uint32_t nr_frames; /* in: size the table shall have at least */
    int16_t status; /* out, GNTST */
    uint32_t frame_list; /* in: receives the table's guest frames */
};
RINGSIDE_SIZE(struct compat_gnttab_setup_table, 16, 16);
RINGSIDE_OFFSET(struct compat_gnttab_setup_table, dom, 0, 0);
RINGSIDE_OFFSET(struct compat_gnttab_setup_table, nr_frames, 4, 4);
RINGSIDE_OFFSET(struct compat_gnttab_setup_table, status, 8, 8);
RINGSIDE_OFFSET(struct compat_gnttab_setup_table, frame_list, 12, 12);

/* Argument of GNTTABOP_dump_table. */
struct gnttab_dump_table {
    domid_t dom; /* in, DOMID */
    int16_t status; /* out, GNTST */
};
RINGSIDE_SIZE(struct gnttab_dump_table, 4, 4);
RINGSIDE_OFFSET(struct gnttab_dump_table, dom, 0, 0);
RINGSIDE_OFFSET(struct gnttab_dump_table, status, 2, 2);

/* Argument of GNTTABOP_transfer. */
struct gnttab_transfer {
    xen_pfn_t mfn; /* in: the frame */
    domid_t domid; /* in, DOMID: who gets it */
    grant_ref_t ref; /* in: where it accepts it */
    int16_t status; /* out, GNTST */
};
RINGSIDE_SIZE(struct gnttab_transfer, 24, 16);
RINGSIDE_OFFSET(struct gnttab_transfer, mfn, 0, 0);
RINGSIDE_OFFSET(struct gnttab_transfer, domid, 8, 4);
RINGSIDE_OFFSET(struct gnttab_transfer, ref, 12, 8);
RINGSIDE_OFFSET(struct gnttab_transfer, status, 16, 12);

/* struct gnttab_transfer in the layout of a 32-bit caller. */
struct compat_gnttab_transfer {
    uint32_t mfn; /* in: the frame */
    domid_t domid; /* in, DOMID: who gets it */
    grant_ref_t ref; /* in: where it accepts it */
    int16_t status; /* out, GNTST */
};
RINGSIDE_SIZE(struct compat_gnttab_transfer, 16, 16);
RINGSIDE_OFFSET(struct compat_gnttab_transfer, mfn, 0, 0);
RINGSIDE_OFFSET(struct compat_gnttab_transfer, domid, 4, 4);
RINGSIDE_OFFSET(struct compat_gnttab_transfer, ref, 8, 8);
RINGSIDE_OFFSET(struct compat_gnttab_transfer, status, 12, 12);

/* An end of a copy. */
struct gnttab_copy_ptr {
    union { /* in: the page, by the flags of gnttab_copy */
        grant_ref_t ref; /* in: a grant */
        xen_pfn_t gmfn; /* in: a guest frame of domid */
    } u;
    domid_t domid; /* in, DOMID: who granted it, or DOMID_SELF */
    uint16_t offset; /* in: first byte in the page */
};
RINGSIDE_SIZE(struct gnttab_copy_ptr, 16, 8);
RINGSIDE_OFFSET(struct gnttab_copy_ptr, u.ref, 0, 0);
RINGSIDE_OFFSET(struct gnttab_copy_ptr, u.gmfn, 0, 0);
RINGSIDE_OFFSET(struct gnttab_copy_ptr, domid, 8, 4);
RINGSIDE_OFFSET(struct gnttab_copy_ptr, offset, 10, 6);

/* struct gnttab_copy_ptr in the layout of a 32-bit caller. */
struct compat_gnttab_copy_ptr {
    union { /* in: the page, by the flags of gnttab_copy */
        grant_ref_t ref; /* in: a grant */
        uint32_t gmfn; /* in: a guest frame of domid */
    } u;
    domid_t domid; /* in, DOMID: who granted it, or DOMID_SELF */
    uint16_t offset; /* in: first byte in the page */
};
RINGSIDE_SIZE(struct compat_gnttab_copy_ptr, 8, 8);
RINGSIDE_OFFSET(struct compat_gnttab_copy_ptr, u.ref, 0, 0);
RINGSIDE_OFFSET(struct compat_gnttab_copy_ptr, u.gmfn, 0, 0);
RINGSIDE_OFFSET(struct compat_gnttab_copy_ptr, domid, 4, 4);
RINGSIDE_OFFSET(struct compat_gnttab_copy_ptr, offset, 6, 6);

/* Argument of GNTTABOP_copy. */
struct gnttab_copy {
    struct gnttab_copy_ptr source; /* in */
    struct gnttab_copy_ptr dest; /* in */
    uint16_t len; /* in: bytes; neither end may leave its page */
    uint16_t flags; /* in, GNTCOPY */
    int16_t status; /* out, GNTST */
};
RINGSIDE_SIZE(struct gnttab_copy, 40, 24);
RINGSIDE_OFFSET(struct gnttab_copy, source, 0, 0);
RINGSIDE_OFFSET(struct gnttab_copy, dest, 16, 8);
RINGSIDE_OFFSET(struct gnttab_copy, len, 32, 16);
RINGSIDE_OFFSET(struct gnttab_copy, flags, 34, 18);
RINGSIDE_OFFSET(struct gnttab_copy, status, 36, 20);

/* struct gnttab_copy in the layout of a 32-bit caller. */
struct compat_gnttab_copy {
    struct compat_gnttab_copy_ptr source; /* in */
    struct compat_gnttab_copy_ptr dest; /* in */
    uint16_t len; /* in: bytes; neither end may leave its page */
    uint16_t flags; /* in, GNTCOPY */
    int16_t status; /* out, GNTST */
};
RINGSIDE_SIZE(struct compat_gnttab_copy, 24, 24);
RINGSIDE_OFFSET(struct compat_gnttab_copy, source, 0, 0);
RINGSIDE_OFFSET(struct compat_gnttab_copy, dest, 8, 8);
RINGSIDE_OFFSET(struct compat_gnttab_copy, len, 16, 16);
RINGSIDE_OFFSET(struct compat_gnttab_copy, flags, 18, 18);
RINGSIDE_OFFSET(struct compat_gnttab_copy, status, 20, 20);

/* Argument of GNTTABOP_query_size. */
struct gnttab_query_size {
    domid_t dom; /* in, DOMID: whose table; DOMID_SELF unless privileged */
    uint32_t nr_frames; /* out: frames of the table */
    uint32_t max_nr_frames; /* out: frames it may have */
    int16_t status; /* out, GNTST */
};
RINGSIDE_SIZE(struct gnttab_query_size, 16, 16);
RINGSIDE_OFFSET(struct gnttab_query_size, dom, 0, 0);
RINGSIDE_OFFSET(struct gnttab_query_size, nr_frames, 4, 4);
RINGSIDE_OFFSET(struct gnttab_query_size, max_nr_frames, 8, 8);
RINGSIDE_OFFSET(struct gnttab_query_size, status, 12, 12);

/* Argument of GNTTABOP_unmap_and_replace. */
struct gnttab_unmap_and_replace {
    uint64_t host_addr; /* in */
    uint64_t new_addr; /* in */
    grant_handle_t handle; /* in */
    int16_t status; /* out, GNTST */
};
RINGSIDE_SIZE(struct gnttab_unmap_and_replace, 24, 24);
RINGSIDE_OFFSET(struct gnttab_unmap_and_replace, host_addr, 0, 0);
RINGSIDE_OFFSET(struct gnttab_unmap_and_replace, new_addr, 8, 8);
RINGSIDE_OFFSET(struct gnttab_unmap_and_replace, handle, 16, 16);
RINGSIDE_OFFSET(struct gnttab_unmap_and_replace, status, 20, 20);

/* Argument of GNTTABOP_set_version. */
struct gnttab_set_version {
    uint32_t version; /* inout: in: the one wanted; out: the one in use */
};
RINGSIDE_SIZE(struct gnttab_set_version, 4, 4);
RINGSIDE_OFFSET(struct gnttab_set_version, version, 0, 0);

/* Argument of GNTTABOP_get_status_frames. */
struct gnttab_get_status_frames {
    uint32_t nr_frames; /* in */
    domid_t dom; /* in, DOMID */
    int16_t status; /* out, GNTST */
    uint64_t *frame_list; /* in */
};
RINGSIDE_SIZE(struct gnttab_get_status_frames, 16, 12);
RINGSIDE_OFFSET(struct gnttab_get_status_frames, nr_frames, 0, 0);
RINGSIDE_OFFSET(struct gnttab_get_status_frames, dom, 4, 4);
RINGSIDE_OFFSET(struct gnttab_get_status_frames, status, 6, 6);
RINGSIDE_OFFSET(struct gnttab_get_status_frames, frame_list, 8, 8);

/* struct gnttab_get_status_frames in the layout of a 32-bit caller. */
struct compat_gnttab_get_status_frames {
    uint32_t nr_frames; /* in */
    domid_t dom; /* in, DOMID */
    int16_t status; /* out, GNTST */
    uint32_t frame_list; /* in */
};
RINGSIDE_SIZE(struct compat_gnttab_get_status_frames, 12, 12);
RINGSIDE_OFFSET(struct compat_gnttab_get_status_frames, nr_frames, 0, 0);
RINGSIDE_OFFSET(struct compat_gnttab_get_status_frames, dom, 4, 4);
RINGSIDE_OFFSET(struct compat_gnttab_get_status_frames, status, 6, 6);
RINGSIDE_OFFSET(struct compat_gnttab_get_status_frames, frame_list, 8, 8);

/* Argument of GNTTABOP_get_version. */
struct gnttab_get_version {
    domid_t dom; /* in, DOMID: whose table; DOMID_SELF unless privileged */
    uint16_t pad;
    uint32_t version; /* out: the one in use */
};
RINGSIDE_SIZE(struct gnttab_get_version, 8, 8);
RINGSIDE_OFFSET(struct gnttab_get_version, dom, 0, 0);
RINGSIDE_OFFSET(struct gnttab_get_version, version, 4, 4);

/* Argument of GNTTABOP_swap_grant_ref. */
struct gnttab_swap_grant_ref {
    grant_ref_t ref_a; /* in */
    grant_ref_t ref_b; /* in */
    int16_t status; /* out, GNTST */
};
RINGSIDE_SIZE(struct gnttab_swap_grant_ref, 12, 12);
RINGSIDE_OFFSET(struct gnttab_swap_grant_ref, ref_a, 0, 0);
RINGSIDE_OFFSET(struct gnttab_swap_grant_ref, ref_b, 4, 4);
RINGSIDE_OFFSET(struct gnttab_swap_grant_ref, status, 8, 8);

/* Argument of GNTTABOP_cache_flush. */
struct gnttab_cache_flush {
    union { /* in: the page */
        uint64_t dev_bus_addr; /* in */
        grant_ref_t ref; /* in */
    } a;
    uint16_t offset; /* in: first byte in the page */
    uint16_t length; /* in: bytes */
    uint32_t op; /* in: what to do */
};
RINGSIDE_SIZE(struct gnttab_cache_flush, 16, 16);
RINGSIDE_OFFSET(struct gnttab_cache_flush, a.dev_bus_addr, 0, 0);
RINGSIDE_OFFSET(struct gnttab_cache_flush, a.ref, 0, 0);
RINGSIDE_OFFSET(struct gnttab_cache_flush, offset, 8, 8);
RINGSIDE_OFFSET(struct gnttab_cache_flush, length, 10, 10);
RINGSIDE_OFFSET(struct gnttab_cache_flush, op, 12, 12);

#endif /* __ASSEMBLER__ */

#endif
