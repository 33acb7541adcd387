/* Each operation takes the same two numbers from the stream, whatever comes of them. */
#include "workload.h"

#include <ringside-rt/cmdline.h>
#include <ringside-rt/print.h>

/* Shares of the operations, in 64ths: writes have the rest. */
enum { READS = 20, FLUSHES = 5, ZEROES = 4, DISCARDS = 3, ALL = 64 };

/* One write in so many is durable when it is answered. */
#define FUA_EVERY 8

struct workload workload_of_cmdline(void)
{
    struct workload w = {
        .seed = cmdline_u64("seed", 1),
        .writer = cmdline_u64("writer", 1),
        .first = cmdline_u64("first", 0),
        .blocks = cmdline_u64("blocks", 1024),
        .operations = cmdline_u64("ops", 2000),
        .longest = (unsigned)cmdline_u64("longest", 8),
        .fresh = cmdline_get("fresh") != NULL,
    };
    if (w.longest < 1 || w.longest > OPERATION_BLOCKS_MAX || w.blocks < w.longest)
        panic("longest= is 1 to %u, and at most blocks=", OPERATION_BLOCKS_MAX);
    return w;
}

struct random workload_start(const struct workload *workload)
{
    return random_seeded(workload->seed * 0x10001 + workload->writer);
}

static enum blk_op choose(unsigned share)
{
    if (share < READS)
        return BLK_READ;
    if (share < READS + FLUSHES)
        return BLK_FLUSH;
    if (share < READS + FLUSHES + ZEROES)
        return BLK_WRITE_ZEROES;
    if (share < READS + FLUSHES + ZEROES + DISCARDS)
        return BLK_DISCARD;
    return BLK_WRITE;
}

struct operation workload_next(const struct workload *workload, struct random *random,
                               uint64_t number)
{
    uint64_t kind = random_next(random), place = random_next(random);
    struct operation o = {.number = number, .op = choose(kind % ALL)};
    if (o.op == BLK_FLUSH)
        return o;
    o.blocks = 1 + (unsigned)(kind >> 8) % workload->longest;
    o.block = workload->first + place % (workload->blocks - o.blocks + 1);
    if (o.op == BLK_WRITE && (kind >> 40) % FUA_EVERY == 0)
        o.flags = BLK_FUA;
    return o;
}

bool operation_changes(const struct operation *operation, uint64_t block)
{
    bool changing = operation->op != BLK_READ && operation->op != BLK_FLUSH;
    return changing && block - operation->block < operation->blocks;
}

const char *operation_name(enum blk_op op)
{
    static const char *const names[] = {
        [BLK_READ] = "read",       [BLK_WRITE] = "write",         [BLK_FLUSH] = "flush",
        [BLK_DISCARD] = "discard", [BLK_WRITE_ZEROES] = "zeroes",
    };
    return names[op];
}
