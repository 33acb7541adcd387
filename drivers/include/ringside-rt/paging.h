/*
 * The guest's own page tables, one set for all vCPUs.
 *
 * After paging_init memory is mapped one to one: the image with the permissions of its segments,
 * all other RAM below 4 GiB readable and writable, nothing executable but the image's text. Page 0
 * is not mapped. The page below a stack is read-only: whoever overflows a stack stores to it, and
 * memory without holes is what a hypervisor without hardware for paging is quickest with. A changed
 * entry is flushed on the calling vCPU only: change mappings before other vCPUs use them.
 */
#ifndef RINGSIDE_RT_PAGING_H
#define RINGSIDE_RT_PAGING_H

#include <ringside-rt/compiler.h>

#define PTE_PRESENT 1ul
#define PTE_WRITABLE 2ul
#define PTE_USER 4ul
#define PTE_UNCACHED 0x18ul /* PWT, PCD */
#define PTE_ACCESSED 0x20ul
#define PTE_DIRTY 0x40ul
#define PTE_LARGE 0x80ul
#define PTE_NX (1ul << 63)
#define PTE_ADDRESS 0x000ffffffffff000ul

/* Permissions, to be combined. Readable is what is mapped at all. */
#define PAGING_READ 0u
#define PAGING_WRITE 1u
#define PAGING_EXECUTE 2u
#define PAGING_USER 4u
#define PAGING_UNCACHED 8u /* registers of devices */

void paging_init(void);

/** Maps pages one after the other; what was mapped there is forgotten. Panics without memory. */
void paging_map(uintptr_t address, uint64_t physical, size_t pages, unsigned how);

void paging_unmap(uintptr_t address, size_t pages);

/** New permissions for pages that are mapped. */
void paging_protect(uintptr_t address, size_t pages, unsigned how);

bool paging_is_mapped(uintptr_t address);

/**
 * The entry that maps the address, after splitting a 2 MiB page; made when create says so.
 * NULL when there is none. Tests use it to break things.
 */
uint64_t *paging_entry(uintptr_t address, bool create);

#endif
