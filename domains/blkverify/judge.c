/* What is wrong with a block: the words in which a failed check says it. */
#include "model.h"

#include <ringside-rt/print.h>
#include <ringside-rt/test.h>

#define TEXT_MAX 160

static void say_should(char *to, struct content should)
{
    if (should.kind == CONTENT_ZERO)
        snprintf(to, TEXT_MAX, "zeroes of operation %u", should.version);
    else
        snprintf(to, TEXT_MAX, "version %u%s", should.version,
                 should.discarded ? " or zeroes" : "");
}

/* Whose the end of a torn block is. */
static void say_tear(char *to, const struct model *model, const struct blk_stamp *stamp,
                     const struct blk_stamp_tear *tear)
{
    for (uint64_t v = 0; v <= model->workload->operations; v++) {
        struct blk_stamp other = model_stamp(model, stamp->block, v);
        if (blk_stamp_key(&other) == tear->key) {
            snprintf(to, TEXT_MAX, "torn: version %lu, from byte %u on version %lu",
                     stamp->version, tear->offset, v);
            return;
        }
    }
    snprintf(to, TEXT_MAX, "torn: version %lu, from byte %u on something else", stamp->version,
             tear->offset);
}

static void say_version(char *to, const struct model *model, uint64_t block, uint64_t version,
                        struct content should)
{
    if (version >= should.version)
        snprintf(to, TEXT_MAX, "too new: version %lu", version);
    else if (version == model_before(model, block, should.version))
        snprintf(to, TEXT_MAX, "a lost write: it still holds version %lu", version);
    else
        snprintf(to, TEXT_MAX, "stale: version %lu, replaced long ago", version);
}

static void say_is(char *to, const struct model *model, uint64_t block, const void *data,
                   struct content should)
{
    const struct workload *w = model->workload;
    struct blk_stamp stamp;
    struct blk_stamp_tear tear;
    switch (blk_stamp_read(data, model->block_bytes, &stamp, &tear)) {
    case BLK_STAMP_ZERO:
        snprintf(to, TEXT_MAX, "zero");
        break;
    case BLK_STAMP_FOREIGN:
        snprintf(to, TEXT_MAX, "foreign: no stamp, it begins with %016lx",
                 *(const uint64_t *)data);
        break;
    case BLK_STAMP_TORN:
    case BLK_STAMP_WHOLE:
        if (stamp.seed != w->seed || stamp.writer != w->writer)
            snprintf(to, TEXT_MAX, "foreign: version %lu of block %lu, writer %lu, seed %lu",
                     stamp.version, stamp.block, stamp.writer, stamp.seed);
        else if (stamp.block != block)
            snprintf(to, TEXT_MAX, "misplaced: version %lu of block %lu", stamp.version,
                     stamp.block);
        else if (blk_stamp_read(data, model->block_bytes, &stamp, &tear) == BLK_STAMP_TORN)
            say_tear(to, model, &stamp, &tear);
        else
            say_version(to, model, block, stamp.version, should);
        break;
    }
}

static bool is_right(const struct model *model, uint64_t block, const void *data,
                     struct content should)
{
    struct blk_stamp stamp;
    switch (blk_stamp_read(data, model->block_bytes, &stamp, NULL)) {
    case BLK_STAMP_ZERO:
        return should.kind == CONTENT_ZERO || should.discarded;
    case BLK_STAMP_WHOLE:
        return should.kind == CONTENT_VERSION && stamp.version == should.version &&
               stamp.block == block && stamp.writer == model->workload->writer &&
               stamp.seed == model->workload->seed;
    case BLK_STAMP_TORN:
    case BLK_STAMP_FOREIGN:
        return false;
    }
    return false;
}

bool model_judge(struct model *model, uint64_t block, const void *data, struct content should,
                 uint64_t reader)
{
    char is[TEXT_MAX], expected[TEXT_MAX], seen[TEXT_MAX] = "the check of all blocks";
    if (is_right(model, block, data, should))
        return test_check(true, "right");
    say_is(is, model, block, data, should);
    say_should(expected, should);
    if (reader != READER_CHECK)
        snprintf(seen, sizeof(seen), "operation %lu", reader);
    return test_check(false, "block %lu is %s; expected %s; seen by %s", block, is, expected, seen);
}
