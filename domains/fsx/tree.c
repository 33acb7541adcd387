/*
 * Invariant: a node is an entry of as many directories as it has names (a directory: of one, its
 * parent), or is open, or is gone.
 */
#include "tree.h"

#include <ringside-rt/errno.h>
#include <ringside-rt/memory.h>

struct node *node_new(bool directory, struct node *parent)
{
    struct node *node = kmalloc(sizeof(*node));
    if (node)
        *node = (struct node){.directory = directory, .parent = parent};
    return node;
}

void node_drop_if_gone(struct node *node)
{
    if (node->names || node->opened)
        return;
    kfree(node->data);
    kfree(node);
}

void tree_free(struct node *node)
{
    for (unsigned i = 0; i < STEP_ROOTS; i++)
        if (node->entries[i])
            tree_free(node->entries[i]);
    node->names -= node->names ? 1 : 0;
    node_drop_if_gone(node);
}

int tree_find(struct node *root, unsigned path, struct place *place)
{
    if (path < STEP_ROOTS) {
        *place = (struct place){root, &root->entries[path]};
        return 0;
    }
    struct node *above = root->entries[(path - STEP_ROOTS) / STEP_LEAVES];
    if (!above)
        return -ENOENT;
    if (!above->directory)
        return -ENOTDIR;
    *place = (struct place){above, &above->entries[(path - STEP_ROOTS) % STEP_LEAVES]};
    return 0;
}

/* The same for what must be there. */
int tree_find_there(struct node *root, unsigned path, struct place *place)
{
    int rc = tree_find(root, path, place);
    return rc ? rc : *place->entry ? 0 : -ENOENT;
}

static bool empty(const struct node *directory)
{
    for (unsigned i = 0; i < STEP_ROOTS; i++)
        if (directory->entries[i])
            return false;
    return true;
}

int tree_make(struct node *root, unsigned path, bool directory)
{
    struct place place;
    int rc = tree_find(root, path, &place);
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
    node_drop_if_gone(node);
    return 0;
}

int tree_remove(struct node *root, unsigned path, bool directory)
{
    struct place place;
    int rc = tree_find_there(root, path, &place);
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

int tree_rename(struct node *root, const struct step *step)
{
    struct place from, to;
    int rc = tree_find(root, step->path, &from);
    rc = rc ? rc : tree_find(root, step->other, &to);
    if (rc)
        return rc;
    return *from.entry ? rename_place(&from, &to) : -ENOENT;
}

int tree_link(struct node *root, const struct step *step)
{
    struct place from, to;
    int rc = tree_find_there(root, step->path, &from);
    rc = rc ? rc : tree_find(root, step->other, &to);
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
