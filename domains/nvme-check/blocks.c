/* Data: PRPs in every shape (NVMe 1.4, 4.3), commands on blocks (6), and what is refused. */
#include "check.h"
#include <ringside-rt/memory.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>

#define LARGEST (1ul << 20)
#define UNKNOWN_OPCODE 0x7f
#define GUARD 0x5a

static struct nvme_pair pair;

static uint16_t move(enum nvme_io_opcode opcode, uint64_t lba, void *data, uint64_t bytes)
{
    return run(&pair, transfer(opcode, lba, data, bytes), NULL);
}

/* Writes from an offset within the buffer, reads to another, and looks also beside it. */
static bool survives(uint64_t from, uint64_t to, uint64_t bytes)
{
    fill(data_out, from + bytes, (unsigned)(from + to));
    memset(data_in, GUARD, to + bytes + PAGE_SIZE);
    return move(NVME_WRITE, 8, data_out + from, bytes) == NVME_SUCCESS &&
           move(NVME_READ, 8, data_in + to, bytes) == NVME_SUCCESS &&
           !memcmp(data_out + from, data_in + to, bytes) && data_in[to + bytes] == GUARD &&
           (!to || data_in[to - 1] == GUARD);
}

/* The list begins so late in its page that it goes on in the next after one entry. */
static bool chained_list(void)
{
    uint64_t *list = page_alloc(2), bytes = 5 * PAGE_SIZE;
    struct nvme_sqe sqe = transfer(NVME_READ, 8, data_in, bytes);
    uint64_t *late = list + PAGE_SIZE / 8 - 2;
    late[0] = (uintptr_t)data_in + PAGE_SIZE;
    late[1] = (uintptr_t)&list[PAGE_SIZE / 8];
    for (unsigned i = 0; i < 3; i++)
        late[2 + i] = (uintptr_t)data_in + (2 + i) * PAGE_SIZE;
    sqe.prp2 = (uintptr_t)late;
    memset(data_in, 0, bytes);
    bool read = run(&pair, sqe, NULL) == NVME_SUCCESS && !memcmp(data_in, data_out, bytes);
    page_free(list, 2);
    return read;
}

static bool scattered_pages(void)
{
    uint64_t *list = page_alloc(1);
    struct nvme_sqe sqe = transfer(NVME_READ, 8, data_in, 4 * PAGE_SIZE);
    bool whole = true;
    for (unsigned i = 0; i < 3; i++)
        list[i] = (uintptr_t)data_in + (9 - 2 * i) * PAGE_SIZE;
    sqe.prp2 = (uintptr_t)list;
    memset(data_in, 0, 10 * PAGE_SIZE);
    whole &= run(&pair, sqe, NULL) == NVME_SUCCESS && !memcmp(data_in, data_out, PAGE_SIZE);
    for (unsigned i = 0; i < 3; i++)
        whole &= !memcmp(data_in + (9 - 2 * i) * PAGE_SIZE, data_out + (i + 1) * PAGE_SIZE,
                         PAGE_SIZE);
    page_free(list, 1);
    return whole;
}

static void check_bad_prps(void)
{
    uint64_t *list = page_alloc(1);
    struct nvme_sqe two = transfer(NVME_READ, 8, data_in, 2 * PAGE_SIZE);
    struct nvme_sqe many = transfer(NVME_READ, 8, data_in, 4 * PAGE_SIZE);
    two.prp2 += 8;
    check_status(run(&pair, two, NULL), NVME_INVALID_PRP_OFFSET, "a second page begins on a page");
    for (unsigned i = 0; i < 3; i++)
        list[i] = (uintptr_t)data_in + (i + 1) * PAGE_SIZE;
    list[1] += 16;
    many.prp2 = (uintptr_t)list;
    check_status(run(&pair, many, NULL), NVME_INVALID_PRP_OFFSET, "so does every page of a list");
    page_free(list, 1);
}

void check_prps(void)
{
    uint64_t block = space.block_bytes;
    uint64_t most = max_transfer < LARGEST ? max_transfer : LARGEST;
    check_group("PRPs");
    pair_open(&pair, 1, 16);
    check(survives(0, 0, block), "one block in one page");
    check(survives(0, 0x204, block), "at an offset of whole dwords");
    check(survives(PAGE_SIZE - 4, 4, block), "across a page, by four bytes");
    check(survives(0, 0, PAGE_SIZE), "a page");
    check(survives(0x10, 0x800, PAGE_SIZE), "a page's length in two pages");
    check(survives(0, 0, 2 * PAGE_SIZE), "two pages");
    check(survives(0xc00, 0x10, 2 * PAGE_SIZE), "two pages' length in three");
    check(survives(0, 0, 32 * PAGE_SIZE), "a list");
    check(survives(0x7fc, 0xffc, 32 * PAGE_SIZE), "a list after an offset");
    check(survives(0, 0, 8 * PAGE_SIZE) && chained_list(), "a list that goes on in another page");
    check(scattered_pages(), "pages in any order");
    check(survives(0, 0, most), "as much as one command takes");
    check(survives(0x400, 0x200, most), "the same after an offset");
    check(max_transfer > LARGEST ||
              NVME_STATUS_CODE(move(NVME_READ, 0, data_in, most + block)) == NVME_INVALID_FIELD,
          "a block more is refused");
    check_bad_prps();
    pair_close(&pair);
}

static void check_compare(void)
{
    check_status(move(NVME_COMPARE, 8, data_out, PAGE_SIZE), NVME_SUCCESS, "equal data compare so");
    data_out[PAGE_SIZE - 1] ^= 1;
    check_status(move(NVME_COMPARE, 8, data_out, PAGE_SIZE), NVME_COMPARE_FAILURE,
                 "one bit in the last byte is noticed");
    data_out[PAGE_SIZE - 1] ^= 1;
}

static bool all_zero(const uint8_t *data, uint64_t bytes)
{
    while (bytes && !data[bytes - 1])
        bytes--;
    return !bytes;
}

static void check_zeroes(void)
{
    uint64_t block = space.block_bytes;
    struct nvme_command zeroes = {0};
    nvme_prepare_write_zeroes(&zeroes, 1, 9, 2, false);
    check_status(run(&pair, zeroes.sqe, NULL), NVME_SUCCESS, "zeroes are written");
    move(NVME_READ, 8, data_in, 4 * block);
    check(all_zero(data_in + block, 2 * block), "and read");
    check(!memcmp(data_in, data_out, block) &&
              !memcmp(data_in + 3 * block, data_out + 3 * block, block),
          "the blocks beside them are as they were");
}

static void check_deallocation(void)
{
    uint64_t block = space.block_bytes;
    struct nvme_command command = {0};
    nvme_prepare_deallocate(&command, 1, 9, 2);
    command.sqe.prp1 = (uintptr_t)&command.range;
    check_status(run(&pair, command.sqe, NULL), NVME_SUCCESS, "blocks are deallocated");
    check_status(move(NVME_READ, 8, data_in, 4 * block), NVME_SUCCESS, "and can be read");
    check(!memcmp(data_in, data_out, block) &&
              !memcmp(data_in + 3 * block, data_out + 3 * block, block),
          "the blocks beside them are as they were, here too");
}

void check_blocks(void)
{
    check_group("blocks");
    pair_open(&pair, 1, 16);
    check(survives(0, 0, 4 * PAGE_SIZE), "what is written is read");
    check_compare();
    struct nvme_sqe fua = transfer(NVME_WRITE, 8, data_out, PAGE_SIZE);
    fua.cdw12 |= NVME_RW_FUA;
    check_status(run(&pair, fua, NULL), NVME_SUCCESS, "a write with FUA");
    fua.opcode = NVME_READ;
    check_status(run(&pair, fua, NULL), NVME_SUCCESS, "a read with FUA");
    struct nvme_command flush = {0};
    nvme_prepare_flush(&flush, 1);
    check_status(run(&pair, flush.sqe, NULL), NVME_SUCCESS, "a flush");
    check_zeroes();
    check_deallocation();
    uint64_t last = space.blocks - 1;
    check_status(move(NVME_WRITE, last, data_out, space.block_bytes), NVME_SUCCESS,
                 "the last block");
    memset(data_in, 0, space.block_bytes);
    move(NVME_READ, last, data_in, space.block_bytes);
    check(!memcmp(data_in, data_out, space.block_bytes), "keeps what it is given");
    pair_close(&pair);
}

static void check_ranges(void)
{
    uint64_t block = space.block_bytes, end = space.blocks;
    check_status(move(NVME_READ, end, data_in, block), NVME_LBA_OUT_OF_RANGE,
                 "a read past the end");
    check_status(move(NVME_WRITE, end, data_out, block), NVME_LBA_OUT_OF_RANGE,
                 "a write past the end");
    check_status(move(NVME_READ, end - 1, data_in, 2 * block), NVME_LBA_OUT_OF_RANGE,
                 "a read across the end");
    check_status(move(NVME_READ, UINT64_MAX, data_in, 2 * block), NVME_LBA_OUT_OF_RANGE,
                 "a read around the end of numbers");
    struct nvme_command zeroes = {0};
    nvme_prepare_write_zeroes(&zeroes, 1, end - 1, 2, false);
    check_status(run(&pair, zeroes.sqe, NULL), NVME_LBA_OUT_OF_RANGE, "zeroes across the end");
}

static void check_namespaces(void)
{
    struct nvme_sqe read = transfer(NVME_READ, 0, data_in, space.block_bytes);
    read.nsid = 0;
    check_status(run(&pair, read, NULL), NVME_INVALID_NAMESPACE, "a read of namespace 0");
    read.nsid = 0xfffffffe;
    check_status(run(&pair, read, NULL), NVME_INVALID_NAMESPACE,
                 "a read of a namespace that cannot be");
}

static void check_abort(void)
{
    uint32_t not_aborted = 0;
    struct nvme_sqe abort = {.opcode = NVME_ADMIN_ABORT, .cdw10 = 0x1234u << 16 | 1};
    check_status(admin_run(abort, &not_aborted), NVME_SUCCESS,
                 "an abort of a command that is not there succeeds");
    check(not_aborted & 1, "and says that nothing was aborted");
}

void check_errors(void)
{
    check_group("refused");
    pair_open(&pair, 1, 16);
    struct nvme_sqe odd = {.opcode = UNKNOWN_OPCODE, .nsid = 1};
    uint16_t status = run(&pair, odd, NULL);
    check_status(status, NVME_INVALID_OPCODE, "an unknown I/O command");
    check(status & NVME_STATUS_DNR, "with the advice not to retry");
    check_status(admin_run(odd, NULL), NVME_INVALID_OPCODE, "an unknown admin command");
    check_ranges();
    check_namespaces();
    struct nvme_sqe fused = transfer(NVME_READ, 0, data_in, space.block_bytes);
    fused.flags = 1;
    check_status(run(&pair, fused, NULL), NVME_INVALID_FIELD, "a fused command");
    check_abort();
    check(move(NVME_READ, 0, data_in, space.block_bytes) == NVME_SUCCESS,
          "after all that a read succeeds");
    pair_close(&pair);
}
