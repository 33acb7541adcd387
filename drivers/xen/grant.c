/*
 * Our grant table. Its frames lie in pages of ours; free entries form a list through the refs.
 * An entry is published by writing domid and frame first and the flags last, and taken back by a
 * compare-and-exchange that fails while the hypervisor has marked it as in use.
 */
#include <ringside-rt/grant.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/spinlock.h>

#define ENTRIES_PER_FRAME (PAGE_SIZE / sizeof(struct grant_entry_v1))
#define FRAMES_MAX 64

static struct spinlock lock;
static struct grant_entry_v1 *frames[FRAMES_MAX];
static grant_ref_t *next_free[FRAMES_MAX]; /* for each entry, the next free one; 0 ends */
static unsigned frame_count;
static grant_ref_t first_free;

struct grant_entry_v1 *grant_entry(grant_ref_t ref)
{
    if (ref / ENTRIES_PER_FRAME >= frame_count)
        return NULL;
    return &frames[ref / ENTRIES_PER_FRAME][ref % ENTRIES_PER_FRAME];
}

static grant_ref_t *link_of(grant_ref_t ref)
{
    return &next_free[ref / ENTRIES_PER_FRAME][ref % ENTRIES_PER_FRAME];
}

static bool grow(void)
{
    if (frame_count == FRAMES_MAX)
        return false;
    struct grant_entry_v1 *frame = page_alloc(1);
    grant_ref_t *links = page_alloc(1);
    if (!frame || !links ||
        add_to_physmap(XENMAPSPACE_grant_table, frame_count, (uintptr_t)frame >> PAGE_SHIFT)) {
        if (frame)
            page_free(frame, 1);
        if (links)
            page_free(links, 1);
        return false;
    }
    grant_ref_t first = frame_count * ENTRIES_PER_FRAME;
    frames[frame_count] = frame;
    next_free[frame_count++] = links;
    for (grant_ref_t ref = first + ENTRIES_PER_FRAME - 1;
         ref + 1 > first && ref >= GNTTAB_NR_RESERVED_ENTRIES; ref--) {
        *link_of(ref) = first_free;
        first_free = ref;
    }
    return true;
}

unsigned grant_entries(void)
{
    bool irq = spin_lock(&lock);
    if (!frame_count)
        grow();
    spin_unlock(&lock, irq);
    return frame_count * ENTRIES_PER_FRAME;
}

int grant_access(domid_t domid, const void *page, bool readonly)
{
    bool irq = spin_lock(&lock);
    grant_ref_t ref = first_free || grow() ? first_free : 0;
    if (ref)
        first_free = *link_of(ref);
    spin_unlock(&lock, irq);
    if (!ref)
        return GNTST_no_space;
    struct grant_entry_v1 *entry = grant_entry(ref);
    WRITE_ONCE(entry->domid, domid);
    WRITE_ONCE(entry->frame, (uint32_t)((uintptr_t)page >> PAGE_SHIFT));
    write_barrier();
    WRITE_ONCE(entry->flags, GTF_permit_access | (readonly ? GTF_readonly : 0));
    return (int)ref;
}

bool grant_end_access(grant_ref_t ref)
{
    struct grant_entry_v1 *entry = grant_entry(ref);
    uint16_t flags = READ_ONCE(entry->flags);
    do {
        if (flags & (GTF_reading | GTF_writing))
            return false;
    } while (!__atomic_compare_exchange_n(&entry->flags, &flags, GTF_invalid, false,
                                          __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));
    bool irq = spin_lock(&lock);
    *link_of(ref) = first_free;
    first_free = ref;
    spin_unlock(&lock, irq);
    return true;
}
