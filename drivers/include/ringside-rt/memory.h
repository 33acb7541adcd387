/*
 * Memory: whole pages, and smaller pieces cut out of them. Safe on every vCPU; not for handlers of
 * exceptions. Only RAM below 4 GiB is used.
 */
#ifndef RINGSIDE_RT_MEMORY_H
#define RINGSIDE_RT_MEMORY_H

#include <ringside-rt/compiler.h>

/** Takes over all RAM outside the image and the modules. */
void pages_init(void);

/** Consecutive zeroed pages, or NULL. The address is also the physical address. */
void *page_alloc(size_t count);

/** Gives back pages from page_alloc; any part of a run may be given back by itself. */
void page_free(void *pages, size_t count);

/** Pages that page_alloc can still give, though perhaps not in a row. */
size_t pages_free(void);

/** RAM in the memory map, in bytes. */
uint64_t memory_size(void);

/** Zeroed memory aligned to 16, or NULL. From 2 KiB on every piece costs whole pages. */
void *kmalloc(size_t size);

/** Gives back a piece; NULL is allowed. Panics when it was not allocated or freed already. */
void kfree(void *piece);

#endif
