/*
 * Invariant: a node is an entry of links directories' entries (a directory of one, its parent), or
 * is open, or is gone. What lies behind the end of a file is zero.
 */
#include "model.h"

#include <ringside-rt/errno.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/string.h>

struct node {
    bool directory;
    unsigned names, subdirectories, opened;
    struct node *parent, *entries[STEP_ROOTS];
    unsigned char *data; /* MODEL_MOST bytes, or NULL: none written */
    uint32_t size;
};

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

/* Where a path ends: the directory, and what is there or NULL. */
struct place {
    struct node *directory, **entry;
};

static struct node *node_new(bool directory, struct node *parent)
{
    struct node *node = kmalloc(sizeof(*node));
    if (node)
        *node = (struct node){.directory = directory, .parent = parent};
    return node;
}

static void drop_if_gone(struct node *node)
{
    if (node->names || node->opened)
        return;
    kfree(node->data);
    kfree(node);
}

static void tree_free(struct node *node)
{
    for (unsigned i = 0; i < STEP_ROOTS; i++)
        if (node->entries[i])
            tree_free(node->entries[i]);
    node->names -= node->names ? 1 : 0;
    drop_if_gone(node);
}

static void slot_close(struct model *model, unsigned slot)
{
    struct node *node = model->slots[slot].node;
    model->slots[slot] = (struct description){0};
    if (!node)
        return;
    node->opened--;
    drop_if_gone(node);
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

/* ---- names */

static int find(struct model *model, unsigned path, struct place *place)
{
    if (path < STEP_ROOTS) {
        *place = (struct place){model->root, &model->root->entries[path]};
        return 0;
    }
    struct node *above = model->root->entries[(path - STEP_ROOTS) / STEP_LEAVES];
    if (!above)
        return -ENOENT;
    if (!above->directory)
        return -ENOTDIR;
    *place = (struct place){above, &above->entries[(path - STEP_ROOTS) % STEP_LEAVES]};
    return 0;
}

/* The same for what must be there. */
static int find_there(struct model *model, unsigned path, struct place *place)
{
    int rc = find(model, path, place);
    return rc ? rc : *place->entry ? 0 : -ENOENT;
}

static bool empty(const struct node *directory)
{
    for (unsigned i = 0; i < STEP_ROOTS; i++)
        if (directory->entries[i])
            return false;
    return true;
}

static int make(struct model *model, unsigned path, bool directory)
{
    struct place place;
    int rc = find(model, path, &place);
    if (rc || *place.entry)
        return rc ? rc : -EEXIST;
    *place.entry = node_new(directory, place.directory);
    if (!*place.entry)
        return -ENOMEM;
    (*place.entry)->names = 1;
    place.directory->subdirectories += directory;
    return 0;
}

static int drop(const struct place *place)
{
    struct node *node = *place->entry;
    if (node->directory && !empty(node))
        return -ENOTEMPTY;
    place->directory->subdirectories -= node->directory;
    *place->entry = NULL;
    node->names--;
    drop_if_gone(node);
    return 0;
}

static int remove_path(struct model *model, unsigned path, bool directory)
{
    struct place place;
    int rc = find_there(model, path, &place);
    if (rc)
        return rc;
    if ((*place.entry)->directory != directory)
        return directory ? -ENOTDIR : -EISDIR;
    return drop(&place);
}

static bool above(const struct node *node, const struct node *below)
{
    while (below && below != node)
        below = below->parent;
    return below;
}

static int rename_place(const struct place *from, const struct place *to)
{
    struct node *node = *from->entry;
    if (node == *to->entry)
        return 0;
    if (*to->entry && (*to->entry)->directory != node->directory)
        return node->directory ? -ENOTDIR : -EISDIR;
    if (node->directory && above(node, to->directory))
        return -EINVAL;
    int rc = *to->entry ? drop(to) : 0;
    if (rc)
        return rc;
    *from->entry = NULL;
    *to->entry = node;
    from->directory->subdirectories -= node->directory;
    to->directory->subdirectories += node->directory;
    if (node->directory)
        node->parent = to->directory;
    return 0;
}

static int rename_path(struct model *model, const struct step *step)
{
    struct place from, to;
    int rc = find(model, step->path, &from);
    rc = rc ? rc : find(model, step->other, &to);
    if (rc)
        return rc;
    return *from.entry ? rename_place(&from, &to) : -ENOENT;
}

static int link_path(struct model *model, const struct step *step)
{
    struct place from, to;
    int rc = find_there(model, step->path, &from);
    rc = rc ? rc : find(model, step->other, &to);
    if (rc)
        return rc;
    if (*to.entry)
        return -EEXIST;
    if ((*from.entry)->directory)
        return -EPERM;
    *to.entry = *from.entry;
    (*to.entry)->names++;
    return 0;
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
    int rc = find(model, path, &place);
    if (!rc && *place.entry && kind == STEP_create)
        rc = -EEXIST;
    if (!rc && *place.entry && (*place.entry)->directory)
        rc = -EISDIR;
    if (!rc && !*place.entry && kind == STEP_reopen)
        rc = -ENOENT;
    if (!rc && !*place.entry)
        rc = make(model, path, false);
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
    int rc = find_there(model, step->path, &place);
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
        return just(remove_path(model, step->path, step->kind == STEP_rmdir));
    case STEP_rename:
        return just(rename_path(model, step));
    case STEP_link:
        return just(link_path(model, step));
    case STEP_mkdir:
        return just(make(model, step->path, true));
    default:
        return on_slot(model, step);
    }
}

struct outcome model_content(struct model *model, unsigned path)
{
    struct place place;
    int rc = find_there(model, path, &place);
    return rc ? just(rc) : read_at(*place.entry, 0, MODEL_MOST);
}
