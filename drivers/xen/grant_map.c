/*
 * Foreign pages. They appear in the grant window, guest frames behind all RAM, which are mapped in
 * our page tables at their own address for as long as the grant is. Long runs go to the hypervisor
 * in lists of LIST elements.
 */
#include <ringside-rt/bitmap.h>
#include <ringside-rt/boot.h>
#include <ringside-rt/grant.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/paging.h>
#include <ringside-rt/print.h>
#include <ringside-rt/spinlock.h>

#define LIST 1024u

/* Devices and the hypervisor's own pages lie between here and 4 GiB. */
#define HOLE_START (0xf0000000ul >> PAGE_SHIFT)
#define HOLE_END (1ul << (32 - PAGE_SHIFT))

static struct spinlock lock;
static uint64_t used_bits[BITMAP_WORDS(GRANT_WINDOW_FRAMES)];
static struct bitmap used = {used_bits, GRANT_WINDOW_FRAMES, 0};
static uint64_t window; /* first gfn; 0: not chosen yet */

/* Behind all RAM below a limit, a frame number, with a gap. */
static uint64_t behind_ram(uint64_t limit)
{
    uint64_t end = 0;
    for (unsigned i = 0; i < boot_memmap_entries(); i++) {
        const struct boot_range *r = boot_memmap(i);
        if (r->ram && r->start >> PAGE_SHIFT < limit && r->end > end)
            end = r->end;
    }
    return ALIGN_UP(end >> PAGE_SHIFT, 512) + 512;
}

static void choose_window(void)
{
    window = behind_ram(HOLE_START);
    if (window + GRANT_WINDOW_FRAMES > HOLE_START)
        window = behind_ram(~0ul);
    if (window + GRANT_WINDOW_FRAMES > HOLE_START && window < HOLE_END)
        window = HOLE_END;
}

uint64_t grant_window_take(unsigned count)
{
    bool irq = spin_lock(&lock);
    if (!window)
        choose_window();
    long first = bitmap_find(&used, count);
    if (first >= 0)
        bitmap_set(&used, (unsigned)first, count);
    spin_unlock(&lock, irq);
    return first < 0 ? 0 : window + (uint64_t)first;
}

void grant_window_give(uint64_t gfn, unsigned count)
{
    uint64_t first = gfn - window;
    panic_unless(first < GRANT_WINDOW_FRAMES && count <= GRANT_WINDOW_FRAMES - first);
    bool irq = spin_lock(&lock);
    bitmap_clear(&used, (unsigned)first, count);
    spin_unlock(&lock, irq);
}

static void unmap_list(struct gnttab_unmap_grant_ref *ops, uint64_t gfn, unsigned count,
                       const grant_handle_t *handles)
{
    for (unsigned i = 0; i < count; i++)
        ops[i] = (struct gnttab_unmap_grant_ref){
            .host_addr = (gfn + i) << PAGE_SHIFT,
            .handle = handles[i],
        };
    long rc = HYPERVISOR_grant_table_op(GNTTABOP_unmap_grant_ref, ops, count);
    for (unsigned i = 0; i < count; i++)
        if (rc || ops[i].status)
            panic("frame %#lx is not unmapped: %ld, %d", gfn + i, rc, ops[i].status);
}

/* Handles of those that were mapped stand in the front; returns how many, and why no more. */
static unsigned map_list(struct gnttab_map_grant_ref *ops, domid_t domid, grant_ref_t ref,
                         uint64_t gfn, unsigned count, unsigned flags, grant_handle_t *handles,
                         int *status)
{
    for (unsigned i = 0; i < count; i++)
        ops[i] = (struct gnttab_map_grant_ref){
            .host_addr = (gfn + i) << PAGE_SHIFT,
            .flags = GNTMAP_host_map | flags,
            .ref = ref + i,
            .dom = domid,
        };
    *status = GNTST_general_error;
    if (HYPERVISOR_grant_table_op(GNTTABOP_map_grant_ref, ops, count))
        return 0;
    unsigned mapped = 0;
    while (mapped < count && !ops[mapped].status) {
        handles[mapped] = ops[mapped].handle;
        mapped++;
    }
    *status = mapped < count ? ops[mapped].status : GNTST_okay;
    for (unsigned i = mapped; i < count; i++) /* one behind the first failure may be mapped */
        if (!ops[i].status) {
            struct gnttab_unmap_grant_ref op;
            unmap_list(&op, gfn + i, 1, &ops[i].handle);
        }
    return mapped;
}

/* In lists of so many elements. */
static void unmap_all(void *list, unsigned elements, uint64_t gfn, unsigned count,
                      const grant_handle_t *handles)
{
    for (unsigned done = 0; done < count; done += elements) {
        unsigned part = count - done < elements ? count - done : elements;
        unmap_list(list, gfn + done, part, handles + done);
    }
}

static size_t list_pages(unsigned count)
{
    size_t bytes = (count < LIST ? count : LIST) * sizeof(struct gnttab_map_grant_ref);
    return (bytes + PAGE_SIZE - 1) >> PAGE_SHIFT;
}

static int map_all(void *list, domid_t domid, grant_ref_t first, unsigned flags, uint64_t gfn,
                   struct grant_range *range)
{
    int status = GNTST_okay;
    for (unsigned done = 0; done < range->count && !status;) {
        unsigned part = range->count - done < LIST ? range->count - done : LIST;
        done += map_list(list, domid, first + done, gfn + done, part, flags,
                         range->handles + done, &status);
        if (status)
            unmap_all(list, LIST, gfn, done, range->handles);
    }
    return status;
}

int grant_map_range(domid_t domid, grant_ref_t first, unsigned count, unsigned flags,
                    struct grant_range *range)
{
    uint64_t gfn = count ? grant_window_take(count) : 0;
    if (!gfn)
        return GNTST_no_space;
    void *list = page_alloc(list_pages(count));
    grant_handle_t *handles = kmalloc(count * sizeof(*handles));
    *range = (struct grant_range){(void *)(gfn << PAGE_SHIFT), count, handles};
    int status = list && handles ? map_all(list, domid, first, flags, gfn, range) : GNTST_no_space;
    if (list)
        page_free(list, list_pages(count));
    if (status) {
        kfree(handles);
        grant_window_give(gfn, count);
        *range = (struct grant_range){0};
        return status;
    }
    paging_map(gfn << PAGE_SHIFT, gfn << PAGE_SHIFT, count,
               flags & GNTMAP_readonly ? PAGING_READ : PAGING_WRITE);
    return GNTST_okay;
}

void grant_unmap_range(struct grant_range *range)
{
    uint64_t gfn = (uintptr_t)range->address >> PAGE_SHIFT;
    struct gnttab_unmap_grant_ref one; /* does, too, when there is no memory for a list */
    void *list = page_alloc(list_pages(range->count));
    unmap_all(list ? list : &one, list ? LIST : 1, gfn, range->count, range->handles);
    if (list)
        page_free(list, list_pages(range->count));
    paging_unmap((uintptr_t)range->address, range->count);
    kfree(range->handles);
    grant_window_give(gfn, range->count);
    *range = (struct grant_range){0};
}

int grant_map(domid_t domid, grant_ref_t ref, unsigned flags, struct grant_mapping *mapping)
{
    uint64_t gfn = grant_window_take(1);
    if (!gfn)
        return GNTST_no_space;
    struct gnttab_map_grant_ref op;
    int status;
    if (!map_list(&op, domid, ref, gfn, 1, flags, &mapping->handle, &status)) {
        grant_window_give(gfn, 1);
        return status;
    }
    paging_map(gfn << PAGE_SHIFT, gfn << PAGE_SHIFT, 1,
               flags & GNTMAP_readonly ? PAGING_READ : PAGING_WRITE);
    mapping->address = (void *)(gfn << PAGE_SHIFT);
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
    grant_window_give((uintptr_t)mapping->address >> PAGE_SHIFT, 1);
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
