/*
 * A domain that just works, beside others that do not: fills its memory with a pattern, then sleeps
 * and computes in turns for ms=N milliseconds, and finds everything as it was.
 */
#include <ringside-rt/cmdline.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/test.h>
#include <ringside-rt/timer.h>

#define PAGES_MAX 8192

static uint64_t *pages[PAGES_MAX];
static unsigned count;

/* A word for every place. */
static uint64_t pattern(unsigned page, unsigned word)
{
    return ((uint64_t)page << 32 | word) * 0x9e3779b97f4a7c15;
}

static void fill(void)
{
    while (count < PAGES_MAX && pages_free() > 64 && (pages[count] = page_alloc(1))) {
        for (unsigned word = 0; word < 512; word += 8)
            pages[count][word] = pattern(count, word);
        count++;
    }
}

static void verify(void)
{
    for (unsigned page = 0; page < count; page++)
        for (unsigned word = 0; word < 512; word += 8)
            if (!test_equal(pages[page][word], pattern(page, word)))
                return;
}

void test_main(void)
{
    fill();
    test_check(count > 100, "only %u pages", count);
    uint64_t end = clock_ns() + cmdline_u64("ms", 100) * NS_PER_MS;
    unsigned slices = 0;
    while (clock_ns() < end) {
        sleep_ns(10 * NS_PER_MS);
        slices++;
    }
    verify();
    test_check(slices > 0, "never slept");
}
