/* memory_op: every operation's arguments good and bad. Giving memory back is in ballooning. */
#include <ringside-rt/boot.h>
#include <ringside-rt/cpu.h>
#include <ringside-rt/event.h>
#include <ringside-rt/grant.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/paging.h>
#include <ringside-rt/test.h>
#include <ringside-rt/test_pointers.h>

static void questions(void)
{
    struct xen_memory_domain self = {DOMID_SELF}, none = {0x7000}, other = {DOMID_XEN};
    long pages = HYPERVISOR_memory_op(XENMEM_current_reservation, &self);
    test_check(pages >= (long)(memory_size() >> PAGE_SHIFT) - 16, "%ld pages", pages);
    test_check(HYPERVISOR_memory_op(XENMEM_maximum_reservation, &self) >= pages, "maximum");
    test_check(HYPERVISOR_memory_op(XENMEM_maximum_gpfn, &self) >=
                   (long)((uintptr_t)image_end >> PAGE_SHIFT) - 1,
               "maximum gpfn");
    test_check(HYPERVISOR_memory_op(XENMEM_maximum_ram_page, NULL) > 0, "maximum ram page");
    test_returns(HYPERVISOR_memory_op(XENMEM_current_reservation, &none), -XEN_ESRCH);
    test_check(HYPERVISOR_memory_op(XENMEM_current_reservation, &other) < 0, "DOMID_XEN");
}

static void memory_map(void)
{
    static struct e820entry entries[32];
    struct xen_memory_map map = {.nr_entries = 32, .buffer = entries};
    uint64_t ram = 0;
    test_returns(HYPERVISOR_memory_op(XENMEM_memory_map, &map), 0);
    test_equal(map.nr_entries, boot_memmap_entries());
    for (unsigned i = 0; i < map.nr_entries && i < 32; i++)
        if (entries[i].type == XEN_HVM_MEMMAP_TYPE_RAM)
            ram += entries[i].size;
    test_equal(ram, memory_size());
    map.buffer = test_bad_pointer(1);
    test_returns(HYPERVISOR_memory_op(XENMEM_memory_map, &map), -XEN_EFAULT);
    map.buffer = test_readonly_page();
    test_returns(HYPERVISOR_memory_op(XENMEM_memory_map, &map), -XEN_EFAULT);
}

static long add(domid_t domid, unsigned space, uint64_t index, uint64_t gfn)
{
    struct xen_add_to_physmap arg = {
        .domid = domid, .space = space, .idx = index, .gpfn = gfn};
    return HYPERVISOR_memory_op(XENMEM_add_to_physmap, &arg);
}

static void add_to_physmap_bad(uint64_t gfn)
{
    test_returns(add(DOMID_SELF, 99, 0, gfn), -XEN_EINVAL);
    test_returns(add(DOMID_SELF, 0xffffffff, 0, gfn), -XEN_EINVAL);
    test_returns(add(DOMID_SELF, XENMAPSPACE_shared_info, 1, gfn), -XEN_EINVAL);
    test_returns(add(DOMID_SELF, XENMAPSPACE_grant_table, 1ul << 20, gfn), -XEN_EINVAL);
    test_returns(add(DOMID_SELF, XENMAPSPACE_grant_table, 1ul << 63, gfn), -XEN_EINVAL);
    test_returns(add(DOMID_SELF, XENMAPSPACE_gmfn, 1ul << 40, gfn), -XEN_EINVAL);
    test_returns(add(DOMID_SELF, XENMAPSPACE_shared_info, 0, 1ul << 52), -XEN_EINVAL);
    test_returns(add(DOMID_SELF, XENMAPSPACE_shared_info, 0, ~0ul), -XEN_EINVAL);
    test_returns(add(0x7000, XENMAPSPACE_shared_info, 0, gfn), -XEN_ESRCH);
}

/* The shared info page moves to a frame behind all RAM, and back again. */
static void move_shared_info(uint64_t gfn)
{
    uint64_t home = (uintptr_t)&shared_info >> PAGE_SHIFT;
    bool irq = irq_save();
    test_returns(add(DOMID_SELF, XENMAPSPACE_shared_info, 0, gfn), 0);
    paging_map(gfn << PAGE_SHIFT, gfn << PAGE_SHIFT, 1, PAGING_WRITE);
    struct shared_info *moved = (struct shared_info *)(gfn << PAGE_SHIFT);
    test_check(moved->vcpu_info[0].time.tsc_to_system_mul != 0, "moved page is empty");
    test_returns(add(DOMID_SELF, XENMAPSPACE_shared_info, 0, home), 0);
    test_check(shared_info.vcpu_info[0].time.tsc_to_system_mul != 0, "page did not come back");
    irq_restore(irq);
    struct xen_remove_from_physmap remove = {.domid = DOMID_SELF, .gpfn = gfn};
    test_returns(HYPERVISOR_memory_op(XENMEM_remove_from_physmap, &remove), -XEN_ENOENT);
}

/* A page of RAM appears at another frame, where it is the same memory; then it is removed. */
static void move_ram(uint64_t gfn)
{
    uint64_t *page = page_alloc(1), *moved = (uint64_t *)(gfn << PAGE_SHIFT);
    test_need(page);
    page[7] = 0x5ca1ab1e;
    test_returns(add(DOMID_SELF, XENMAPSPACE_gmfn, (uintptr_t)page >> PAGE_SHIFT, gfn), 0);
    paging_map(gfn << PAGE_SHIFT, gfn << PAGE_SHIFT, 1, PAGING_WRITE);
    test_equal(moved[7], 0x5ca1ab1e);
    struct xen_remove_from_physmap remove = {.domid = DOMID_SELF, .gpfn = gfn};
    test_returns(HYPERVISOR_memory_op(XENMEM_remove_from_physmap, &remove), 0);
    test_returns(HYPERVISOR_memory_op(XENMEM_remove_from_physmap, &remove), -XEN_ENOENT);
}

static void batch(uint64_t gfn)
{
    xen_ulong_t idxs[3] = {0, 1ul << 30, 0};
    xen_pfn_t gpfns[3] = {gfn, gfn + 1, ~0ul};
    int32_t errs[3] = {99, 99, 99};
    struct xen_add_to_physmap_batch arg = {
        .domid = DOMID_SELF,
        .space = XENMAPSPACE_grant_table,
        .size = 3,
        .idxs = idxs,
        .gpfns = gpfns,
        .errs = errs,
    };
    test_returns(HYPERVISOR_memory_op(XENMEM_add_to_physmap_batch, &arg), 0);
    test_equal(errs[0], 0);
    test_equal(errs[1], -XEN_EINVAL);
    test_equal(errs[2], -XEN_EINVAL);
    arg.errs = test_readonly_page();
    test_returns(HYPERVISOR_memory_op(XENMEM_add_to_physmap_batch, &arg), -XEN_EFAULT);
    arg.idxs = test_bad_pointer(2);
    test_returns(HYPERVISOR_memory_op(XENMEM_add_to_physmap_batch, &arg), -XEN_EFAULT);
}

static void bad_pointers(void)
{
    const unsigned ops[] = {
        XENMEM_increase_reservation, XENMEM_decrease_reservation, XENMEM_current_reservation,
        XENMEM_maximum_reservation,  XENMEM_populate_physmap,     XENMEM_add_to_physmap,
        XENMEM_memory_map,           XENMEM_maximum_gpfn,         XENMEM_remove_from_physmap,
        XENMEM_add_to_physmap_batch,
    };
    for (unsigned i = 0; i < ARRAY_SIZE(ops); i++)
        for (unsigned j = 0; j < TEST_BAD_POINTERS; j++)
            test_check(HYPERVISOR_memory_op(ops[i], test_bad_pointer(j)) == -XEN_EFAULT,
                       "op %u takes %s", ops[i], test_bad_pointer_name(j));
}

void test_main(void)
{
    uint64_t gfn = grant_window_take(1), next = grant_window_take(1);
    test_need(gfn && next);
    questions();
    memory_map();
    add_to_physmap_bad(gfn);
    move_shared_info(gfn);
    move_ram(gfn);
    batch(gfn);
    bad_pointers();
    test_returns(HYPERVISOR_memory_op(63, NULL), -XEN_ENOSYS);
}
