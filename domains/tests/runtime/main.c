/* The runtime itself: formatted text, strings, memory. */
#include <ringside-rt/memory.h>
#include <ringside-rt/print.h>
#include <ringside-rt/random.h>
#include <ringside-rt/string.h>
#include <ringside-rt/test.h>

static void text(const char *expected, const char *format, ...) PRINTF_LIKE(2, 3);

static void text(const char *expected, const char *format, ...)
{
    char got[128];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(got, sizeof(got), format, args);
    va_end(args);
    test_check(strcmp(got, expected) == 0, "\"%s\": expected \"%s\", got \"%s\"", format, expected,
               got);
    test_equal(length, strlen(expected));
}

static void formats(void)
{
    char small[4];
    text("0 -1 +5", "%d %d %+d", 0, -1, 5);
    text("-9223372036854775808", "%ld", INT64_MIN);
    text("18446744073709551615", "%lu", UINT64_MAX);
    text("  42|42  |0042", "%4d|%-4d|%04d", 42, 42, 42);
    text("ff FF 0xff 377", "%x %X %#x %o", 255, 255, 255, 255);
    text("00ff| 00ff", "%.4x|%5.4x", 255, 255);
    text("abc|  abc|abc  |ab", "%s|%5s|%-5s|%.2s", "abc", "abc", "abc", "abc");
    text("x% 0x10", "%c%% %p", 'x', (void *)16);
    text("  7", "%*d", 3, 7);
    text("254 -2", "%hhu %hhd", (unsigned char)254, (signed char)-2);
    test_equal(snprintf(small, sizeof(small), "%s", "abcdef"), 6);
    test_check(strcmp(small, "abc") == 0, "cut to \"%s\"", small);
}

static void strings(void)
{
    char a[16] = "0123456789", b[16];
    const char *end;
    memmove(a + 2, a, 8);
    test_check(strcmp(a, "0101234567") == 0, "memmove up: %s", a);
    memmove(a, a + 2, 8);
    test_check(memcmp(a, "01234567", 8) == 0, "memmove down: %s", a);
    memset(b, 'x', sizeof(b));
    memcpy(b, "hello", 6);
    test_equal(strlen(b), 5);
    test_equal(strlcpy(b, "a long, long text", sizeof(b)), 17);
    test_equal(strlen(b), 15);
    test_check(strstr("needle in hay", "in") != NULL, "strstr");
    test_check(strncmp("abcd", "abce", 3) == 0, "strncmp");
    test_check(strcmp("a", "b") < 0 && strcmp("b", "a") > 0, "strcmp");
    test_equal(strtou64("0x1fG", &end), 0x1f);
    test_equal(*end, 'G');
    test_equal(strtou64("1234 ", &end), 1234);
    test_equal(strtobytes("64k,", &end), 65536);
    test_equal(*end, ',');
    test_equal(strtobytes("3M", NULL), 3 << 20);
    test_equal(strtobytes("512", &end), 512);
    test_equal(*end, 0);
}

/* Takes and gives back pieces in random order, each filled with a pattern of its own. */
static void pieces(void)
{
    static uint8_t *held[64];
    static size_t sizes[64];
    struct random random = random_seeded(1);
    size_t before = pages_free();
    for (unsigned i = 0; i < 4000; i++) {
        unsigned slot = (unsigned)random_below(&random, 64);
        for (size_t n = 0; held[slot] && n < sizes[slot]; n++)
            if (!test_equal(held[slot][n], (uint8_t)slot))
                return;
        kfree(held[slot]);
        sizes[slot] = random_below(&random, random_below(&random, 8) ? 256 : 8192);
        held[slot] = kmalloc(sizes[slot]);
        test_need(held[slot]);
        test_check((uintptr_t)held[slot] % 16 == 0, "piece at %p", (void *)held[slot]);
        for (size_t n = 0; n < sizes[slot]; n++)
            if (held[slot][n] && !test_equal(held[slot][n], 0))
                return;
        memset(held[slot], (int)slot, sizes[slot]);
    }
    for (unsigned slot = 0; slot < 64; slot++)
        kfree(held[slot]);
    test_check(before - pages_free() < 128, "%zu pages lost", before - pages_free());
}

static void pages(void)
{
    size_t before = pages_free();
    char *run = page_alloc(10), *other = page_alloc(1);
    test_need(run && other);
    test_equal(before - pages_free(), 11);
    page_free(run + 3 * PAGE_SIZE, 2);
    test_check(page_alloc(1u << 30) == NULL, "got more than there is");
    page_free(run, 3);
    page_free(run + 5 * PAGE_SIZE, 5);
    page_free(other, 1);
    test_equal(pages_free(), before);
}

void test_main(void)
{
    formats();
    strings();
    pieces();
    pages();
}
