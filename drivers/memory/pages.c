/*
 * The page allocator: one bit a page, set = in use. The bitmap lies in the first RAM after the
 * image. First fit, from where the last search ended.
 */
#include <ringside-rt/boot.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/print.h>
#include <ringside-rt/spinlock.h>
#include <ringside-rt/string.h>

#define LIMIT (4ul << 30)

static struct spinlock lock;
static uint64_t *bitmap;
static size_t page_count; /* pages the bitmap covers */
static size_t free_count;
static size_t next_search;

static bool in_use(size_t page)
{
    return bitmap[page / 64] >> page % 64 & 1;
}

/* Whole words at once where the range allows. */
static void mark(size_t first, size_t count, bool used)
{
    while (count) {
        size_t bit = first % 64, n = count < 64 - bit ? count : 64 - bit;
        uint64_t mask = (n == 64 ? ~0ul : (1ul << n) - 1) << bit;
        if (used)
            bitmap[first / 64] |= mask;
        else
            bitmap[first / 64] &= ~mask;
        first += n;
        count -= n;
    }
}

static void reserve(uint64_t start, uint64_t end)
{
    size_t first = start >> PAGE_SHIFT, last = ALIGN_UP(end, PAGE_SIZE) >> PAGE_SHIFT;
    last = last < page_count ? last : page_count;
    for (; first < last; first++) {
        free_count -= !in_use(first);
        mark(first, 1, true);
    }
}

/* RAM below the limit, as whole pages; false when the entry has none. */
static bool ram_pages(unsigned index, size_t *first, size_t *last)
{
    const struct boot_range *r = boot_memmap(index);
    uint64_t end = r->end < LIMIT ? r->end : LIMIT;
    *first = ALIGN_UP(r->start, PAGE_SIZE) >> PAGE_SHIFT;
    *last = end >> PAGE_SHIFT;
    return r->ram && *first < *last;
}

static bool overlaps_module(uint64_t start, uint64_t size)
{
    for (unsigned i = 0; i < boot_modules(); i++)
        if (start < boot_module(i)->end && boot_module(i)->start < start + size)
            return true;
    return false;
}

/* The first place behind the image where size bytes of RAM are free. */
static uint64_t bitmap_place(size_t size)
{
    size_t first, last;
    for (unsigned i = 0; i < boot_memmap_entries(); i++) {
        if (!ram_pages(i, &first, &last))
            continue;
        uint64_t start = first << PAGE_SHIFT;
        if (start < (uintptr_t)image_end)
            start = (uintptr_t)image_end;
        for (; start + size <= last << PAGE_SHIFT; start += PAGE_SIZE)
            if (!overlaps_module(start, size))
                return start;
    }
    panic("no room for the page bitmap");
}

void pages_init(void)
{
    size_t first, last;
    for (unsigned i = 0; i < boot_memmap_entries(); i++)
        if (ram_pages(i, &first, &last) && last > page_count)
            page_count = last;
    size_t size = ALIGN_UP(page_count, 64) / 8;
    bitmap = (uint64_t *)bitmap_place(size);
    memset(bitmap, 0xff, size);
    for (unsigned i = 0; i < boot_memmap_entries(); i++) {
        if (!ram_pages(i, &first, &last))
            continue;
        mark(first, last - first, false);
        free_count += last - first;
    }
    reserve(0, PAGE_SIZE);
    reserve((uintptr_t)image_start, (uintptr_t)image_end);
    reserve((uintptr_t)bitmap, (uintptr_t)bitmap + size);
    for (unsigned i = 0; i < boot_modules(); i++)
        reserve(boot_module(i)->start, boot_module(i)->end);
    next_search = (uintptr_t)image_end >> PAGE_SHIFT;
}

/* First page of a free run in [from, to), or to. */
static size_t find_run(size_t from, size_t to, size_t count)
{
    size_t run = 0;
    for (size_t page = from; page < to; page++) {
        if (page % 64 == 0 && bitmap[page / 64] == ~0ul) {
            page += 63;
            run = 0;
        } else if (in_use(page)) {
            run = 0;
        } else if (++run == count) {
            return page + 1 - count;
        }
    }
    return to;
}

void *page_alloc(size_t count)
{
    bool irq = spin_lock(&lock);
    void *pages = NULL;
    size_t first = page_count;
    if (count && count <= free_count) {
        first = find_run(next_search, page_count, count);
        if (first == page_count)
            first = find_run(0, page_count, count);
    }
    if (first < page_count) {
        mark(first, count, true);
        free_count -= count;
        next_search = first + count;
        pages = (void *)(first << PAGE_SHIFT);
    }
    spin_unlock(&lock, irq);
    if (pages)
        memset(pages, 0, count << PAGE_SHIFT);
    return pages;
}

void page_free(void *pages, size_t count)
{
    size_t first = (uintptr_t)pages >> PAGE_SHIFT;
    bool irq = spin_lock(&lock);
    for (size_t i = 0; i < count; i++)
        if (first + i >= page_count || !in_use(first + i))
            panic("page %#lx freed but not allocated", (first + i) << PAGE_SHIFT);
    mark(first, count, false);
    free_count += count;
    if (first < next_search)
        next_search = first;
    spin_unlock(&lock, irq);
}

size_t pages_free(void)
{
    return READ_ONCE(free_count);
}

uint64_t memory_size(void)
{
    uint64_t size = 0;
    for (unsigned i = 0; i < boot_memmap_entries(); i++)
        if (boot_memmap(i)->ram)
            size += boot_memmap(i)->end - boot_memmap(i)->start;
    return size;
}
