/* Endless recursion: the guard page, then the double fault's own stack, then the report. */
#include <ringside-rt/test.h>

static unsigned deep(unsigned n)
{
    volatile char space[256];
    space[0] = (char)n;
    return n < 1u << 30 ? deep(n + 1) + (unsigned)space[0] : 0;
}

void test_main(void)
{
    test_check(deep(0) == 1, "came back");
}
