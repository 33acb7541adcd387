/* Names for what is there already, and names that go. */
#include "names.h"

static bool is_dir(const struct ext_inode *inode)
{
    return (inode->at.mode & S_IFMT) == S_IFDIR;
}

static int link_in(struct ext_inode *dir, struct ext_name name, struct ext_inode *inode)
{
    struct ext_place place;
    int rc = ext_name_check(name);
    if (!rc)
        rc = ext_dir_find(dir, name, &place);
    if (!rc) {
        ext_buffer_put(place.buffer);
        return -EEXIST;
    }
    if (rc != -ENOENT)
        return rc;
    if (!inode->at.links)
        return -ENOENT;
    if (inode->at.links >= EXT_LINK_MAX)
        return -EMLINK;
    rc = ext_dir_add(dir, name, inode->at.ino, inode->at.mode);
    if (rc) {
        ext_inode_store(dir);
        return rc;
    }
    ext_lock_exclusive(&inode->lock);
    inode->at.links++;
    inode->at.changed = ext_now(inode->fs);
    rc = ext_inode_store(inode);
    ext_unlock(&inode->lock);
    int stored = ext_dir_changed(dir);
    return rc ? rc : stored;
}

int ext_link(struct ext_inode *dir, struct ext_name name, struct ext_inode *inode)
{
    int rc;
    if (is_dir(inode))
        return -EPERM;
    uint64_t reusable;
    do {
        reusable = dir->fs->reusable;
        rc = ext_names_begin(dir, dir);
        if (rc)
            return rc;
        rc = link_in(dir, name, inode);
        ext_names_end(dir, dir);
    } while (rc == -ENOSPC && ext_make_room(dir->fs, reusable));
    return rc;
}

static int remove_entry(struct ext_inode *dir, const struct ext_place *place,
                        struct ext_inode *inode)
{
    ext_dir_remove(dir, place);
    dir->at.links -= is_dir(inode) && dir->at.links > 2;
    int rc = ext_dir_changed(dir);
    int lost = ext_names_lost(inode);
    return rc ? rc : lost;
}

int ext_unlink(struct ext_inode *dir, struct ext_name name)
{
    struct ext_place place;
    struct ext_inode *inode;
    int rc = ext_names_begin(dir, dir);
    if (rc)
        return rc;
    rc = ext_names_find(dir, name, &place, &inode);
    if (!rc) {
        rc = is_dir(inode) ? -EISDIR : remove_entry(dir, &place, inode);
        ext_buffer_put(place.buffer);
        ext_put(inode);
    }
    ext_names_end(dir, dir);
    return rc;
}

/* Nothing but dots in it; nothing can come in, since fs->names is held. */
static int check_empty(struct ext_inode *inode)
{
    ext_lock_shared(&inode->lock);
    int rc = ext_dir_empty(inode);
    ext_unlock(&inode->lock);
    return rc;
}

int ext_rmdir(struct ext_inode *dir, struct ext_name name)
{
    struct ext_place place;
    struct ext_inode *inode;
    int rc = ext_names_begin(dir, dir);
    if (rc)
        return rc;
    if (ext_name_is_dots(name))
        rc = name.length == 1 ? -EINVAL : -ENOTEMPTY;
    else
        rc = ext_names_find(dir, name, &place, &inode);
    if (!rc) {
        if (!is_dir(inode))
            rc = -ENOTDIR;
        else if (inode == dir)
            rc = -EUCLEAN;
        else
            rc = check_empty(inode);
        if (!rc)
            rc = remove_entry(dir, &place, inode);
        ext_buffer_put(place.buffer);
        ext_put(inode);
    }
    ext_names_end(dir, dir);
    return rc;
}
