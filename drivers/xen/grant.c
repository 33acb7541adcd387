/*
 * Our grant table. Its frames lie in pages of ours; a bitmap says which entries are taken.
 * An entry is published by writing domid and frame first and the flags last, and taken back by a
 * compare-and-exchange that fails while the hypervisor has marked it as in use.
 */
#include <ringside-rt/bitmap.h>
#include <ringside-rt/grant.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/spinlock.h>

#define ENTRIES_PER_FRAME (PAGE_SIZE / sizeof(struct grant_entry_v1))
#define FRAMES_MAX 512
#define ENTRIES_MAX (FRAMES_MAX * ENTRIES_PER_FRAME)

static struct spinlock lock;
static struct grant_entry_v1 *frames[FRAMES_MAX];
static unsigned frame_count;
static uint64_t taken_bits[BITMAP_WORDS(ENTRIES_MAX)];
static struct bitmap taken = {taken_bits, 0, 0};

struct grant_entry_v1 *grant_entry(grant_ref_t ref)
{
    if (ref / ENTRIES_PER_FRAME >= frame_count)
        return NULL;
    return &frames[ref / ENTRIES_PER_FRAME][ref % ENTRIES_PER_FRAME];
}

static bool grow(void)
{
    struct grant_entry_v1 *frame = frame_count < FRAMES_MAX ? page_alloc(1) : NULL;
    if (!frame)
        return false;
    if (add_to_physmap(XENMAPSPACE_grant_table, frame_count, (uintptr_t)frame >> PAGE_SHIFT)) {
        page_free(frame, 1);
        return false;
    }
    frames[frame_count++] = frame;
    taken.size = frame_count * ENTRIES_PER_FRAME;
    if (frame_count == 1)
        bitmap_set(&taken, 0, GNTTAB_NR_RESERVED_ENTRIES);
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

/* The first of so many free references in a row, which are taken now; 0 when there are none. */
static grant_ref_t take(unsigned count)
{
    bool irq = spin_lock(&lock);
    long first = bitmap_find(&taken, count);
    while (first < 0 && grow())
        first = bitmap_find(&taken, count);
    if (first >= 0)
        bitmap_set(&taken, (unsigned)first, count);
    spin_unlock(&lock, irq);
    return first < 0 ? 0 : (grant_ref_t)first;
}

static void publish(grant_ref_t ref, domid_t domid, const void *page, uint16_t flags)
{
    struct grant_entry_v1 *entry = grant_entry(ref);
    WRITE_ONCE(entry->domid, domid);
    WRITE_ONCE(entry->frame, (uint32_t)((uintptr_t)page >> PAGE_SHIFT));
    write_barrier();
    WRITE_ONCE(entry->flags, flags);
}

int grant_access_range(domid_t domid, const void *pages, unsigned count, bool readonly)
{
    grant_ref_t first = count > 0 && count <= ENTRIES_MAX ? take(count) : 0;
    if (!first)
        return GNTST_no_space;
    uint16_t flags = GTF_permit_access | (readonly ? GTF_readonly : 0);
    for (unsigned i = 0; i < count; i++)
        publish(first + i, domid, (const char *)pages + (size_t)i * PAGE_SIZE, flags);
    return (int)first;
}

int grant_access(domid_t domid, const void *page, bool readonly)
{
    return grant_access_range(domid, page, 1, readonly);
}

static bool withdraw(grant_ref_t ref)
{
    struct grant_entry_v1 *entry = grant_entry(ref);
    uint16_t flags = READ_ONCE(entry->flags);
    do {
        if (flags & (GTF_reading | GTF_writing))
            return false;
    } while (!__atomic_compare_exchange_n(&entry->flags, &flags, GTF_invalid, false,
                                          __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));
    return true;
}

unsigned grant_end_range(grant_ref_t first, unsigned count)
{
    unsigned left = 0;
    for (grant_ref_t ref = first; ref < first + count; ref++) {
        if (!withdraw(ref)) {
            left++;
            continue;
        }
        bool irq = spin_lock(&lock);
        bitmap_clear(&taken, ref, 1);
        spin_unlock(&lock, irq);
    }
    return left;
}

bool grant_end_access(grant_ref_t ref)
{
    return grant_end_range(ref, 1) == 0;
}
