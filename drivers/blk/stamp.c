/*
 * Stamped blocks. Word i of a block is key + i * STEP, but for the header; so a word that is wrong
 * tells which key it would be right for.
 */
#include <ringside-rt/blk_stamp.h>

#define MAGIC 0x706d6174536b6c42ul /* "BlkStamp" */
#define STEP 0x9e3779b97f4a7c15ul
#define FNV_PRIME 0x100000001b3ul

enum word { WORD_MAGIC, WORD_BLOCK, WORD_VERSION, WORD_WRITER, WORD_SEED, WORD_KEY, WORD_BODY };

static uint64_t mix(uint64_t key, uint64_t value)
{
    key = (key ^ value) * 0xbf58476d1ce4e5b9ul;
    return key ^ key >> 29;
}

uint64_t blk_stamp_key(const struct blk_stamp *stamp)
{
    return mix(mix(mix(mix(MAGIC, stamp->block), stamp->version), stamp->writer), stamp->seed);
}

void blk_stamp_write(void *block, unsigned bytes, const struct blk_stamp *stamp)
{
    uint64_t *words = block;
    uint64_t key = blk_stamp_key(stamp);
    words[WORD_MAGIC] = MAGIC;
    words[WORD_BLOCK] = stamp->block;
    words[WORD_VERSION] = stamp->version;
    words[WORD_WRITER] = stamp->writer;
    words[WORD_SEED] = stamp->seed;
    words[WORD_KEY] = key;
    words[WORD_BODY] = key + WORD_BODY * STEP;
    words[WORD_BODY + 1] = key + (WORD_BODY + 1) * STEP;
    uint64_t value = key + 8 * STEP;
    for (uint64_t *w = words + 8, *end = words + bytes / 8; w < end; w += 4) {
        w[0] = value;
        w[1] = value + STEP;
        w[2] = value + 2 * STEP;
        w[3] = value + 3 * STEP;
        value += 4 * STEP;
    }
}

static bool is_zero(const uint64_t *words, unsigned count)
{
    uint64_t any = 0;
    for (unsigned i = 0; i < count && !any; i++)
        any |= words[i];
    return !any;
}

/* Whether the body is the key's, compared four words at a time. */
static bool body_is(const uint64_t *words, unsigned count, uint64_t key)
{
    uint64_t wrong = (words[WORD_BODY] - key) ^ WORD_BODY * STEP;
    wrong |= (words[WORD_BODY + 1] - key) ^ (WORD_BODY + 1) * STEP;
    uint64_t value = key + 8 * STEP;
    for (const uint64_t *w = words + 8; w < words + count; w += 4) {
        wrong |= w[0] ^ value;
        wrong |= w[1] ^ (value + STEP);
        wrong |= w[2] ^ (value + 2 * STEP);
        wrong |= w[3] ^ (value + 3 * STEP);
        value += 4 * STEP;
    }
    return !wrong;
}

enum blk_stamp_state blk_stamp_read(const void *block, unsigned bytes, struct blk_stamp *stamp,
                                    struct blk_stamp_tear *tear)
{
    const uint64_t *words = block;
    unsigned count = bytes / 8;
    *stamp = (struct blk_stamp){words[WORD_BLOCK], words[WORD_VERSION], words[WORD_WRITER],
                                words[WORD_SEED]};
    uint64_t key = blk_stamp_key(stamp);
    if (words[WORD_MAGIC] != MAGIC || words[WORD_KEY] != key)
        return is_zero(words, count) ? BLK_STAMP_ZERO : BLK_STAMP_FOREIGN;
    if (body_is(words, count, key))
        return BLK_STAMP_WHOLE;
    unsigned i = WORD_BODY;
    while (words[i] == key + i * STEP)
        i++;
    if (tear)
        *tear = (struct blk_stamp_tear){i * 8, words[i] - i * STEP};
    return BLK_STAMP_TORN;
}

uint64_t blk_hash(uint64_t hash, const void *data, size_t bytes)
{
    const uint64_t *words = data;
    for (size_t i = 0; i < bytes / 8; i++)
        hash = (hash ^ words[i]) * FNV_PRIME;
    return hash;
}
