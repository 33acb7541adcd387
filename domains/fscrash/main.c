/*
 * Short workloads on files for `ringside power-sweep`: up to three operations on a few names, then
 * fsync. All choices of operations are numbered; each has a directory of its own.
 *
 *   first=N count=N   which of them, in this order; default all
 *
 * The n-th pwrite that is called writes n, as words of 64 bits: whoever has counted the calls knows
 * what a file is to hold.
 */
#include <ringside-rt/cmdline.h>
#include <ringside-rt/posix.h>
#include <ringside-rt/print.h>
#include <ringside-rt/test.h>

#include "work.h"

#define MOST 3u

static unsigned choices(unsigned length)
{
    return length ? work_operations * choices(length - 1) : 1;
}

/* Those of one operation come first. */
static unsigned length_of(unsigned *number)
{
    unsigned length = 1;
    for (; length < MOST && *number >= choices(length); length++)
        *number -= choices(length);
    return length;
}

static void workload(unsigned number)
{
    unsigned left = number, length = length_of(&left);
    work_begin(number);
    for (unsigned i = 0; i < length; i++, left /= work_operations)
        work_do(left % work_operations);
    work_end(number % 2);
}

void test_main(void)
{
    const struct files_options options = {0};
    unsigned all = choices(1) + choices(2) + choices(3);
    unsigned first = (unsigned)cmdline_u64("first", 0);
    unsigned count = (unsigned)cmdline_u64("count", all);
    test_returns(files_open_ivmc(&options), 0);
    printf("%u workloads\n", all);
    work_open();
    for (unsigned i = first; i < all && i - first < count; i++)
        workload(i);
}
