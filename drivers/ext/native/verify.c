/* Everything on a volume is as the model says. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shim.h"
#include "workload.h"

static void expect(const struct workload *w, const char *what, int64_t got, int64_t wanted)
{
    if (got != wanted)
        workload_fail(w, what, got, wanted);
}

static void verify_content(struct workload *w, const struct node *node, struct ext_inode *inode)
{
    bool link = (node->mode & 0170000) == 0120000;
    int64_t n = link ? ext_readlink(inode, w->check, node->size + 10)
                     : ext_read(inode, 0, w->check, node->size + 10);
    expect(w, "length", n, node->size);
    for (size_t i = 0; i < node->size; i++)
        if (w->check[i] != node->data[i]) {
            fprintf(stderr, "inode %u, byte %zu of %zu\n", node->ino, i, node->size);
            workload_fail(w, "content", w->check[i], node->data[i]);
        }
}

static void verify_xattrs(struct workload *w, const struct node *node, struct ext_inode *inode)
{
    char name[] = "user.0", value[1000];
    size_t all = 0;
    for (int i = 0; i < MODEL_XATTRS; i++) {
        name[5] = '0' + i;
        int64_t n = ext_get_xattr(inode, (struct ext_name){name, 6}, value, sizeof(value));
        expect(w, "xattr", n, node->xattr[i] ? (int64_t)node->xattr_size[i] : -ENODATA);
        if (n > 0 && memcmp(value, node->xattr[i], n))
            workload_fail(w, "value of an xattr", i, 0);
        all += node->xattr[i] ? 7 : 0;
    }
    expect(w, "xattr list", ext_list_xattr(inode, NULL, 0), all);
}

struct seen {
    struct workload *w;
    const struct node *dir;
    int count, limit;
    uint64_t next;
};

static bool see(void *arg, const struct ext_entry *entry)
{
    struct seen *seen = arg;
    char name[256] = "";
    seen->next = entry->next;
    memcpy(name, entry->name.text, entry->name.length);
    if (strcmp(name, ".") && strcmp(name, "..") && strcmp(name, "lost+found")) {
        int node = model_find(&seen->w->model, seen->dir - seen->w->model.nodes, name);
        if (node < 0 || seen->w->model.nodes[node].ino != entry->ino)
            workload_fail(seen->w, name, entry->ino, node);
        seen->count++;
    }
    return --seen->limit > 0;
}

static void verify_listing(struct workload *w, const struct node *dir, struct ext_inode *inode)
{
    struct seen seen = {.w = w, .dir = dir};
    while (seen.limit <= 0) {
        seen.limit = 7;
        expect(w, "readdir", ext_readdir(inode, seen.next, see, &seen), 0);
    }
    expect(w, "entries", seen.count, dir->count);
}

static void verify_node(struct workload *w, int n)
{
    struct node *node = &w->model.nodes[n];
    struct ext_inode *inode, *child;
    struct ext_attributes got;
    uint32_t subdirectories = 0;
    expect(w, "open", ext_open(w->fs, node->ino, 0, &inode), 0);
    ext_get(inode, &got);
    bool dir = (node->mode & 0170000) == 0040000;
    for (int i = 0; i < node->count; i++) {
        struct ext_name name = {node->entries[i].name, strlen(node->entries[i].name)};
        subdirectories += (w->model.nodes[node->entries[i].node].mode & 0170000) == 0040000;
        expect(w, "lookup", ext_lookup(inode, name, &child), 0);
        ext_put(child);
    }
    if (n) {
        expect(w, "mode", got.mode, node->mode);
        expect(w, "uid", got.uid, node->uid);
        expect(w, "gid", got.gid, node->gid);
        expect(w, "links", got.links, dir ? 2 + subdirectories : node->links);
    }
    if (dir)
        verify_listing(w, node, inode);
    else
        verify_content(w, node, inode);
    verify_xattrs(w, node, inode);
    ext_put(inode);
}

void workload_verify(struct workload *w)
{
    for (int n = 0; n < MODEL_NODES; n++)
        if (w->model.nodes[n].used && (w->model.nodes[n].mode & 0170000) != 0010000)
            verify_node(w, n);
}
