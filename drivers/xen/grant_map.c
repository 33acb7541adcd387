/*
 * Foreign pages. They appear in the grant window, guest frames behind all RAM, which are mapped in
 * our page tables at their own address for as long as the grant is.
 */
#include <ringside-rt/boot.h>
#include <ringside-rt/grant.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/paging.h>
#include <ringside-rt/print.h>
#include <ringside-rt/spinlock.h>

#define WINDOW_FRAMES 4096

static struct spinlock lock;
static uint64_t used[WINDOW_FRAMES / 64];
static uint64_t window; /* first gfn; 0: not chosen yet */

/* The first frame behind all ranges of the memory map that begin below 3 GiB, with a gap. */
static void choose_window(void)
{
    uint64_t end = 0;
    for (unsigned i = 0; i < boot_memmap_entries(); i++)
        if (boot_memmap(i)->start < 3ul << 30 && boot_memmap(i)->end > end)
            end = boot_memmap(i)->end;
    window = ALIGN_UP(end >> PAGE_SHIFT, 512) + 512;
}

uint64_t grant_window_take(void)
{
    uint64_t gfn = 0;
    bool irq = spin_lock(&lock);
    if (!window)
        choose_window();
    for (unsigned i = 0; i < ARRAY_SIZE(used) && !gfn; i++) {
        if (used[i] == ~0ul)
            continue;
        unsigned bit = (unsigned)__builtin_ctzl(~used[i]);
        used[i] |= 1ul << bit;
        gfn = window + i * 64 + bit;
    }
    spin_unlock(&lock, irq);
    return gfn;
}

void grant_window_give(uint64_t gfn)
{
    uint64_t i = gfn - window;
    panic_unless(i < WINDOW_FRAMES);
    bool irq = spin_lock(&lock);
    used[i / 64] &= ~(1ul << i % 64);
    spin_unlock(&lock, irq);
}

int grant_map(domid_t domid, grant_ref_t ref, unsigned flags, struct grant_mapping *mapping)
{
    uint64_t gfn = grant_window_take();
    if (!gfn)
        return GNTST_no_space;
    struct gnttab_map_grant_ref op = {
        .host_addr = gfn << PAGE_SHIFT,
        .flags = GNTMAP_host_map | flags,
        .ref = ref,
        .dom = domid,
    };
    if (HYPERVISOR_grant_table_op(GNTTABOP_map_grant_ref, &op, 1))
        op.status = GNTST_general_error;
    if (op.status) {
        grant_window_give(gfn);
        return op.status;
    }
    paging_map(gfn << PAGE_SHIFT, gfn << PAGE_SHIFT, 1,
               flags & GNTMAP_readonly ? PAGING_READ : PAGING_WRITE);
    *mapping = (struct grant_mapping){(void *)(gfn << PAGE_SHIFT), op.handle};
    return GNTST_okay;
}

int grant_unmap(struct grant_mapping *mapping)
{
    struct gnttab_unmap_grant_ref op = {
        .host_addr = (uintptr_t)mapping->address,
        .handle = mapping->handle,
    };
    if (HYPERVISOR_grant_table_op(GNTTABOP_unmap_grant_ref, &op, 1))
        return GNTST_general_error;
    if (op.status)
        return op.status;
    paging_unmap((uintptr_t)mapping->address, 1);
    grant_window_give((uintptr_t)mapping->address >> PAGE_SHIFT);
    mapping->address = NULL;
    return GNTST_okay;
}

static struct gnttab_copy_ptr own(const void *address)
{
    return (struct gnttab_copy_ptr){
        .u.gmfn = (uintptr_t)address >> PAGE_SHIFT,
        .domid = DOMID_SELF,
        .offset = (uintptr_t)address % PAGE_SIZE,
    };
}

static struct gnttab_copy_ptr granted(domid_t domid, grant_ref_t ref, unsigned offset)
{
    return (struct gnttab_copy_ptr){.u.ref = ref, .domid = domid, .offset = (uint16_t)offset};
}

static int copy(struct gnttab_copy *op)
{
    if (HYPERVISOR_grant_table_op(GNTTABOP_copy, op, 1))
        return GNTST_general_error;
    return op->status;
}

int grant_copy_from(domid_t domid, grant_ref_t ref, unsigned offset, void *to, unsigned length)
{
    struct gnttab_copy op = {
        .source = granted(domid, ref, offset),
        .dest = own(to),
        .len = (uint16_t)length,
        .flags = GNTCOPY_source_gref,
    };
    return copy(&op);
}

int grant_copy_to(domid_t domid, grant_ref_t ref, unsigned offset, const void *from,
                  unsigned length)
{
    struct gnttab_copy op = {
        .source = own(from),
        .dest = granted(domid, ref, offset),
        .len = (uint16_t)length,
        .flags = GNTCOPY_dest_gref,
    };
    return copy(&op);
}
