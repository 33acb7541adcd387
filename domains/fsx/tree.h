/*
 * The names of the model: directories and files as nodes in memory.
 */
#ifndef TREE_H
#define TREE_H

#include "step.h"

struct node {
    bool directory;
    unsigned names, subdirectories, opened;
    struct node *parent, *entries[STEP_ROOTS];
    unsigned char *data; /* MODEL_MOST bytes, or NULL: none written */
    uint32_t size;
};

/** Where a path ends: the directory, and what is there or NULL. */
struct place {
    struct node *directory, **entry;
};

/** NULL without memory. */
struct node *node_new(bool directory, struct node *parent);

/** Frees what has no name and is not open. */
void node_drop_if_gone(struct node *node);

/** A name less for all that is below, and for the node itself. */
void tree_free(struct node *node);

/** These return 0 or -E...; tree_find_there: -ENOENT where there is nothing, too. */
int tree_find(struct node *root, unsigned path, struct place *place);
int tree_find_there(struct node *root, unsigned path, struct place *place);
int tree_make(struct node *root, unsigned path, bool directory);
int tree_remove(struct node *root, unsigned path, bool directory);

/** From the step's path to its other one. */
int tree_rename(struct node *root, const struct step *step);
int tree_link(struct node *root, const struct step *step);

#endif
