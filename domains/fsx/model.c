/* Invariant: what lies behind the end of a file is zero. A slot's node counts it as open. */
#include "model.h"
#include "tree.h"

#include <ringside-rt/errno.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/string.h>

struct description {
    struct node *node;
    uint64_t offset;
    bool append;
    unsigned path; /* that it was opened by */
};

struct model {
    struct node *root;
    struct description slots[STEP_SLOTS];
};

static void slot_close(struct model *model, unsigned slot)
{
    struct node *node = model->slots[slot].node;
    model->slots[slot] = (struct description){0};
    if (!node)
        return;
    node->opened--;
    node_drop_if_gone(node);
}

struct model *model_new(void)
{
    struct model *model = kmalloc(sizeof(*model));
    struct node *root = node_new(true, NULL);
    if (!model || !root) {
        kfree(model);
        kfree(root);
        return NULL;
    }
    root->names = 1;
    model->root = root;
    return model;
}

void model_free(struct model *model)
{
    for (unsigned slot = 0; slot < STEP_SLOTS; slot++)
        slot_close(model, slot);
    tree_free(model->root);
    kfree(model);
}

/* ---- content */

static int resize(struct node *node, uint64_t size)
{
    if (size > MODEL_MOST)
        return -EFBIG;
    if (!node->data && size)
        node->data = kmalloc(MODEL_MOST);
    if (!node->data && size)
        return -ENOMEM;
    if (size < node->size)
        memset(node->data + size, 0, node->size - size);
    node->size = (uint32_t)size;
    return 0;
}

static struct outcome read_at(const struct node *node, uint64_t offset, uint32_t length)
{
    uint64_t there = offset < node->size ? node->size - offset : 0;
    struct outcome outcome = {.result = (int64_t)(length < there ? length : there)};
    outcome.data = outcome.result ? node->data + offset : NULL;
    return outcome;
}

static int64_t write_at(struct node *node, uint64_t offset, const struct step *step)
{
    uint64_t end = offset + step->length;
    int rc = step->length && end > node->size ? resize(node, end) : 0;
    if (rc)
        return rc;
    if (step->length)
        step_fill(step->seed, node->data + offset, step->length);
    return step->length;
}

static int slot_open(struct model *model, unsigned slot, unsigned path, enum step_kind kind)
{
    struct place place;
    int rc = tree_find(model->root, path, &place);
    if (!rc && *place.entry && kind == STEP_create)
        rc = -EEXIST;
    if (!rc && *place.entry && (*place.entry)->directory)
        rc = -EISDIR;
    if (!rc && !*place.entry && kind == STEP_reopen)
        rc = -ENOENT;
    if (!rc && !*place.entry)
        rc = tree_make(model->root, path, false);
    if (rc)
        return rc;
    (*place.entry)->opened++;
    slot_close(model, slot);
    model->slots[slot] = (struct description){*place.entry, 0, kind == STEP_append, path};
    return 0;
}

static struct outcome stat_of(const struct node *node)
{
    return (struct outcome){
        .size = node->directory ? 0 : node->size,
        .links = node->directory ? 2 + node->subdirectories : node->names,
        .directory = node->directory,
    };
}

static struct outcome list_of(const struct node *node)
{
    struct outcome outcome = {0};
    if (!node->directory)
        return (struct outcome){.result = -ENOTDIR};
    for (unsigned i = 0; i < STEP_ROOTS; i++)
        outcome.names |= node->entries[i] ? 1u << i : 0;
    return outcome;
}

/* ---- steps */

static struct outcome just(int64_t result)
{
    return (struct outcome){.result = result};
}

static struct outcome on_path(struct model *model, const struct step *step)
{
    struct place place;
    int rc = tree_find_there(model->root, step->path, &place);
    if (rc)
        return just(rc);
    if (step->kind == STEP_stat)
        return stat_of(*place.entry);
    if (step->kind == STEP_list)
        return list_of(*place.entry);
    return just((*place.entry)->directory ? -EISDIR : resize(*place.entry, step->offset));
}

static struct outcome reopen(struct model *model, unsigned slot)
{
    unsigned path = model->slots[slot].path;
    slot_close(model, slot);
    return just(slot_open(model, slot, path, STEP_reopen));
}

static struct outcome on_slot(struct model *model, const struct step *step)
{
    struct description *of = &model->slots[step->slot];
    if (!of->node)
        return just(-EBADF);
    struct outcome outcome = {0};
    switch (step->kind) {
    case STEP_close:
        slot_close(model, step->slot);
        break;
    case STEP_reopen:
        return reopen(model, step->slot);
    case STEP_read:
        outcome = read_at(of->node, of->offset, step->length);
        of->offset += (uint64_t)outcome.result;
        break;
    case STEP_pread:
        return read_at(of->node, step->offset, step->length);
    case STEP_write:
        if (of->append && step->length)
            of->offset = of->node->size;
        outcome = just(write_at(of->node, of->offset, step));
        of->offset += outcome.result > 0 ? (uint64_t)outcome.result : 0;
        break;
    case STEP_pwrite:
        return just(write_at(of->node, step->offset, step));
    case STEP_seek:
        of->offset = step->offset;
        return just(step->offset);
    case STEP_ftruncate:
        return just(resize(of->node, step->offset));
    case STEP_fstat:
        return stat_of(of->node);
    default:
        break; /* fsync */
    }
    return outcome;
}

struct outcome model_step(struct model *model, const struct step *step)
{
    switch (step->kind) {
    case STEP_open:
    case STEP_append:
    case STEP_create:
        return just(slot_open(model, step->slot, step->path, step->kind));
    case STEP_stat:
    case STEP_list:
    case STEP_truncate:
        return on_path(model, step);
    case STEP_unlink:
    case STEP_rmdir:
        return just(tree_remove(model->root, step->path, step->kind == STEP_rmdir));
    case STEP_rename:
        return just(tree_rename(model->root, step));
    case STEP_link:
        return just(tree_link(model->root, step));
    case STEP_mkdir:
        return just(tree_make(model->root, step->path, true));
    default:
        return on_slot(model, step);
    }
}

struct outcome model_content(struct model *model, unsigned path)
{
    struct place place;
    int rc = tree_find_there(model->root, path, &place);
    return rc ? just(rc) : read_at(*place.entry, 0, MODEL_MOST);
}
