/* Operations drawn from a seed, done to a volume and to a model of it. */
#include "workload.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shim.h"

#define DIR 0040000
#define REG 0100000
#define LNK 0120000
#define FIFO 0010000

struct ext_time native_now(void)
{
    static int64_t time = 1700000000;
    time++;
    return (struct ext_time){time / 8, time % 1000000};
}

void workload_fail(const struct workload *w, const char *what, int64_t got, int64_t wanted)
{
    fprintf(stderr, "operation %llu: %s: %lld, should be %lld\n", (unsigned long long)w->done, what,
            (long long)got, (long long)wanted);
    abort();
}

static void expect(const struct workload *w, const char *what, int64_t got, int64_t wanted)
{
    if (got != wanted)
        workload_fail(w, what, got, wanted);
}

static uint64_t draw(struct workload *w, uint64_t below)
{
    return native_random(&w->random, below);
}

static struct node *at(struct workload *w, int node)
{
    return &w->model.nodes[node];
}

static bool is(struct workload *w, int node, uint16_t kind)
{
    return node >= 0 && (at(w, node)->mode & 0170000) == kind;
}

static struct ext_inode *use(struct workload *w, int node)
{
    struct ext_inode *inode;
    expect(w, "open by number", ext_open(w->fs, at(w, node)->ino, 0, &inode), 0);
    return inode;
}

/* A node of this kind within the workload's directory, or -1. */
static int pick(struct workload *w, uint16_t kind)
{
    for (int tries = 0; tries < 300; tries++) {
        int node = draw(w, tries < 150 ? 100 : MODEL_NODES);
        if (at(w, node)->used && is(w, node, kind) && (node != 0 || w->top == 0))
            return node;
    }
    return kind == DIR ? w->top : -1;
}

static const char *pick_name(struct workload *w, char *name)
{
    unsigned n = draw(w, w->names);
    sprintf(name, "n%u", n);
    if (n % 5 == 0)
        memset(name + strlen(name), 'x', 40 + n % 50), name[42 + n % 50] = 0;
    return name;
}

static struct ext_name named(const char *text)
{
    return (struct ext_name){text, strlen(text)};
}

static bool was_full(struct workload *w, int64_t rc)
{
    w->full += rc == -ENOSPC;
    return rc == -ENOSPC;
}

static void make(struct workload *w)
{
    static const uint16_t kinds[] = {REG, REG, REG, DIR, LNK, FIFO};
    uint16_t kind = kinds[draw(w, 6)];
    int dir = pick(w, DIR);
    char name[200], target[900];
    struct ext_name ext_name = named(pick_name(w, name));
    struct ext_new new = {.mode = kind | draw(w, 01000), .uid = draw(w, 100000), .gid = draw(w, 9)};
    struct ext_inode *parent = use(w, dir), *inode;
    int exists = model_find(&w->model, dir, name), rc;
    size_t length = 1 + draw(w, draw(w, 2) ? 59 : 890);
    memset(target, 'a' + draw(w, 26), length);
    if (kind == DIR)
        rc = ext_mkdir(parent, ext_name, &new, &inode);
    else if (kind == LNK)
        rc = ext_symlink(parent, ext_name, &new, (struct ext_name){target, length}, &inode);
    else
        rc = ext_create(parent, ext_name, &new, &inode);
    ext_put(parent);
    if (exists >= 0 || !was_full(w, rc))
        expect(w, "make", rc, exists >= 0 ? -EEXIST : 0);
    if (rc)
        return;
    struct ext_attributes got;
    ext_get(inode, &got);
    ext_put(inode);
    int node = model_node(&w->model, kind == LNK ? LNK | 0777 : new.mode);
    at(w, node)->ino = got.ino;
    at(w, node)->uid = new.uid;
    at(w, node)->gid = new.gid;
    at(w, node)->links = 1;
    at(w, node)->parent = dir;
    if (kind == LNK)
        model_write(&w->model, node, 0, target, length);
    model_add(&w->model, dir, name, node);
}

static void make_link(struct workload *w)
{
    int dir = pick(w, DIR), node = pick(w, draw(w, 9) ? REG : DIR), wanted = 0;
    char name[200];
    if (node < 0)
        return;
    struct ext_name ext_name = named(pick_name(w, name));
    struct ext_inode *parent = use(w, dir), *inode = use(w, node);
    int rc = ext_link(parent, ext_name, inode);
    ext_put(parent);
    ext_put(inode);
    if (is(w, node, DIR))
        wanted = -EPERM;
    else if (model_find(&w->model, dir, name) >= 0)
        wanted = -EEXIST;
    if (was_full(w, rc))
        return;
    expect(w, "link", rc, wanted);
    if (rc)
        return;
    at(w, node)->links++;
    model_add(&w->model, dir, name, node);
}

static void unmake(struct workload *w)
{
    int dir = pick(w, DIR), wanted = 0;
    bool as_dir = draw(w, 3) == 0;
    char name[200];
    struct ext_name ext_name = named(pick_name(w, name));
    int node = model_find(&w->model, dir, name);
    struct ext_inode *parent = use(w, dir);
    struct ext_inode *held = node >= 0 && is(w, node, REG) && draw(w, 4) == 0 ? use(w, node) : NULL;
    int rc = as_dir ? ext_rmdir(parent, ext_name) : ext_unlink(parent, ext_name);
    ext_put(parent);
    if (node < 0)
        wanted = -ENOENT;
    else if (as_dir)
        wanted = !is(w, node, DIR) ? -ENOTDIR : at(w, node)->count ? -ENOTEMPTY : 0;
    else if (is(w, node, DIR))
        wanted = -EISDIR;
    expect(w, as_dir ? "rmdir" : "unlink", rc, wanted);
    if (held) { /* what is in use is still there */
        size_t size = at(w, node)->size < 9000 ? at(w, node)->size : 9000;
        expect(w, "read", ext_read(held, 0, w->check, size), size);
        if (size && memcmp(w->check, at(w, node)->data, size))
            workload_fail(w, "content of an unlinked file", 1, 0);
        ext_put(held);
    }
    if (!rc)
        model_remove(&w->model, dir, name);
}

static int rename_answer(struct workload *w, int from, const char *name, int to,
                         const char *new_name)
{
    int node = model_find(&w->model, from, name), victim = model_find(&w->model, to, new_name);
    if (node < 0)
        return -ENOENT;
    if (node == victim)
        return 0;
    if (is(w, node, DIR) && model_is_below(&w->model, to, node))
        return -EINVAL;
    if (victim < 0)
        return 0;
    if (is(w, node, DIR) != is(w, victim, DIR))
        return is(w, node, DIR) ? -ENOTDIR : -EISDIR;
    return is(w, victim, DIR) && at(w, victim)->count ? -ENOTEMPTY : 0;
}

static void move(struct workload *w)
{
    int from = pick(w, DIR), to = draw(w, 2) ? from : pick(w, DIR);
    char name[200], new_name[200];
    pick_name(w, name);
    pick_name(w, new_name);
    int wanted = rename_answer(w, from, name, to, new_name);
    struct ext_inode *a = use(w, from), *b = use(w, to);
    int rc = ext_rename(a, named(name), b, named(new_name));
    ext_put(a);
    ext_put(b);
    if (was_full(w, rc))
        return;
    expect(w, "rename", rc, wanted);
    int node = model_find(&w->model, from, name), victim = model_find(&w->model, to, new_name);
    if (rc || node == victim)
        return;
    at(w, node)->links++;
    if (victim >= 0)
        model_remove(&w->model, to, new_name);
    model_add(&w->model, to, new_name, node);
    if (is(w, node, DIR)) { /* model_remove would take it for deleted */
        struct node *d = at(w, from);
        for (int i = 0; i < d->count; i++)
            if (d->entries[i].node == node && strcmp(d->entries[i].name, name) == 0) {
                free(d->entries[i].name);
                d->entries[i] = d->entries[--d->count];
                break;
            }
        at(w, node)->links--;
        at(w, node)->parent = to;
    } else {
        model_remove(&w->model, from, name);
    }
}

static void write_some(struct workload *w)
{
    int node = pick(w, REG);
    if (node < 0)
        return;
    bool append = draw(w, 3) == 0;
    size_t unit = draw(w, 2) ? 4096 : 1, offset, length;
    size_t size = at(w, node)->size, span = draw(w, 8) ? size + 20000 : w->most;
    offset = append ? size : draw(w, span) / unit * unit;
    length = (1 + draw(w, draw(w, 6) ? 20000 : 300000) / unit) * unit;
    if (offset + length > w->most)
        return;
    char *data = w->buffer + draw(w, 2) * 3;
    for (size_t i = 0; i < length; i++)
        data[i] = 1 + (w->done * 7 + i / 61) % 255;
    struct ext_inode *inode = use(w, node);
    uint64_t told = offset;
    int64_t n = append ? ext_append(inode, data, length, &told, NULL)
                       : ext_write(inode, offset, data, length);
    ext_put(inode);
    if (was_full(w, n))
        return;
    if (n < (int64_t)length && n > 0)
        w->full++;
    else
        expect(w, "write", n, length);
    expect(w, "append's offset", told, offset);
    model_write(&w->model, node, offset, data, n);
}

static void read_some(struct workload *w)
{
    int node = pick(w, REG);
    if (node < 0)
        return;
    size_t size = at(w, node)->size, unit = draw(w, 2) ? 4096 : 1;
    size_t offset = draw(w, size + 100) / unit * unit, length = draw(w, 100000) / unit * unit;
    size_t wanted = offset > size ? 0 : length > size - offset ? size - offset : length;
    struct ext_inode *inode = use(w, node);
    expect(w, "read", ext_read(inode, offset, w->check + draw(w, 2) * 5, length), wanted);
    expect(w, "read", ext_read(inode, offset, w->check, length), wanted);
    ext_put(inode);
    if (wanted && memcmp(w->check, at(w, node)->data + offset, wanted))
        workload_fail(w, "content", node, 0);
}

static void resize(struct workload *w)
{
    int node = pick(w, REG);
    if (node < 0)
        return;
    size_t size = draw(w, draw(w, 3) ? at(w, node)->size + 1 : w->most);
    struct ext_inode *inode = use(w, node);
    expect(w, "truncate", ext_truncate(inode, size), 0);
    ext_put(inode);
    model_resize(&w->model, node, size);
}

static void change_attributes(struct workload *w)
{
    int node = pick(w, draw(w, 2) ? REG : DIR);
    if (node <= 0)
        return;
    struct ext_attributes new = {.mode = draw(w, 010000), .uid = draw(w, 70000), .gid = 70000};
    struct ext_inode *inode = use(w, node);
    expect(w, "set", ext_set(inode, EXT_SET_MODE | EXT_SET_UID | EXT_SET_GID, &new), 0);
    ext_put(inode);
    at(w, node)->mode = (at(w, node)->mode & 0170000) | new.mode;
    at(w, node)->uid = new.uid;
    at(w, node)->gid = new.gid;
}

static void change_xattr(struct workload *w)
{
    int node = pick(w, draw(w, 3) ? REG : DIR), i = draw(w, MODEL_XATTRS), wanted = 0, rc;
    if (node <= 0)
        return;
    char name[] = {'u', 's', 'e', 'r', '.', '0' + i, 0}, value[1000];
    size_t length = draw(w, draw(w, 2) ? 20 : 300);
    memset(value, 'A' + draw(w, 26), sizeof(value));
    char **there = &at(w, node)->xattr[i];
    struct ext_inode *inode = use(w, node);
    if (draw(w, 3) == 0) {
        rc = ext_remove_xattr(inode, named(name));
        expect(w, "remove xattr", rc, *there ? 0 : -ENODATA);
        free(*there);
        *there = NULL;
    } else {
        unsigned flags = draw(w, 3);
        if (flags == EXT_XATTR_CREATE && *there)
            wanted = -EEXIST;
        if (flags == EXT_XATTR_REPLACE && !*there)
            wanted = -ENODATA;
        rc = ext_set_xattr(inode, named(name), value, length, flags);
        if (!was_full(w, rc)) {
            expect(w, "set xattr", rc, wanted);
            if (!rc) {
                free(*there);
                *there = memcpy(malloc(length + 1), value, length);
                at(w, node)->xattr_size[i] = length;
            }
        }
    }
    ext_put(inode);
}

void workload_step(struct workload *w)
{
    static void (*const steps[])(struct workload *) = {
        make,      make,      make,      make_link, unmake,    unmake,            move,
        write_some, write_some, write_some, read_some, resize, change_attributes, change_xattr};
    w->done++;
    steps[draw(w, sizeof(steps) / sizeof(*steps))](w);
}

void workload_open(struct workload *w, struct ext *fs, uint64_t seed, size_t most,
                   struct ext_inode *dir)
{
    memset(w, 0, sizeof(*w)); /* too large for a stack */
    w->fs = fs;
    w->random = seed * 2654435761u + 1;
    w->most = most;
    w->names = 60;
    w->top = model_node(&w->model, DIR | 0755);
    at(w, w->top)->ino = EXT_ROOT_INO;
    if (dir) {
        struct ext_attributes top;
        ext_get(dir, &top);
        at(w, w->top)->ino = top.ino;
    }
    at(w, w->top)->links = 1;
    w->buffer = malloc(most + 400000);
    w->check = malloc(most + 400000);
}

void workload_close(struct workload *w)
{
    model_free(&w->model);
    free(w->buffer);
    free(w->check);
}
