/*
 * Four levels of tables below boot_pml4, which boot/entry.S filled with 2 MiB pages. Upper levels
 * allow everything; permissions stand in the last level only.
 */
#include <ringside-rt/boot.h>
#include <ringside-rt/cpu.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/paging.h>
#include <ringside-rt/print.h>

#define LARGE_SIZE (2ul << 20)
#define TABLE_ENTRIES 512
#define ALLOW_ALL (PTE_PRESENT | PTE_WRITABLE | PTE_USER)

extern uint64_t boot_pml4[TABLE_ENTRIES], boot_pdpt[TABLE_ENTRIES], boot_pd[4 * TABLE_ENTRIES];
extern uint8_t boot_stack_guard[];

/*
 * As accessed, and dirty if it may be (Intel SDM volume 3, 4.8): nobody here asks, and a processor
 * has nothing to write into an entry that says so already.
 */
static uint64_t leaf(uint64_t physical, unsigned how)
{
    return physical | PTE_PRESENT | PTE_ACCESSED |
           (how & PAGING_WRITE ? PTE_WRITABLE | PTE_DIRTY : 0) |
           (how & PAGING_USER ? PTE_USER : 0) | (how & PAGING_UNCACHED ? PTE_UNCACHED : 0) |
           (how & PAGING_EXECUTE ? 0 : PTE_NX);
}

static uint64_t *table_new(void)
{
    uint64_t *table = page_alloc(1);
    if (!table)
        panic("no memory for a page table");
    return table;
}

/* A table of 4 KiB pages that maps what the 2 MiB page did. */
static void split(uint64_t *entry)
{
    uint64_t *table = table_new();
    for (unsigned i = 0; i < TABLE_ENTRIES; i++)
        table[i] = (*entry & ~PTE_LARGE) + i * PAGE_SIZE;
    *entry = (uintptr_t)table | ALLOW_ALL;
}

uint64_t *paging_entry(uintptr_t address, bool create)
{
    uint64_t *table = boot_pml4;
    for (unsigned shift = 39; shift > PAGE_SHIFT; shift -= 9) {
        uint64_t *entry = &table[address >> shift & (TABLE_ENTRIES - 1)];
        if (!(*entry & PTE_PRESENT)) {
            if (!create)
                return NULL;
            *entry = (uintptr_t)table_new() | ALLOW_ALL;
        } else if (*entry & PTE_LARGE) {
            split(entry);
        }
        table = (uint64_t *)(*entry & PTE_ADDRESS);
    }
    return &table[address >> PAGE_SHIFT & (TABLE_ENTRIES - 1)];
}

/* Of so many pages, those whose entries lie in one table. */
static size_t within_table(uintptr_t address, size_t pages)
{
    size_t left = TABLE_ENTRIES - (address >> PAGE_SHIFT & (TABLE_ENTRIES - 1));
    return left < pages ? left : pages;
}

/* Only entries that were present can be cached. */
static void set(uint64_t *entry, uint64_t value, uintptr_t address)
{
    bool was_present = *entry & PTE_PRESENT;
    *entry = value;
    if (was_present)
        invlpg(address);
}

void paging_map(uintptr_t address, uint64_t physical, size_t pages, unsigned how)
{
    while (pages) {
        size_t count = within_table(address, pages);
        uint64_t *entry = paging_entry(address, true), value = leaf(physical, how);
        for (size_t i = 0; i < count; i++)
            set(&entry[i], value + i * PAGE_SIZE, address + i * PAGE_SIZE);
        pages -= count;
        address += count * PAGE_SIZE;
        physical += count * PAGE_SIZE;
    }
}

void paging_unmap(uintptr_t address, size_t pages)
{
    while (pages) {
        size_t count = within_table(address, pages);
        uint64_t *entry = paging_entry(address, false);
        for (size_t i = 0; entry && i < count; i++)
            set(&entry[i], 0, address + i * PAGE_SIZE);
        pages -= count;
        address += count * PAGE_SIZE;
    }
}

void paging_protect(uintptr_t address, size_t pages, unsigned how)
{
    for (; pages; pages--, address += PAGE_SIZE) {
        uint64_t *entry = paging_entry(address, false);
        if (!entry || !(*entry & PTE_PRESENT))
            panic("no page to protect at %#lx", address);
        *entry = leaf(*entry & PTE_ADDRESS, how);
        invlpg(address);
    }
}

bool paging_is_mapped(uintptr_t address)
{
    uint64_t *table = boot_pml4;
    for (unsigned shift = 39;; shift -= 9) {
        uint64_t entry = table[address >> shift & (TABLE_ENTRIES - 1)];
        if (!(entry & PTE_PRESENT) || (address << 16 >> 16) != address)
            return false;
        if (shift == PAGE_SHIFT || (entry & PTE_LARGE))
            return true;
        table = (uint64_t *)(entry & PTE_ADDRESS);
    }
}

/* How much of [start, start + size) the memory map says is RAM, in bytes. */
static uint64_t ram_within(uint64_t start, uint64_t size)
{
    uint64_t ram = 0;
    for (unsigned i = 0; i < boot_memmap_entries(); i++) {
        const struct boot_range *r = boot_memmap(i);
        uint64_t from = r->start > start ? r->start : start;
        uint64_t to = r->end < start + size ? r->end : start + size;
        if (r->ram && from < to)
            ram += to - from;
    }
    return ram;
}

/* Where the last RAM that the memory map knows of ends. */
static uint64_t ram_end(void)
{
    uint64_t end = 0;
    for (unsigned i = 0; i < boot_memmap_entries(); i++) {
        const struct boot_range *r = boot_memmap(i);
        if (r->ram && r->end > end)
            end = r->end;
    }
    return end;
}

/* The level 1 entry of a page of RAM. */
static uint64_t ram_leaf(uint64_t page)
{
    if (page == 0)
        return 0;
    if (page == (uintptr_t)boot_stack_guard)
        return leaf(page, PAGING_READ);
    if (page >= (uintptr_t)image_text_start && page < (uintptr_t)image_text_end)
        return leaf(page, PAGING_EXECUTE);
    if (page >= (uintptr_t)image_rodata_start && page < (uintptr_t)image_rodata_end)
        return leaf(page, PAGING_READ);
    return leaf(page, PAGING_WRITE);
}

/* The level 2 entry for 2 MiB: large where all is plain RAM, none where there is none. */
static uint64_t ram_chunk(uint64_t start)
{
    uint64_t ram = ram_within(start, LARGE_SIZE);
    if (!ram)
        return 0;
    bool image = start < (uintptr_t)image_end && start + LARGE_SIZE > (uintptr_t)image_start;
    if (ram == LARGE_SIZE && start != 0 && !image)
        return leaf(start, PAGING_WRITE) | PTE_LARGE;
    uint64_t *table = table_new();
    for (unsigned i = 0; i < TABLE_ENTRIES; i++)
        if (ram == LARGE_SIZE || ram_within(start + i * PAGE_SIZE, PAGE_SIZE) == PAGE_SIZE)
            table[i] = ram_leaf(start + i * PAGE_SIZE);
    return (uintptr_t)table | ALLOW_ALL;
}

void paging_init(void)
{
    uint64_t end = ram_end();
    for (uint64_t i = 0; i < ARRAY_SIZE(boot_pd); i++)
        boot_pd[i] = i * LARGE_SIZE < end ? ram_chunk(i * LARGE_SIZE) : 0;
    write_cr3((uintptr_t)boot_pml4);
}
