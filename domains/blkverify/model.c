/* Content of blocks, one small record for each. */
#include "model.h"

#include <ringside-rt/memory.h>
#include <ringside-rt/test.h>

void model_init(struct model *model, const struct workload *workload, unsigned block_bytes)
{
    size_t bytes = workload->blocks * sizeof(struct content);
    *model = (struct model){workload, block_bytes, page_alloc((bytes + PAGE_SIZE - 1) / PAGE_SIZE)};
    test_need(model->blocks);
    for (uint64_t i = 0; i < workload->blocks && !workload->fresh; i++)
        model->blocks[i].kind = CONTENT_VERSION;
}

struct content *model_block(struct model *model, uint64_t block)
{
    return &model->blocks[block - model->workload->first];
}

void model_apply(struct model *model, const struct operation *operation)
{
    for (unsigned i = 0; i < operation->blocks; i++) {
        struct content *content = model_block(model, operation->block + i);
        switch (operation->op) {
        case BLK_WRITE:
            *content = (struct content){CONTENT_VERSION, false, (uint32_t)operation->number};
            break;
        case BLK_WRITE_ZEROES:
            *content = (struct content){CONTENT_ZERO, false, (uint32_t)operation->number};
            break;
        case BLK_DISCARD:
            content->discarded = true;
            break;
        case BLK_READ:
        case BLK_FLUSH:
            break;
        }
    }
}

struct blk_stamp model_stamp(const struct model *model, uint64_t block, uint64_t version)
{
    return (struct blk_stamp){block, version, model->workload->writer, model->workload->seed};
}

uint64_t model_before(const struct model *model, uint64_t block, uint64_t number)
{
    struct random random = workload_start(model->workload);
    uint64_t before = 0;
    for (uint64_t n = 1; n < number; n++) {
        struct operation o = workload_next(model->workload, &random, n);
        if (operation_changes(&o, block) && o.op != BLK_DISCARD)
            before = n;
    }
    return before;
}

void model_settle(struct model *model, uint64_t block, const void *data)
{
    struct content *content = model_block(model, block);
    struct blk_stamp stamp;
    if (!content->discarded)
        return;
    content->discarded = false;
    if (blk_stamp_read(data, model->block_bytes, &stamp, NULL) == BLK_STAMP_ZERO)
        content->kind = CONTENT_ZERO;
}
