/*
 * Open file descriptions and the inodes they are open on. Invariant: a node is in its bucket as
 * long as a description is in its list of files, and no longer; it holds the inode once.
 */
#include "lock.h"
#include <ringside-rt/memory.h>

static struct fs_node **bucket(struct fs *fs, const struct ext_inode *inode)
{
    struct ext_attributes attributes;
    ext_get(inode, &attributes);
    return &fs->nodes[attributes.ino % FS_NODE_BUCKETS];
}

static struct fs_node *find(struct fs *fs, const struct ext_inode *inode)
{
    struct fs_node *node = *bucket(fs, inode);
    while (node && node->inode != inode)
        node = node->next;
    return node;
}

static struct fs_node *node_new(struct fs *fs, struct ext_inode *inode)
{
    struct fs_node *node = kmalloc(sizeof(*node));
    if (!node)
        return NULL;
    struct fs_node **first = bucket(fs, inode);
    node->inode = ext_hold(inode);
    node->next = *first;
    *first = node;
    return node;
}

struct fs_file *fs_file_new(int flags)
{
    struct fs_file *file = kmalloc(sizeof(*file));
    if (!file)
        return NULL;
    file->users = 1;
    file->flags = flags & ~(FS_O_CREAT | FS_O_EXCL | FS_O_TRUNC | FS_O_CLOEXEC);
    return file;
}

int fs_file_open(struct fs *fs, struct fs_file *file, struct ext_inode *inode)
{
    struct fs_node *node = find(fs, inode);
    if (!node)
        node = node_new(fs, inode);
    if (node) {
        file->kind = fs_kind(inode);
        file->node = node;
        file->next = node->files;
        node->files = file;
    }
    ext_put(inode);
    return node ? 0 : -ENOMEM;
}

/* Nobody has it open any more. */
static void node_free(struct fs *fs, struct fs_node *node)
{
    struct fs_node **link = bucket(fs, node->inode);
    while (*link != node)
        link = &(*link)->next;
    *link = node->next;
    ext_put(node->inode);
    kfree(node);
}

void fs_file_put(struct fs *fs, struct fs_file *file)
{
    if (--file->users)
        return;
    struct fs_node *node = file->node;
    if (node) {
        struct fs_file **link = &node->files;
        while (*link != file)
            link = &(*link)->next;
        *link = file->next;
        if (file->flock)
            fs_lock_wake(fs, node);
        if (!node->files)
            node_free(fs, node);
    }
    kfree(file);
}
