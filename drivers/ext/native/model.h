/*
 * What a volume should hold, in plain memory: a tree of nodes.
 */
#ifndef NATIVE_MODEL_H
#define NATIVE_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MODEL_NODES 4096
#define MODEL_XATTRS 6

struct entry {
    char *name;
    int node;
};

struct node {
    bool used;
    uint16_t mode;
    uint32_t ino, uid, gid, links;
    char *data; /* content, or a symbolic link's target */
    size_t size;
    int parent;
    struct entry *entries;
    int count;
    char *xattr[MODEL_XATTRS]; /* values of user.0, user.1, ... */
    size_t xattr_size[MODEL_XATTRS];
};

/** Node 0 is the root. */
struct model {
    struct node nodes[MODEL_NODES];
};

int model_node(struct model *model, uint16_t mode);
int model_find(const struct model *model, int dir, const char *name);
void model_add(struct model *model, int dir, const char *name, int node);
void model_remove(struct model *model, int dir, const char *name);
void model_write(struct model *model, int node, size_t offset, const char *data, size_t length);
void model_resize(struct model *model, int node, size_t size);
bool model_is_below(const struct model *model, int node, int ancestor);
void model_free(struct model *model);

#endif
