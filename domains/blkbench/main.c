/*
 * Measures a block device. Beside the options of ringside-rt/blk_options.h:
 *
 *   (nothing)        finds what an earlier boot wrote and checks it, writes anew, reads that back;
 *                    total= says how much (8m); force: overwrites a disk that holds other things
 *   op=, size=, depth=, pattern=
 *                    any of them, or sweep: measures every combination. Lists have commas:
 *                    op=read,write,mixed size=4k,64k,1m depth=1,32 pattern=seq,random
 *   rounds=N         all of them N times (1)
 *   timeline         one load, and its throughput every=MS (100) for time=MS (3000)
 *
 *   total=BYTES      for each measurement (8m); count=N: so many requests instead
 *   span=BYTES       the part of the disk that is used (default: all of it, at most total=)
 *   window=BYTES     most memory for buffers (16m); depth is lowered to fit
 *   verify           fills the span with stamped blocks first, and looks at all that is read
 *   seed=N           for random offsets
 *   result           prints each measurement as a line of key=value, instead of the table
 *   marks            prints "begin" and "end" around each measurement, after a short one that
 *                    warms up; for whoever takes the host's time
 *
 * Time is the guest's: with a machine of virtual time, that is virtual.
 */
#include "modes.h"

#include <ringside-rt/blk_options.h>
#include <ringside-rt/cmdline.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/print.h>
#include <ringside-rt/test.h>

uint64_t window_bytes(void)
{
    return cmdline_bytes("window", 16 << 20);
}

unsigned depth_within_window(uint64_t size, unsigned depth)
{
    uint64_t most = window_bytes() / size;
    return most < 1 ? 1 : most < depth ? (unsigned)most : depth;
}

void run_checked(struct blk *blk, const struct load *load, struct load_result *result)
{
    if (!load_run(blk, load, result))
        test_error("no memory for %u buffers of %lu bytes", load->depth, load->size);
    test_check(!result->errors, "%lu of %lu requests failed, the first with %s", result->errors,
               result->requests, errno_name(result->status));
    test_check(!result->wrong, "%lu blocks do not hold what was written, the first is block %lu",
               result->wrong, result->wrong_block);
}

static bool any_of_sweep(void)
{
    static const char *const keys[] = {"op", "size", "depth", "pattern", "sweep"};
    for (unsigned i = 0; i < ARRAY_SIZE(keys); i++)
        if (cmdline_get(keys[i]))
            return true;
    return false;
}

void test_main(void)
{
    struct blk *blk;
    if (!test_returns(blk_open_cmdline(window_bytes(), &blk), 0))
        return;
    printf("%lu MiB in blocks of %u bytes, path=%s\n", blk->bytes >> 20, blk->block_bytes,
           blk_path_name());
    if (cmdline_get("timeline"))
        timeline(blk);
    else if (any_of_sweep())
        sweep(blk);
    else
        generations(blk);
    blk_close(blk);
}
