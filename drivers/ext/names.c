/*
 * Names come and go. Invariant: an operation that fails leaves the directory as it was; an inode's
 * links are the entries for it, and a directory's are its subdirectories and two.
 */
#include "names.h"

static bool is_dir(const struct ext_inode *inode)
{
    return (inode->at.mode & S_IFMT) == S_IFDIR;
}

bool ext_name_is_dots(struct ext_name name)
{
    return name.text[0] == '.' &&
           (name.length == 1 || (name.length == 2 && name.text[1] == '.'));
}

int ext_name_check(struct ext_name name)
{
    if (name.length > EXT_NAME_MAX)
        return -ENAMETOOLONG;
    for (size_t i = 0; i < name.length; i++)
        if (!name.text[i] || name.text[i] == '/')
            return -EINVAL;
    return name.length ? 0 : -ENOENT;
}

int ext_names_begin(struct ext_inode *a, struct ext_inode *b)
{
    struct ext *fs = a->fs;
    if (!is_dir(a) || !is_dir(b))
        return -ENOTDIR;
    int rc = ext_start(fs);
    if (rc)
        return rc;
    mutex_lock(&fs->names);
    ext_lock_exclusive(&a->lock);
    if (b != a)
        ext_lock_exclusive(&b->lock);
    if (a->at.links && b->at.links)
        return 0;
    ext_names_end(a, b);
    return -ENOENT;
}

void ext_names_end(struct ext_inode *a, struct ext_inode *b)
{
    struct ext *fs = a->fs;
    if (b != a)
        ext_unlock(&b->lock);
    ext_unlock(&a->lock);
    mutex_unlock(&fs->names);
    ext_end(fs);
}

int ext_names_find(struct ext_inode *dir, struct ext_name name, struct ext_place *place,
                   struct ext_inode **inode)
{
    int rc = ext_name_check(name);
    if (!rc)
        rc = ext_dir_find(dir, name, place);
    if (rc)
        return rc;
    rc = ext_inode_get(dir->fs, ext_dirent_at(place)->inode, false, inode);
    if (!rc && !(*inode)->at.links) {
        ext_put(*inode);
        rc = -EUCLEAN;
    }
    if (rc)
        ext_buffer_put(place->buffer);
    return rc == -ESTALE ? -EUCLEAN : rc;
}

int ext_lookup(struct ext_inode *dir, struct ext_name name, struct ext_inode **inode)
{
    struct ext_place place;
    if (!is_dir(dir))
        return -ENOTDIR;
    ext_lock_shared(&dir->lock);
    int rc = dir->at.links ? ext_names_find(dir, name, &place, inode) : -ENOENT;
    if (!rc)
        ext_buffer_put(place.buffer);
    ext_unlock(&dir->lock);
    return rc;
}

int ext_dir_changed(struct ext_inode *dir)
{
    dir->at.modified = dir->at.changed = ext_now(dir->fs);
    return ext_inode_store(dir);
}

int ext_names_lost(struct ext_inode *inode)
{
    ext_lock_exclusive(&inode->lock);
    inode->at.links = is_dir(inode) || !inode->at.links ? 0 : inode->at.links - 1;
    inode->at.changed = ext_now(inode->fs);
    int rc = inode->at.links ? ext_inode_store(inode) : ext_orphan_add(inode);
    ext_unlock(&inode->lock);
    return rc;
}

/* The name is free: not -EEXIST, nor worse. */
static int check_free(struct ext_inode *dir, struct ext_name name)
{
    struct ext_place place;
    int rc = ext_name_check(name);
    if (rc)
        return rc;
    rc = ext_dir_find(dir, name, &place);
    if (!rc)
        ext_buffer_put(place.buffer);
    return rc ? (rc == -ENOENT ? 0 : rc) : -EEXIST;
}

/* A new inode whose content is made by fill, and its name. */
static int make(struct ext_inode *dir, struct ext_name name, const struct ext_new *what,
                int (*fill)(struct ext_inode *inode, const void *arg), const void *arg,
                struct ext_inode **out)
{
    bool directory = (what->mode & S_IFMT) == S_IFDIR;
    struct ext_inode *inode;
    uint32_t ino;
    int rc = check_free(dir, name);
    if (!rc && directory && dir->at.links >= EXT_LINK_MAX)
        rc = -EMLINK;
    if (!rc)
        rc = ext_ino_alloc(dir->fs, dir->at.ino, directory, &ino);
    if (rc)
        return rc;
    rc = ext_inode_new(dir->fs, ino, what, &inode);
    if (rc) {
        int second = ext_ino_free(dir->fs, ino, directory);
        return second ? second : rc;
    }
    rc = fill ? fill(inode, arg) : 0;
    if (!rc)
        rc = ext_dir_add(dir, name, ino, what->mode);
    if (rc) {
        ext_names_lost(inode);
        ext_put(inode);
        ext_inode_store(dir); /* it may have grown */
        return rc;
    }
    dir->at.links += directory;
    rc = ext_dir_changed(dir);
    *out = inode;
    return rc;
}

/* Once more if blocks become free by then. */
static int make_or_retry(struct ext_inode *dir, struct ext_name name, const struct ext_new *what,
                         int (*fill)(struct ext_inode *inode, const void *arg), const void *arg,
                         struct ext_inode **inode)
{
    int rc;
    uint64_t reusable;
    do {
        reusable = dir->fs->reusable;
        rc = ext_names_begin(dir, dir);
        if (rc)
            return rc;
        rc = make(dir, name, what, fill, arg, inode);
        ext_names_end(dir, dir);
    } while (rc == -ENOSPC && ext_make_room(dir->fs, reusable));
    return rc;
}

int ext_create(struct ext_inode *dir, struct ext_name name, const struct ext_new *what,
               struct ext_inode **inode)
{
    switch (what->mode & S_IFMT) {
    case S_IFREG:
    case S_IFIFO:
    case S_IFSOCK:
    case S_IFCHR:
    case S_IFBLK:
        return make_or_retry(dir, name, what, NULL, NULL, inode);
    }
    return -EINVAL;
}

static int fill_directory(struct ext_inode *inode, const void *arg)
{
    inode->at.links = 2;
    int rc = ext_dir_init(inode, *(const uint32_t *)arg);
    int stored = ext_inode_store(inode);
    return rc ? rc : stored;
}

int ext_mkdir(struct ext_inode *dir, struct ext_name name, const struct ext_new *new,
              struct ext_inode **inode)
{
    struct ext_new what = *new;
    what.mode = S_IFDIR | (new->mode & 07777);
    return make_or_retry(dir, name, &what, fill_directory, &dir->at.ino, inode);
}

/* What fits into the inode is there, else in a block. */
static int fill_symlink(struct ext_inode *inode, const void *arg)
{
    const struct ext_name *target = arg;
    struct ext_buffer *buffer;
    uint32_t block, count;
    inode->at.size = target->length;
    if (!ext_has_map(inode)) {
        memcpy(inode->map, target->text, target->length);
        return ext_inode_store(inode);
    }
    int rc = ext_map_grow(inode, 0, 1, &block, &count);
    int stored = ext_inode_store(inode);
    if (!rc)
        rc = stored ? stored : ext_buffer_blank(inode->fs, block, &buffer);
    if (rc)
        return rc;
    ext_modify(inode->fs, buffer);
    memset(buffer->data, 0, inode->fs->block_bytes);
    memcpy(buffer->data, target->text, target->length);
    buffer->valid = true;
    ext_buffer_put(buffer);
    return 0;
}

int ext_symlink(struct ext_inode *dir, struct ext_name name, const struct ext_new *new,
                struct ext_name target, struct ext_inode **inode)
{
    struct ext_new what = *new;
    what.mode = S_IFLNK | 0777;
    if (!target.length)
        return -ENOENT;
    if (target.length > EXT_SYMLINK_MAX || target.length >= dir->fs->block_bytes)
        return -ENAMETOOLONG;
    return make_or_retry(dir, name, &what, fill_symlink, &target, inode);
}

int64_t ext_readlink(struct ext_inode *inode, char *to, size_t length)
{
    struct ext_buffer *buffer;
    if ((inode->at.mode & S_IFMT) != S_IFLNK)
        return -EINVAL;
    if (length > inode->at.size)
        length = inode->at.size;
    if (!ext_has_map(inode)) {
        memcpy(to, inode->map, length);
        return length;
    }
    if (inode->at.size >= inode->fs->block_bytes)
        return -EUCLEAN;
    ext_lock_shared(&inode->lock);
    int rc = ext_dir_block(inode, 0, &buffer);
    if (!rc) {
        memcpy(to, buffer->data, length);
        ext_buffer_put(buffer);
    }
    ext_unlock(&inode->lock);
    return rc ? rc : (int64_t)length;
}
