/*
 * What a PVH guest finds at the address in EBX when it starts. Generated from start_info.abi; do
 * not edit.
 */
#ifndef RINGSIDE_START_INFO_H
#define RINGSIDE_START_INFO_H

/* XEN_HVM_START: Values of hvm_start_info. */
#define XEN_HVM_START_MAGIC_VALUE 0x336ec578 /* hvm_start_info.magic */

/* SIF: Flags of hvm_start_info. */
#define SIF_PRIVILEGED 1 /* the domain is privileged */
#define SIF_INITDOMAIN 2 /* the domain is the control domain */

#ifndef __ASSEMBLER__

#include <stdint.h>
#include "layout.h"

/* The start info; everything it points to lies below 4 GiB. */
struct hvm_start_info {
    uint32_t magic; /* out, XEN_HVM_START */
    uint32_t version; /* out: 1 */
    uint32_t flags; /* out, SIF */
    uint32_t nr_modules; /* out: number of modules */
    uint64_t modlist_paddr; /* out: guest-physical address of nr_modules struct hvm_modlist_entry */
    /* out: guest-physical address of the NUL-terminated command line; 0 is none */
    uint64_t cmdline_paddr;
    uint64_t rsdp_paddr; /* out: guest-physical address of the ACPI root; 0 is none */
    /* out: guest-physical address of memmap_entries struct hvm_memmap_table_entry */
    uint64_t memmap_paddr;
    uint32_t memmap_entries; /* out: number of ranges */
    uint32_t reserved; /* : 0 */
};
RINGSIDE_SIZE(struct hvm_start_info, 56, 56);
RINGSIDE_OFFSET(struct hvm_start_info, magic, 0, 0);
RINGSIDE_OFFSET(struct hvm_start_info, version, 4, 4);
RINGSIDE_OFFSET(struct hvm_start_info, flags, 8, 8);
RINGSIDE_OFFSET(struct hvm_start_info, nr_modules, 12, 12);
RINGSIDE_OFFSET(struct hvm_start_info, modlist_paddr, 16, 16);
RINGSIDE_OFFSET(struct hvm_start_info, cmdline_paddr, 24, 24);
RINGSIDE_OFFSET(struct hvm_start_info, rsdp_paddr, 32, 32);
RINGSIDE_OFFSET(struct hvm_start_info, memmap_paddr, 40, 40);
RINGSIDE_OFFSET(struct hvm_start_info, memmap_entries, 48, 48);

/* A module: a file that was loaded beside the kernel. */
struct hvm_modlist_entry {
    uint64_t paddr; /* out: guest-physical address */
    uint64_t size; /* out: in bytes */
    uint64_t cmdline_paddr; /* out: guest-physical address of its command line; 0 is none */
    uint64_t reserved; /* : 0 */
};
RINGSIDE_SIZE(struct hvm_modlist_entry, 32, 32);
RINGSIDE_OFFSET(struct hvm_modlist_entry, paddr, 0, 0);
RINGSIDE_OFFSET(struct hvm_modlist_entry, size, 8, 8);
RINGSIDE_OFFSET(struct hvm_modlist_entry, cmdline_paddr, 16, 16);

/* A range of the memory map. */
struct hvm_memmap_table_entry {
    uint64_t addr; /* out: first byte */
    uint64_t size; /* out: in bytes */
    uint32_t type; /* out, XEN_HVM_MEMMAP_TYPE */
    uint32_t reserved; /* : 0 */
};
RINGSIDE_SIZE(struct hvm_memmap_table_entry, 24, 24);
RINGSIDE_OFFSET(struct hvm_memmap_table_entry, addr, 0, 0);
RINGSIDE_OFFSET(struct hvm_memmap_table_entry, size, 8, 8);
RINGSIDE_OFFSET(struct hvm_memmap_table_entry, type, 16, 16);

#endif /* __ASSEMBLER__ */

#endif
