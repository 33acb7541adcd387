/* Giving memory back, and getting it again: zeroed, counted, and never twice. */
#include <ringside-rt/hypercall.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/test.h>
#include <ringside-rt/test_pointers.h>

#define PAGES 8

static char *pages;
static xen_pfn_t gfns[PAGES];

static long change(unsigned op, xen_pfn_t *extents, uint64_t count, unsigned order)
{
    struct xen_memory_reservation arg = {
        .extent_start = extents,
        .nr_extents = count,
        .extent_order = order,
        .domid = DOMID_SELF,
    };
    return HYPERVISOR_memory_op(op, &arg);
}

static long reservation(void)
{
    struct xen_memory_domain self = {DOMID_SELF};
    return HYPERVISOR_memory_op(XENMEM_current_reservation, &self);
}

static void give_and_take(void)
{
    long before = reservation();
    for (unsigned i = 0; i < PAGES; i++)
        pages[i * PAGE_SIZE] = (char)(i + 1);
    test_returns(change(XENMEM_decrease_reservation, gfns, PAGES, 0), PAGES);
    test_returns(reservation(), before - PAGES);
    test_equal(*(volatile uint32_t *)pages, 0xffffffff);
    test_returns(change(XENMEM_decrease_reservation, gfns, PAGES, 0), 0);
    test_returns(change(XENMEM_populate_physmap, gfns, PAGES, 0), PAGES);
    test_returns(reservation(), before);
    for (unsigned i = 0; i < PAGES; i++)
        test_equal(pages[i * PAGE_SIZE], 0);
    pages[0] = 1;
    test_equal(pages[0], 1);
}

static void order(void)
{
    test_need(gfns[0] % PAGES == 0);
    test_returns(change(XENMEM_decrease_reservation, gfns, 1, 3), 1);
    test_returns(change(XENMEM_populate_physmap, gfns, 1, 3), 1);
    pages[PAGES * PAGE_SIZE - 1] = 5;
    test_equal(pages[PAGES * PAGE_SIZE - 1], 5);
}

static void bad(void)
{
    xen_pfn_t outside[2] = {~0ul, 1ul << 52};
    struct xen_memory_reservation foreign = {
        .extent_start = gfns, .nr_extents = 1, .domid = 0x7000};
    test_returns(change(XENMEM_decrease_reservation, outside, 1, 0), 0);
    test_returns(change(XENMEM_populate_physmap, outside, 1, 0), 0);
    test_returns(change(XENMEM_decrease_reservation, gfns, 0, 0), 0);
    test_check(change(XENMEM_populate_physmap, gfns, 1, 63) <= 0, "order 63");
    test_check(change(XENMEM_populate_physmap, gfns, 1, 0xffffffff) <= 0, "order 2^32-1");
    test_check(change(XENMEM_decrease_reservation, gfns, ~0ul, 0) <= 0, "2^64-1 extents");
    test_check(change(XENMEM_decrease_reservation, test_bad_pointer(1), 4, 0) <= 0, "bad list");
    test_check(HYPERVISOR_memory_op(XENMEM_decrease_reservation, &foreign) <= 0, "foreign domain");
}

void test_main(void)
{
    char *run = page_alloc(2 * PAGES);
    test_need(run);
    pages = (char *)ALIGN_UP((uintptr_t)run, PAGES * PAGE_SIZE);
    for (unsigned i = 0; i < PAGES; i++)
        gfns[i] = ((uintptr_t)pages >> PAGE_SHIFT) + i;
    give_and_take();
    order();
    bad();
    /* After a list that could not be read nothing has changed. */
    pages[0] = 7;
    test_equal(pages[0], 7);
}
