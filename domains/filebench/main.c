/*
 * Filebench's personalities. Threads end after a number of loops, not after a time, so that a run
 * does the same amount of work on every system.
 *
 *   where=              as ringside-rt/files_where.h has it
 *   personality=NAME    fileserver, varmail or webserver (fileserver)
 *   files=N threads=N   of the main set, at once (the original's, scaled down; the output says how)
 *   loops=N             of each thread (3)
 *   iosize=BYTES        of a read or write (256k; 1m in the original)
 *   append=BYTES        most bytes of an append (16k)
 *   gamma               sizes of files vary as in newer workloads; else all are the average
 *   seed=N              (0)
 *
 * Its files are removed at the end; those of a run that did not come to its end, at the beginning.
 */
#include "engine.h"

#include <ringside-rt/clock.h>
#include <ringside-rt/cmdline.h>
#include <ringside-rt/files_where.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/print.h>
#include <ringside-rt/test.h>

/* N.NN of a quotient in hundredths */
static void print_hundredths(uint64_t value, const char *unit)
{
    printf("%6lu.%02lu %s", value / 100, value % 100, unit);
}

static void print_rates(uint64_t operations, uint64_t bytes, uint64_t ns)
{
    uint64_t us = ns / NS_PER_US + 1;
    printf("%8lu ops/s ", operations * NS_PER_MS / us);
    print_hundredths(bytes * 100 / us, "MB/s");
}

static void print_flowop(enum flowop_kind kind, const struct flowop_counts *counts, uint64_t ns)
{
    if (!counts->done && !counts->skipped)
        return;
    printf("%-15s %6lu ops ", flowop_name(kind), counts->done);
    print_rates(counts->done, counts->bytes, ns);
    print_hundredths(counts->ns / (counts->done + !counts->done) / 10000, "ms/op");
    print_hundredths(counts->worst_ns / 10000, "ms at most");
    printf(", %lu left out\n", counts->skipped);
}

static void report(const struct engine_options *options, const struct engine_result *result)
{
    const struct personality *of = options->personality;
    uint64_t operations = 0;
    for (unsigned kind = 0; kind < FLOWOP_COUNT; kind++) {
        print_flowop(kind, &result->flowops[kind], result->ns);
        operations += result->flowops[kind].done;
    }
    printf("%lu files made in %lu ms\n", result->pool_files, result->pool_ns / NS_PER_MS);
    printf("%s: %u of %u files, %u of %u threads, %u loops of %u operations\n", of->name,
           options->files[0], of->sets[0].files, options->threads, of->threads, options->loops,
           of->op_count);
    printf("summary: %lu ops ", operations);
    print_rates(operations, result->read_bytes + result->written_bytes, result->ns);
    printf(", %lu bytes read, %lu written, %lu errors\n", result->read_bytes,
           result->written_bytes, result->errors);
}

static uint32_t scaled(uint32_t value, unsigned scale)
{
    return value / scale ? value / scale : 1;
}

void test_main(void)
{
    const char *name = cmdline_string("personality", "fileserver");
    const struct personality *of = personality(name);
    if (!of)
        test_error("no personality has the name %s", name);
    const struct engine_options options = {
        .personality = of,
        .files = {(uint32_t)cmdline_u64("files", scaled(of->sets[0].files, of->files_scale)),
                  of->sets[1].files},
        .threads = (unsigned)cmdline_u64("threads", scaled(of->threads, of->threads_scale)),
        .loops = (unsigned)cmdline_u64("loops", 3),
        .io_bytes = (uint32_t)cmdline_bytes("iosize", 256 << 10),
        .append_bytes = (uint32_t)cmdline_bytes("append", 16 << 10),
        .gamma = cmdline_get("gamma"),
        .seed = cmdline_u64("seed", 0),
    };
    struct engine_result result;
    if (!options.files[0] || !options.threads || !options.io_bytes)
        test_error("files=, threads= and iosize= are to be at least 1");
    int rc = files_open_cmdline(engine_buffer_bytes(&options));
    if (rc)
        test_error("no files: %s", errno_name(rc));
    if (!engine_run(&options, &result))
        test_error("no memory");
    test_returns(files_close_cmdline(), 0);
    report(&options, &result);
    test_check(!result.errors, "%lu errors", result.errors);
}
