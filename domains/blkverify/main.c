/*
 * Proves that a block device loses nothing and mixes nothing up. Every block says which operation
 * wrote it; a model says which one that must be. Beside the options of ringside-rt/blk_options.h:
 *
 *   mode=mixed       writes, reads, flushes, zeroes and discards that overlap, many in flight, then
 *                    reads everything (default)
 *   mode=check       reads what a run with the same options left on the disk, and changes nothing
 *   ops=N seed=S     how many operations, and which (2000, 1)
 *   depth=N          how many are in flight (8)
 *   blocks=N first=N the blocks that are used (1024, 0)
 *   longest=N        most blocks of one operation (8)
 *   writer=N         tells several programs on one disk apart (1)
 *   fresh            the blocks are zero: do not fill them first
 *   durable=N        mode=check after a power cut: only what operations up to N wrote must be
 *                    there; mode=mixed with say-durable says this N after every flush
 *
 *   patience=MS      ends with an error when nothing is answered for so long (0: waits for ever)
 *
 * The last line before the verdict has a hash of all blocks, for comparison with the disk's file.
 */
#include "flight.h"
#include "patience.h"

#include <ringside-rt/blk_options.h>
#include <ringside-rt/clock.h>
#include <ringside-rt/cmdline.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>
#include <ringside-rt/test.h>

/* Bytes of one read of the final check, and of one write that fills the disk. */
#define CHUNK_BYTES 65536

/* The largest block of a device, as far as the size of its I/O region goes. */
#define BLOCK_BYTES_MAX 4096

static struct workload workload;
static struct blk *blk;
static struct model model;

/* Calls fn for chunk after chunk of the blocks in use. */
static void for_chunks(void *buffer, void (*fn)(void *buffer, uint64_t block, uint64_t count))
{
    uint64_t most = CHUNK_BYTES / blk->block_bytes, count;
    for (uint64_t done = 0; done < workload.blocks; done += count) {
        count = workload.blocks - done < most ? workload.blocks - done : most;
        fn(buffer, workload.first + done, count);
    }
}

static void fill_chunk(void *buffer, uint64_t block, uint64_t count)
{
    for (uint64_t i = 0; i < count; i++) {
        struct blk_stamp stamp = model_stamp(&model, block + i, 0);
        blk_stamp_write((char *)buffer + i * blk->block_bytes, blk->block_bytes, &stamp);
    }
    test_returns(blk_write(blk, block * blk->block_bytes, buffer, count * blk->block_bytes), 0);
    patience_renew("an answer");
}

/* A block that a power cut may have left as a later operation made it. */
static bool is_later(uint64_t block, const void *data, uint64_t durable)
{
    struct blk_stamp stamp;
    struct random random = workload_start(&workload);
    enum blk_stamp_state state = blk_stamp_read(data, blk->block_bytes, &stamp, NULL);
    for (uint64_t n = 1; n <= workload.operations; n++) {
        struct operation o = workload_next(&workload, &random, n);
        if (n <= durable || !operation_changes(&o, block))
            continue;
        if (o.op == BLK_WRITE) {
            struct content later = {CONTENT_VERSION, false, (uint32_t)n};
            struct blk_stamp own = model_stamp(&model, block, later.version);
            if (state == BLK_STAMP_WHOLE && memcmp(&stamp, &own, sizeof(own)) == 0)
                return true;
        } else if (state == BLK_STAMP_ZERO) {
            return true;
        }
    }
    return false;
}

static uint64_t hash = BLK_HASH_START, later_blocks, durable;

static void check_chunk(void *buffer, uint64_t block, uint64_t count)
{
    int rc = blk_read(blk, block * blk->block_bytes, buffer, count * blk->block_bytes);
    patience_renew("an answer");
    if (!test_returns(rc, 0))
        return;
    hash = blk_hash(hash, buffer, count * blk->block_bytes);
    for (uint64_t i = 0; i < count; i++) {
        const char *data = (const char *)buffer + i * blk->block_bytes;
        if (durable < workload.operations && is_later(block + i, data, durable))
            later_blocks++;
        else
            model_judge(&model, block + i, data, *model_block(&model, block + i), READER_CHECK);
    }
}

static unsigned depth(void)
{
    return (unsigned)cmdline_u64("depth", 8);
}

static void run_mixed(void)
{
    struct flights flights;
    bool say_durable = cmdline_get("say-durable") != NULL;
    uint64_t said = 0;
    flights_init(&flights, blk, &model, depth());
    struct random random = workload_start(&workload);
    for (uint64_t n = 1; n <= workload.operations; n++) {
        struct operation o = workload_next(&workload, &random, n);
        flights_submit(&flights, &o);
        if (say_durable && flights.durable_to > said)
            printf("durable %lu\n", said = flights.durable_to);
    }
    flights_land(&flights);
    test_returns(blk_flush(blk), 0);
    if (say_durable)
        printf("durable %lu\n", workload.operations);
    printf("%lu operations answered:", workload.operations);
    for (unsigned op = 0; op < ARRAY_SIZE(flights.answered); op++)
        printf("%s %lu %s", op ? "," : "", flights.answered[op], operation_name(op));
    printf("\n");
}

static void replay(void)
{
    struct random random = workload_start(&workload);
    for (uint64_t n = 1; n <= durable; n++) {
        struct operation o = workload_next(&workload, &random, n);
        model_apply(&model, &o);
    }
}

/* All the buffers that we shall want of the device. */
static size_t buffer_bytes(void)
{
    return CHUNK_BYTES + (size_t)depth() * workload.longest * BLOCK_BYTES_MAX;
}

void test_main(void)
{
    const char *mode = cmdline_string("mode", "mixed");
    bool check = strcmp(mode, "check") == 0;
    if (!check && strcmp(mode, "mixed") != 0)
        test_error("mode=mixed or mode=check, not \"%s\"", mode);
    workload = workload_of_cmdline();
    durable = check ? cmdline_u64("durable", workload.operations) : workload.operations;
    patience_begin(cmdline_u64("patience", 0) * NS_PER_MS, "a server");
    int rc = blk_open_cmdline(buffer_bytes(), &blk);
    patience_renew("an answer");
    if (!test_returns(rc, 0))
        return;
    if ((workload.first + workload.blocks) * blk->block_bytes > blk->bytes)
        test_error("the disk has only %lu blocks", blk->bytes / blk->block_bytes);
    model_init(&model, &workload, blk->block_bytes);
    void *chunk = blk_buffer_alloc(blk, CHUNK_BYTES);
    test_need(chunk);
    if (!check && !workload.fresh)
        for_chunks(chunk, fill_chunk);
    if (check)
        replay();
    else
        run_mixed();
    for_chunks(chunk, check_chunk);
    if (durable < workload.operations)
        printf("%lu blocks are as operations after %lu made them\n", later_blocks, durable);
    printf("content: blocks %lu to %lu of %u bytes, hash %016lx\n", workload.first,
           workload.first + workload.blocks - 1, blk->block_bytes, hash);
}
