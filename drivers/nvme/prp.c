/*
 * Physical region pages (NVMe 1.4, 4.3). A list that is longer than the rest of its page goes on in
 * another: then the last entry of the page names the next one instead of data.
 */
#include <ringside-rt/nvme_controller.h>
#include <ringside/errno.h>

#define ENTRIES_PER_PAGE (PAGE_SIZE / 8)

size_t nvme_prp_list_bytes(uint64_t max_transfer)
{
    size_t entries = max_transfer / PAGE_SIZE, bytes = 64; /* a piece begins on its cache line */
    if (entries > ENTRIES_PER_PAGE)
        return (entries + ENTRIES_PER_PAGE - 2) / (ENTRIES_PER_PAGE - 1) * PAGE_SIZE;
    while (bytes < 8 * entries)
        bytes *= 2;
    return bytes;
}

/* Pages that the runs touch; 0: PRPs cannot express them. */
static uint64_t count_pages(const struct nvme_run *runs, unsigned count)
{
    uint64_t pages = 0;
    for (unsigned i = 0; i < count; i++) {
        uint64_t from = runs[i].address, to = from + runs[i].bytes;
        if (to <= from || from % (i ? PAGE_SIZE : 4) || (i + 1 < count && to % PAGE_SIZE))
            return 0;
        pages += ((to - 1) >> PAGE_SHIFT) - (from >> PAGE_SHIFT) + 1;
    }
    return pages;
}

/* Where the pages of the runs are, one after the other. */
struct cursor {
    const struct nvme_run *run;
    uint64_t at;
};

static uint64_t next_page(struct cursor *cursor)
{
    uint64_t page = cursor->at;
    cursor->at = ALIGN_DOWN(page, PAGE_SIZE) + PAGE_SIZE;
    if (cursor->at >= cursor->run->address + cursor->run->bytes)
        cursor->at = (++cursor->run)->address;
    return page;
}

static int build_list(struct cursor *cursor, uint64_t pages, uint64_t *list, size_t list_bytes)
{
    uint64_t *end = list + list_bytes / 8;
    for (; pages; pages--, list++) {
        bool last_of_page = ((uintptr_t)(list + 1) & (PAGE_SIZE - 1)) == 0;
        if (last_of_page && pages > 1 && list < end) {
            *list = (uintptr_t)(list + 1);
            list++;
        }
        if (list >= end)
            return -XEN_E2BIG;
        *list = pages > 1 ? next_page(cursor) : cursor->at;
    }
    return 0;
}

int nvme_prp_build(struct nvme_sqe *sqe, const struct nvme_run *runs, unsigned count,
                   uint64_t *list, size_t list_bytes)
{
    uint64_t pages = count_pages(runs, count);
    if (!pages)
        return count ? -XEN_EINVAL : 0;
    struct cursor cursor = {runs, runs[0].address};
    sqe->prp1 = cursor.at;
    sqe->prp2 = 0;
    if (pages == 1)
        return 0;
    next_page(&cursor);
    if (pages == 2) {
        sqe->prp2 = cursor.at;
        return 0;
    }
    sqe->prp2 = (uintptr_t)list;
    return build_list(&cursor, pages - 1, list, list_bytes);
}
