/* The bad pointers. Those that need page tables get them on first use, above 4 GiB. */
#include <ringside-rt/memory.h>
#include <ringside-rt/paging.h>
#include <ringside-rt/print.h>
#include <ringside-rt/test_pointers.h>

#define PLAYGROUND 0x100000000000ul

static const char *const names[TEST_BAD_POINTERS] = {
    "the null page",      "an unmapped address",  "a non-canonical address",
    "the last byte",      "an unmapped upper half", "the end of the last mapped page",
    "a page of no memory", "a page beyond physical addresses",
};

static void prepare(void)
{
    static void *page;
    if (page)
        return;
    page = page_alloc(1);
    panic_unless(page);
    paging_map(PLAYGROUND, (uintptr_t)page, 1, PAGING_WRITE);
    paging_map(PLAYGROUND + 4 * PAGE_SIZE, 1ul << 35, 1, PAGING_WRITE);
    paging_map(PLAYGROUND + 8 * PAGE_SIZE, 1ul << 46, 1, PAGING_WRITE);
}

void *test_bad_pointer(unsigned index)
{
    prepare();
    const uintptr_t pointers[TEST_BAD_POINTERS] = {
        16,
        0x7f0000000000ul,
        0x0001000000000000ul,
        ~0ul,
        0xffff800000000000ul,
        PLAYGROUND + PAGE_SIZE - 1,
        PLAYGROUND + 4 * PAGE_SIZE,
        PLAYGROUND + 8 * PAGE_SIZE,
    };
    return (void *)pointers[index];
}

const char *test_bad_pointer_name(unsigned index)
{
    return names[index];
}

void *test_readonly_page(void)
{
    static void *page;
    if (!page) {
        page = page_alloc(1);
        panic_unless(page);
        paging_protect((uintptr_t)page, 1, PAGING_READ);
    }
    return page;
}
