/* The controller as a block device: whole requests, longer than the controller takes in one. */
#include "check.h"
#include <ringside-rt/blk.h>
#include <ringside-rt/string.h>

#define PLACE (3ul << 20)
#define ZEROED (5 * PAGE_SIZE)

static bool only_zeroes(const uint8_t *data, uint64_t bytes)
{
    for (uint64_t i = 0; i < bytes; i++)
        if (data[i])
            return false;
    return true;
}

static void check_zeroes(struct blk *blk)
{
    struct blk_request zeroes = {
        .op = BLK_WRITE_ZEROES, .offset = PLACE + PAGE_SIZE, .length = ZEROED};
    check(!blk_run(blk, &zeroes), "zeroes are written without data");
    check(!blk_read(blk, PLACE, data_in, DATA_BYTES), "the whole is read again");
    check(only_zeroes(data_in + PAGE_SIZE, ZEROED), "zeroes are read where they were written");
    check(!memcmp(data_in, data_out, PAGE_SIZE) &&
              !memcmp(data_in + PAGE_SIZE + ZEROED, data_out + PAGE_SIZE + ZEROED,
                      DATA_BYTES - PAGE_SIZE - ZEROED),
          "nothing else has changed");
    struct blk_request discard = {.op = BLK_DISCARD, .offset = PLACE, .length = DATA_BYTES};
    check(!blk_run(blk, &discard), "a discard");
}

void check_block_device(void)
{
    struct blk *blk;
    check_group("block device");
    check(blk_open_nvme(0xfffffffe, &blk) != 0, "a namespace that is not there is no device");
    if (!check(!blk_open_nvme(1, &blk), "namespace 1 is one"))
        return;
    check(blk->bytes == space.blocks * space.block_bytes, "its size is the namespace's");
    fill(data_out, DATA_BYTES, 2);
    memset(data_in, 0, DATA_BYTES);
    check(!blk_write(blk, PLACE, data_out, DATA_BYTES), "2 MiB are written");
    check(!blk_flush(blk), "and flushed");
    check(!blk_read(blk, PLACE, data_in, DATA_BYTES) && !memcmp(data_in, data_out, DATA_BYTES),
          "and read back");
    check_zeroes(blk);
    check(blk_read(blk, blk->bytes, data_in, blk->block_bytes) != 0, "nothing lies past its end");
    check(blk_read(blk, 1, data_in, blk->block_bytes) != 0, "nothing begins within a block");
    struct blk_request fua = {.op = BLK_WRITE,
                              .flags = BLK_FUA,
                              .offset = PLACE,
                              .length = PAGE_SIZE,
                              .buffer = data_out};
    check(!blk_run(blk, &fua), "a write with FUA");
    blk_close(blk);
    check(!(nvme_read32(&controller, NVME_CSTS) & NVME_CSTS_RDY), "closing switches it off");
}
