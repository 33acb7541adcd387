/*
 * fsx: random steps on files, compared with a model in memory (after the program of that name by
 * A. Tevanian, but with names, links and folders).
 *
 *   where=             as ringside-rt/files_where.h has it
 *   seed=N             of the steps (1); runs=N: that seed and those behind it (1)
 *   steps=N            of a run (300)
 *   check=N            steps until all files are compared (100)
 *   shrink=N           runs to find a short list of steps that disagrees (300); 0: none
 *
 * The last line but the verdict is the same for the same options, whatever happens to servers.
 */
#include "fsx.h"

#include <ringside-rt/cmdline.h>
#include <ringside-rt/files_where.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/print.h>
#include <ringside-rt/test.h>

#define MIX 0x9e3779b97f4a7c15ul

/* Runs until one disagrees; a sum of all. */
static uint64_t run_all(unsigned runs, struct fsx_options options, uint64_t *done)
{
    uint64_t hash = 0;
    struct fsx_result result = {.agrees = true};
    for (unsigned i = 0; i < runs && result.agrees; i++) {
        int rc = fsx_run(&options, &result);
        if (rc)
            test_error("seed %lu: %s", options.seed, errno_name(rc));
        test_check(result.agrees, "seed=%lu steps=%u check=%u disagrees, by %u of its steps",
                   options.seed, options.steps, options.check_each, result.shortest);
        hash = (hash ^ result.hash) * MIX;
        *done += result.done;
        options.seed++;
    }
    return hash;
}

void test_main(void)
{
    const struct fsx_options options = {
        .seed = cmdline_u64("seed", 1),
        .steps = (unsigned)cmdline_u64("steps", 300),
        .check_each = (unsigned)cmdline_u64("check", 100),
        .shrink = (unsigned)cmdline_u64("shrink", 300),
    };
    uint64_t done = 0;
    int rc = files_open_cmdline(fsx_buffer_bytes());
    if (rc)
        test_error("no files: %s", errno_name(rc));
    unsigned runs = (unsigned)cmdline_u64("runs", 1);
    uint64_t hash = run_all(runs, options, &done);
    test_returns(files_close_cmdline(), 0);
    printf("fsx: %u runs, %lu steps, result %016lx\n", runs, done, hash);
}
