#include "model.h"

#include <stdlib.h>
#include <string.h>

int model_node(struct model *model, uint16_t mode)
{
    for (int i = 0; i < MODEL_NODES; i++)
        if (!model->nodes[i].used) {
            model->nodes[i] = (struct node){.used = true, .mode = mode};
            return i;
        }
    abort();
}

static struct entry *find(const struct model *model, int dir, const char *name)
{
    const struct node *d = &model->nodes[dir];
    for (int i = 0; i < d->count; i++)
        if (strcmp(d->entries[i].name, name) == 0)
            return &d->entries[i];
    return NULL;
}

int model_find(const struct model *model, int dir, const char *name)
{
    struct entry *entry = find(model, dir, name);
    return entry ? entry->node : -1;
}

void model_add(struct model *model, int dir, const char *name, int node)
{
    struct node *d = &model->nodes[dir];
    d->entries = realloc(d->entries, (d->count + 1) * sizeof(struct entry));
    d->entries[d->count++] = (struct entry){strdup(name), node};
}

static void forget(struct node *node)
{
    free(node->data);
    for (int i = 0; i < node->count; i++)
        free(node->entries[i].name);
    free(node->entries);
    for (int i = 0; i < MODEL_XATTRS; i++)
        free(node->xattr[i]);
    *node = (struct node){0};
}

void model_remove(struct model *model, int dir, const char *name)
{
    struct node *d = &model->nodes[dir];
    struct entry *entry = find(model, dir, name);
    struct node *node = &model->nodes[entry->node];
    free(entry->name);
    *entry = d->entries[--d->count];
    if (--node->links == 0 || (node->mode & 0170000) == 0040000)
        forget(node);
}

void model_resize(struct model *model, int node, size_t size)
{
    struct node *n = &model->nodes[node];
    n->data = realloc(n->data, size + 1);
    if (size > n->size)
        memset(n->data + n->size, 0, size - n->size);
    n->size = size;
}

void model_write(struct model *model, int node, size_t offset, const char *data, size_t length)
{
    if (offset + length > model->nodes[node].size)
        model_resize(model, node, offset + length);
    memcpy(model->nodes[node].data + offset, data, length);
}

bool model_is_below(const struct model *model, int node, int ancestor)
{
    while (node != ancestor && node)
        node = model->nodes[node].parent;
    return node == ancestor;
}

void model_free(struct model *model)
{
    for (int i = 0; i < MODEL_NODES; i++)
        forget(&model->nodes[i]);
}
