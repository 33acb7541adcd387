/*
 * ELF notes of owner Xen, by which a kernel says how it wants to be started. Generated from
 * elfnote.abi; do not edit.
 */
#ifndef RINGSIDE_ELFNOTE_H
#define RINGSIDE_ELFNOTE_H

/* XEN_ELFNOTE: Types of notes. Ringside uses PHYS32_ENTRY and shows the others. */
#define XEN_ELFNOTE_INFO               0 /* a name and a value */
#define XEN_ELFNOTE_ENTRY              1 /* PV: virtual entry point */
#define XEN_ELFNOTE_HYPERCALL_PAGE     2 /* PV: virtual address of the hypercall page */
#define XEN_ELFNOTE_VIRT_BASE          3 /* PV: virtual address of physical address 0 */
#define XEN_ELFNOTE_PADDR_OFFSET       4 /* PV: what to take off physical addresses */
#define XEN_ELFNOTE_XEN_VERSION        5 /* text: the interface, such as xen-3.0 */
#define XEN_ELFNOTE_GUEST_OS           6 /* text: the kernel's name */
#define XEN_ELFNOTE_GUEST_VERSION      7 /* text: the kernel's version */
#define XEN_ELFNOTE_LOADER             8 /* text: the loader */
#define XEN_ELFNOTE_PAE_MODE           9 /* PV: text: whether the kernel uses PAE */
/* text: features, separated by |, with ! before needed ones */
#define XEN_ELFNOTE_FEATURES           10
#define XEN_ELFNOTE_BSD_SYMTAB         11 /* text: yes loads the symbol table */
#define XEN_ELFNOTE_HV_START_LOW       12 /* PV: lowest address of the hypervisor's hole */
#define XEN_ELFNOTE_L1_MFN_VALID       13 /* PV: how to know entries that hold a frame */
#define XEN_ELFNOTE_SUSPEND_CANCEL     14 /* whether a suspend can be called off */
#define XEN_ELFNOTE_INIT_P2M           15 /* PV: virtual address of the first p2m */
#define XEN_ELFNOTE_MOD_START_PFN      16 /* PV: whether the module may stay unmapped */
#define XEN_ELFNOTE_SUPPORTED_FEATURES 17 /* bits of features, see XENFEAT */
/* physical entry point in 32-bit code: the kernel is a PVH one */
#define XEN_ELFNOTE_PHYS32_ENTRY       18
/* the kernel can be moved: alignment, lowest and highest address */
#define XEN_ELFNOTE_PHYS32_RELOC       19

#ifndef __ASSEMBLER__

#include <stdint.h>
#include "layout.h"

#endif /* __ASSEMBLER__ */

#endif
