/*
 * The model: nodes in memory, directories that are short lists of names. It says what POSIX says,
 * by the shortest way; nothing in it is shared with what it judges. Everything is done by uid 0.
 */
#include "step.h"
#include <ringside-rt/fs.h>
#include <stdlib.h>
#include <string.h>

#define ENTRIES 64
#define NAME 128
#define MOST (1u << 21)

struct node {
    unsigned kind; /* FS_S_IF... */
    uint32_t permissions;
    unsigned links;
    uint8_t *data; /* of a file, or the target of a link */
    size_t size;
    struct {
        char name[NAME];
        struct node *node; /* NULL: free */
    } entries[ENTRIES];
    struct node *parent, *all;
};

struct description {
    struct node *node;
    int flags, users;
    uint64_t offset;
};

struct model {
    struct node *root, *all;
    struct description *slots[STEP_SLOTS];
};

static struct node *node_new(struct model *model, unsigned kind, struct node *parent)
{
    struct node *node = calloc(1, sizeof(*node));
    *node = (struct node){.kind = kind, .links = kind == FS_S_IFDIR ? 2 : 1, .parent = parent};
    node->permissions = kind == FS_S_IFDIR ? 0755 : kind == FS_S_IFLNK ? 0777 : 0644;
    node->data = calloc(1, kind == FS_S_IFREG ? MOST : 4096);
    node->all = model->all;
    model->all = node;
    return node;
}

struct model *model_new(void)
{
    struct model *model = calloc(1, sizeof(*model));
    model->root = node_new(model, FS_S_IFDIR, NULL);
    model->root->parent = model->root;
    return model;
}

static void slot_close(struct model *model, int slot)
{
    struct description *description = model->slots[slot];
    model->slots[slot] = NULL;
    if (description && --description->users == 0)
        free(description);
}

void model_free(struct model *model)
{
    for (int slot = 0; slot < STEP_SLOTS; slot++)
        slot_close(model, slot);
    while (model->all) {
        struct node *node = model->all;
        model->all = node->all;
        free(node->data);
        free(node);
    }
    free(model);
}

/* ---- names */

/* Where a path ends: the directory and the name there, and what has that name or NULL. */
struct place {
    struct node *directory, *node;
    char name[NAME];
};

static struct node *child(const struct node *directory, const char *name)
{
    for (int i = 0; i < ENTRIES; i++)
        if (directory->entries[i].node && !strcmp(directory->entries[i].name, name))
            return directory->entries[i].node;
    return NULL;
}

static bool dots(const char *name)
{
    return !strcmp(name, ".") || !strcmp(name, "..");
}

static int walk(struct model *model, struct place *place, const char *path, bool follow,
                int *links)
{
    if (*path == '/')
        place->directory = model->root;
    for (;;) {
        path += strspn(path, "/");
        size_t length = strcspn(path, "/");
        memcpy(place->name, path, length);
        place->name[length] = 0;
        path += length;
        struct node *directory = place->directory;
        place->node = !length || !strcmp(place->name, ".") ? directory
                      : !strcmp(place->name, "..")         ? directory->parent
                                                           : child(directory, place->name);
        bool last = !*path;
        if (place->node && place->node->kind == FS_S_IFLNK && (follow || !last)) {
            if (++*links > (int)FS_SYMLOOP_MAX)
                return -ELOOP;
            int rc = walk(model, place, (const char *)place->node->data, true, links);
            if (rc)
                return rc;
        }
        if (last)
            return 0;
        if (!place->node)
            return -ENOENT;
        if (place->node->kind != FS_S_IFDIR)
            return -ENOTDIR;
        place->directory = place->node;
    }
}

static int find(struct model *model, struct place *place, const char *path, bool follow)
{
    int links = 0;
    place->directory = model->root;
    return walk(model, place, path, follow, &links);
}

static void enter(struct place *place, struct node *node)
{
    for (int i = 0; i < ENTRIES; i++)
        if (!place->directory->entries[i].node) {
            place->directory->entries[i].node = node;
            strcpy(place->directory->entries[i].name, place->name);
            return;
        }
    abort();
}

static void leave(const struct place *place)
{
    for (int i = 0; i < ENTRIES; i++)
        if (place->directory->entries[i].node &&
            !strcmp(place->directory->entries[i].name, place->name))
            place->directory->entries[i].node = NULL;
}

static bool empty(const struct node *directory)
{
    for (int i = 0; i < ENTRIES; i++)
        if (directory->entries[i].node)
            return false;
    return true;
}

static int make(struct model *model, const char *path, unsigned kind, const char *target)
{
    struct place place;
    int rc = find(model, &place, path, false);
    if (rc)
        return rc;
    if (place.node || dots(place.name))
        return -EEXIST;
    struct node *node = node_new(model, kind, place.directory);
    if (target) {
        strcpy((char *)node->data, target);
        node->size = strlen(target);
    }
    if (kind == FS_S_IFDIR) {
        place.directory->links++;
        node->permissions |= place.directory->permissions & FS_S_ISGID;
    }
    enter(&place, node);
    return 0;
}

static int drop(const struct place *place)
{
    if (place->node->kind == FS_S_IFDIR) {
        if (!empty(place->node))
            return -ENOTEMPTY;
        place->node->links = 0;
        place->directory->links--;
    } else {
        place->node->links--;
    }
    leave(place);
    return 0;
}

static int unlink_path(struct model *model, const char *path, bool directory)
{
    struct place place;
    int rc = find(model, &place, path, false);
    if (rc)
        return rc;
    if (dots(place.name))
        return !directory ? -EISDIR : !strcmp(place.name, ".") ? -EINVAL : -ENOTEMPTY;
    if (!place.node)
        return -ENOENT;
    if ((place.node->kind == FS_S_IFDIR) != directory)
        return directory ? -ENOTDIR : -EISDIR;
    return drop(&place);
}

static bool above(const struct node *node, const struct node *below)
{
    while (below != node && below != below->parent)
        below = below->parent;
    return below == node;
}

static int rename_path(struct model *model, const char *from, const char *to)
{
    struct place old, new;
    int rc = find(model, &old, from, false);
    if (!rc)
        rc = find(model, &new, to, false);
    if (rc)
        return rc;
    if (dots(old.name) || dots(new.name))
        return -EBUSY;
    if (!old.node)
        return -ENOENT;
    if (old.node == new.node)
        return 0;
    bool directory = old.node->kind == FS_S_IFDIR;
    if (new.node && (new.node->kind == FS_S_IFDIR) != directory)
        return directory ? -ENOTDIR : -EISDIR;
    if (directory && above(old.node, new.directory))
        return -EINVAL;
    rc = new.node ? drop(&new) : 0;
    if (rc)
        return rc;
    leave(&old);
    enter(&new, old.node);
    if (directory) {
        old.directory->links--;
        new.directory->links++;
        old.node->parent = new.directory;
    }
    return 0;
}

static int link_path(struct model *model, const char *from, const char *to)
{
    struct place old, new;
    int rc = find(model, &old, from, false);
    if (rc || !old.node)
        return rc ? rc : -ENOENT;
    rc = find(model, &new, to, false);
    if (rc)
        return rc;
    if (new.node || dots(new.name))
        return -EEXIST;
    if (old.node->kind == FS_S_IFDIR)
        return -EPERM;
    enter(&new, old.node);
    old.node->links++;
    return 0;
}

/* ---- content */

static void resize(struct node *node, uint64_t size)
{
    if (size > MOST)
        abort();
    if (size < node->size)
        memset(node->data + size, 0, node->size - size);
    node->size = size;
}

static int opened(const struct node *node, int flags)
{
    bool writes = (flags & FS_O_ACCMODE) != FS_O_RDONLY || flags & FS_O_TRUNC;
    if (node->kind != FS_S_IFDIR && flags & FS_O_DIRECTORY)
        return -ENOTDIR;
    if (node->kind == FS_S_IFLNK)
        return -ELOOP;
    return node->kind == FS_S_IFDIR && (writes || flags & FS_O_CREAT) ? -EISDIR : 0;
}

static int open_path(struct model *model, const struct step *step)
{
    struct place place;
    bool create = step->flags & FS_O_CREAT, exclusive = create && step->flags & FS_O_EXCL;
    int rc = find(model, &place, step->path, !(step->flags & FS_O_NOFOLLOW) && !exclusive);
    if (rc)
        return rc;
    if (exclusive && place.node)
        return -EEXIST;
    if (!place.node && !create)
        return -ENOENT;
    if (!place.node) {
        place.node = node_new(model, FS_S_IFREG, place.directory);
        enter(&place, place.node);
    } else if ((rc = opened(place.node, step->flags))) {
        return rc;
    }
    if (step->flags & FS_O_TRUNC)
        resize(place.node, 0);
    slot_close(model, step->slot);
    model->slots[step->slot] = malloc(sizeof(struct description));
    *model->slots[step->slot] =
        (struct description){.node = place.node, .flags = step->flags, .users = 1};
    return 0;
}

static struct outcome read_at(const struct description *from, uint64_t offset, uint32_t length)
{
    if ((from->flags & FS_O_ACCMODE) == FS_O_WRONLY)
        return (struct outcome){-EBADF, 0};
    if (from->node->kind == FS_S_IFDIR)
        return (struct outcome){-EISDIR, 0};
    uint64_t there = offset < from->node->size ? from->node->size - offset : 0;
    uint64_t n = length < there ? length : there;
    return (struct outcome){(int64_t)n, step_sum(1, from->node->data + offset, n)};
}

static int64_t write_at(const struct description *to, uint64_t offset, const struct step *step)
{
    if ((to->flags & FS_O_ACCMODE) == FS_O_RDONLY)
        return -EBADF;
    if (step->length && offset + step->length > to->node->size)
        resize(to->node, offset + step->length);
    if (step->length)
        step_fill(step->seed, to->node->data + offset, step->length);
    return step->length;
}

static struct outcome by_descriptor(struct model *model, const struct step *step)
{
    struct description *d = model->slots[step->slot];
    struct outcome outcome = {0, 0};
    if (!d)
        return (struct outcome){-EBADF, 0};
    switch (step->op) {
    case STEP_close:
        slot_close(model, step->slot);
        break;
    case STEP_read:
        outcome = read_at(d, d->offset, step->length);
        d->offset += outcome.result > 0 ? (uint64_t)outcome.result : 0;
        break;
    case STEP_pread:
        return read_at(d, step->offset, step->length);
    case STEP_write:
    case STEP_append_vector:
        if (d->flags & FS_O_APPEND && step->length)
            d->offset = d->node->size;
        outcome.result = write_at(d, d->offset, step);
        d->offset += outcome.result > 0 ? (uint64_t)outcome.result : 0;
        break;
    case STEP_pwrite:
        outcome.result = write_at(d, step->offset, step);
        break;
    case STEP_lseek:
        outcome.result = (int64_t)(d->offset = step->offset);
        break;
    case STEP_ftruncate:
        if ((d->flags & FS_O_ACCMODE) == FS_O_RDONLY)
            outcome.result = -EINVAL;
        else
            resize(d->node, step->offset);
        break;
    case STEP_dup:
        d->users++;
        slot_close(model, step->other_slot);
        model->slots[step->other_slot] = d;
        break;
    default:
        break; /* fsync */
    }
    return outcome;
}

static uint64_t sum_entries(const struct node *directory)
{
    uint64_t told = step_entry(".", FS_S_IFDIR) + step_entry("..", FS_S_IFDIR);
    for (int i = 0; i < ENTRIES; i++)
        if (directory->entries[i].node)
            told += step_entry(directory->entries[i].name, directory->entries[i].node->kind);
    return told;
}

static struct outcome about(struct model *model, const struct step *step)
{
    struct place place;
    bool follow = step->op != STEP_stat && step->op != STEP_readlink;
    int64_t rc = find(model, &place, step->path, follow);
    struct node *node = place.node;
    if (rc || !node)
        return (struct outcome){rc ? rc : -ENOENT, 0};
    bool directory = node->kind == FS_S_IFDIR;
    if (step->op == STEP_truncate) {
        rc = directory ? -EISDIR : 0;
        if (!rc)
            resize(node, step->offset);
    } else if (step->op == STEP_chmod) {
        node->permissions = step->seed & 07777;
    } else if (step->op == STEP_readlink) {
        return node->kind != FS_S_IFLNK
                   ? (struct outcome){-EINVAL, 0}
                   : (struct outcome){(int64_t)node->size, step_sum(1, node->data, node->size)};
    } else if (step->op == STEP_list) {
        return directory ? (struct outcome){0, sum_entries(node)} : (struct outcome){-ENOTDIR, 0};
    } else {
        uint64_t told[] = {node->kind | node->permissions, node->links,
                           directory ? 0 : node->size};
        return (struct outcome){0, step_sum(1, told, sizeof(told))};
    }
    return (struct outcome){rc, 0};
}

struct outcome model_step(struct model *model, const struct step *step)
{
    switch (step->op) {
    case STEP_open:
        return (struct outcome){open_path(model, step), 0};
    case STEP_mkdir:
        return (struct outcome){make(model, step->path, FS_S_IFDIR, NULL), 0};
    case STEP_symlink:
        return (struct outcome){make(model, step->path, FS_S_IFLNK, step->other), 0};
    case STEP_rmdir:
        return (struct outcome){unlink_path(model, step->path, true), 0};
    case STEP_unlink:
        return (struct outcome){unlink_path(model, step->path, false), 0};
    case STEP_rename:
        return (struct outcome){rename_path(model, step->path, step->other), 0};
    case STEP_link:
        return (struct outcome){link_path(model, step->path, step->other), 0};
    case STEP_truncate:
    case STEP_readlink:
    case STEP_stat:
    case STEP_list:
    case STEP_chmod:
        return about(model, step);
    default:
        return by_descriptor(model, step);
    }
}
