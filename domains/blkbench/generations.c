/*
 * The disk has a first block that names a generation and two areas, used in turn. The first block
 * changes only when the area of its generation is durable, so whatever ends a run, the generation
 * that the first block names is whole.
 */
#include "modes.h"
#include "table.h"

#include <ringside-rt/blk_stamp.h>
#include <ringside-rt/cmdline.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/print.h>
#include <ringside-rt/test.h>

#define WRITER 0x6e6f697461726567ul /* in the stamp of the first block */
#define AREAS_BEGIN (1ul << 20)
#define SIZE 65536
#define DEPTH 32

/* Of the first block's stamp: version is the generation, seed the bytes of its area. */
static struct blk_stamp first_block(uint64_t generation, uint64_t bytes)
{
    return (struct blk_stamp){0, generation, WRITER, bytes};
}

static struct load load_of(const struct blk_stamp *first, enum blk_op op)
{
    uint64_t bytes = first->seed;
    return (struct load){
        .op = op,
        .size = SIZE,
        .depth = depth_within_window(SIZE, DEPTH),
        .offset = AREAS_BEGIN + first->version % 2 * bytes,
        .span = bytes,
        .requests = bytes / SIZE,
        .verify = true,
        .version = first->version,
        .seed = bytes,
    };
}

static void look_at_earlier(struct blk *blk, const struct blk_stamp *first)
{
    struct load_result result;
    struct load load = load_of(first, BLK_READ);
    run_checked(blk, &load, &result);
    bool intact = !result.errors && !result.wrong;
    printf("generation %lu, written by an earlier boot: %lu KiB, %s\n", first->version,
           first->seed >> 10, intact ? "intact" : "damaged");
}

/* What the disk holds; generation 0 when nothing of ours. */
static struct blk_stamp look(struct blk *blk, void *buffer)
{
    struct blk_stamp first;
    if (!test_returns(blk_read(blk, 0, buffer, blk->block_bytes), 0))
        test_error("the first block cannot be read");
    enum blk_stamp_state state = blk_stamp_read(buffer, blk->block_bytes, &first, NULL);
    if (state == BLK_STAMP_WHOLE && first.writer == WRITER) {
        if (!first.seed || first.seed % SIZE || first.seed > (blk->bytes - AREAS_BEGIN) / 2)
            test_error("the first block names an area of %lu bytes", first.seed);
        look_at_earlier(blk, &first);
        return first;
    }
    if (state == BLK_STAMP_ZERO)
        printf("the disk is empty: this is its first boot\n");
    else if (!cmdline_get("force"))
        test_error("the disk holds something else; say force to overwrite it");
    return first_block(0, 0);
}

static void write_anew(struct blk *blk, const struct blk_stamp *first, void *buffer)
{
    struct load_result result;
    struct load write = load_of(first, BLK_WRITE), read = load_of(first, BLK_READ);
    struct blk_request header = {
        .op = BLK_WRITE, .flags = BLK_FUA, .length = blk->block_bytes, .buffer = buffer};
    table_head();
    run_checked(blk, &write, &result);
    table_row(&write, &result);
    test_returns(blk_flush(blk), 0);
    blk_stamp_write(buffer, blk->block_bytes, first);
    test_returns(blk_run(blk, &header), 0);
    run_checked(blk, &read, &result);
    table_row(&read, &result);
    printf("generation %lu: %lu KiB written, flushed and read back, %s\n", first->version,
           first->seed >> 10, test_failures() ? "with failures" : "all as written");
}

void generations(struct blk *blk)
{
    uint64_t bytes = ALIGN_DOWN(cmdline_bytes("total", 8 << 20), (uint64_t)SIZE);
    if (!bytes || blk->bytes < AREAS_BEGIN + 2 * bytes)
        test_error("two areas of %lu KiB do not fit on the disk", bytes >> 10);
    void *buffer = blk_buffer_alloc(blk, blk->block_bytes);
    test_need(buffer);
    struct blk_stamp found = look(blk, buffer);
    if (found.version && found.seed != bytes)
        test_error("the earlier boot had total=%lu: say the same", found.seed);
    struct blk_stamp first = first_block(found.version + 1, bytes);
    write_anew(blk, &first, buffer);
    blk_buffer_free(blk, buffer, blk->block_bytes);
}
