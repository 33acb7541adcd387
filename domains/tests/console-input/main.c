/* What is typed on the terminal: echoed in brackets, piece by piece, until it ends twice. */
#include <ringside-rt/cmdline.h>
#include <ringside-rt/console.h>
#include <ringside-rt/print.h>
#include <ringside-rt/test.h>

/* All input up to its end; bytes of it. */
static size_t echo(size_t size)
{
    char piece[64];
    size_t total = 0;
    for (;;) {
        printf("? ");
        size_t n = console_read(piece, size);
        if (!n)
            return total;
        total += n;
        printf("[%.*s]\n", (int)n, piece);
    }
}

void test_main(void)
{
    char none;
    if (!cmdline_get("typed"))
        test_skip("nobody types");
    test_equal(console_read(&none, 0), 0);
    test_equal(echo(cmdline_u64("piece", 64)), cmdline_u64("typed", 0));
    printf("the end\n");
    test_equal(echo(64), 0);
}
