/* Runs of grants and of mappings: a domain maps its own pages a second time, many at once. */
#include <ringside-rt/bitmap.h>
#include <ringside-rt/grant.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/paging.h>
#include <ringside-rt/string.h>
#include <ringside-rt/test.h>

#define PAGES 3000u
#define MIDDLE 1500u
#define WORDS_PER_PAGE (PAGE_SIZE / sizeof(uint64_t))

static uint64_t *pages;
static domid_t self;

static void seen_twice(grant_ref_t first)
{
    struct grant_range range;
    test_status(grant_map_range(self, first, PAGES, 0, &range), GNTST_okay);
    test_equal(range.count, PAGES);
    volatile uint64_t *mapped = range.address;
    unsigned wrong = 0;
    for (unsigned i = 0; i < PAGES; i++) {
        wrong += mapped[i * WORDS_PER_PAGE] != i;
        mapped[i * WORDS_PER_PAGE + 1] = ~(uint64_t)i;
    }
    for (unsigned i = 0; i < PAGES; i++)
        wrong += pages[i * WORDS_PER_PAGE + 1] != ~(uint64_t)i;
    test_equal(wrong, 0);
    test_equal(grant_end_range(first + MIDDLE, 2), 2); /* in use */
    void *address = range.address;
    grant_unmap_range(&range);
    test_check(!paging_is_mapped((uintptr_t)address), "still mapped");
    test_check(range.address == NULL, "the range still has an address");
}

static void all_or_none(grant_ref_t first)
{
    struct grant_range range;
    test_equal(grant_end_range(first + MIDDLE, 1), 0);
    test_check(grant_map_range(self, first, PAGES, 0, &range) < 0, "mapped what is not granted");
    test_equal(grant_end_range(first, MIDDLE), 0);
    test_equal(grant_end_range(first + MIDDLE + 1, PAGES - MIDDLE - 1), 0);
}

static void limits(void)
{
    struct grant_range range;
    unsigned entries = grant_entries();
    test_equal(grant_access_range(self, pages, 0, false), GNTST_no_space);
    test_equal(grant_access_range(self, pages, 1u << 30, false), GNTST_no_space);
    test_equal(grant_entries(), entries);
    test_equal(grant_map_range(self, 8, 0, 0, &range), GNTST_no_space);
    test_equal(grant_map_range(self, 8, GRANT_WINDOW_FRAMES + 1, 0, &range), GNTST_no_space);
    uint64_t all = grant_window_take(GRANT_WINDOW_FRAMES);
    test_check(all != 0, "the window is not whole any more");
    test_equal(grant_window_take(1), 0);
    test_equal(grant_map_range(self, 8, 1, 0, &range), GNTST_no_space);
    grant_window_give(all, GRANT_WINDOW_FRAMES);
}

static void read_only(void)
{
    struct grant_range range;
    int first = grant_access_range(self, pages, 2, true);
    test_need(first > 0);
    test_check(grant_map_range(self, (grant_ref_t)first, 2, 0, &range) < 0, "mapped for writing");
    test_status(grant_map_range(self, (grant_ref_t)first, 2, GNTMAP_readonly, &range), GNTST_okay);
    grant_unmap_range(&range);
    test_equal(grant_end_range((grant_ref_t)first, 2), 0);
}

/* 200 bits: runs across words, up to the end, and none that is a bit too long. */
static void bitmaps(void)
{
    uint64_t words[BITMAP_WORDS(200)] = {0};
    struct bitmap map = {words, 200, 0};
    test_equal(bitmap_find(&map, 200), 0);
    test_equal(bitmap_find(&map, 201), -1);
    bitmap_set(&map, 0, 64);
    bitmap_set(&map, 66, 1);
    test_equal(bitmap_find(&map, 1), 64);
    test_equal(bitmap_find(&map, 3), 67);
    test_equal(bitmap_find(&map, 133), 67);
    test_equal(bitmap_find(&map, 134), -1);
    bitmap_clear(&map, 10, 54);
    test_equal(bitmap_find(&map, 56), 10);
    bitmap_set(&map, 10, 190);
    test_equal(bitmap_find(&map, 1), -1);
    bitmap_clear(&map, 199, 1);
    test_equal(bitmap_find(&map, 1), 199);
}

void test_main(void)
{
    self = (domid_t)test_own_domid();
    pages = page_alloc(PAGES);
    test_need(pages);
    for (unsigned i = 0; i < PAGES; i++)
        pages[i * WORDS_PER_PAGE] = i;
    bitmaps();
    int first = grant_access_range(self, pages, PAGES, false);
    test_check(first >= GNTTAB_NR_RESERVED_ENTRIES, "the first reference is %d", first);
    seen_twice((grant_ref_t)first);
    all_or_none((grant_ref_t)first);
    test_equal(grant_access_range(self, pages, PAGES, false), first);
    test_equal(grant_end_range((grant_ref_t)first, PAGES), 0);
    read_only();
    limits();
}
