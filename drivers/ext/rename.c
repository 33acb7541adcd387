/*
 * Renaming. Invariant: the tree stays a tree; what had the new name is replaced by one change of
 * one entry, so there is always something of that name.
 */
#include "names.h"

struct rename {
    struct ext_inode *from, *to;
    struct ext_name name, new_name;
    struct ext_inode *moved, *victim; /* victim: what has the new name, or NULL */
    struct ext_place place, victim_place;
};

static bool is_dir(const struct ext_inode *inode)
{
    return (inode->at.mode & S_IFMT) == S_IFDIR;
}

/* The number of the parent. */
static int parent_of(struct ext_inode *dir, uint32_t *ino)
{
    struct ext_place place;
    int rc = ext_dir_find(dir, (struct ext_name){"..", 2}, &place);
    if (rc)
        return rc == -ENOENT ? -EUCLEAN : rc;
    *ino = ext_dirent_at(&place)->inode;
    ext_buffer_put(place.buffer);
    return 0;
}

/* -EINVAL: `to` is `moved` or below it. */
static int check_ancestors(const struct rename *r)
{
    struct ext *fs = r->to->fs;
    struct ext_inode *at = ext_hold(r->to);
    int rc = 0;
    for (uint32_t n = 0; !rc && at != r->moved && at->at.ino != EXT_ROOT_INO; n++) {
        struct ext_inode *up = NULL;
        uint32_t ino;
        rc = n < fs->inodes ? parent_of(at, &ino) : -EUCLEAN;
        if (!rc)
            rc = ext_inode_get(fs, ino, false, &up);
        if (!rc && !is_dir(up)) {
            ext_put(up);
            rc = -EUCLEAN;
        }
        if (!rc) {
            ext_put(at);
            at = up;
        }
    }
    if (!rc && at == r->moved)
        rc = -EINVAL;
    ext_put(at);
    return rc == -ESTALE ? -EUCLEAN : rc;
}

/* Whether what is there may give way. */
static int check_victim(const struct rename *r)
{
    if (is_dir(r->moved) != is_dir(r->victim))
        return is_dir(r->moved) ? -ENOTDIR : -EISDIR;
    if (!is_dir(r->victim))
        return 0;
    return r->victim == r->from || r->victim == r->to ? -ENOTEMPTY : ext_dir_empty(r->victim);
}

static int check(const struct rename *r)
{
    if (r->moved == r->from)
        return -EUCLEAN; /* a directory in itself */
    int rc = is_dir(r->moved) ? check_ancestors(r) : 0;
    if (!rc && r->victim)
        rc = check_victim(r);
    if (!rc && is_dir(r->moved) && r->from != r->to && !r->victim &&
        r->to->at.links >= EXT_LINK_MAX)
        rc = -EMLINK;
    return rc;
}

/* A directory has a new parent. */
static int set_parent(const struct rename *r)
{
    struct ext_place place;
    ext_lock_exclusive(&r->moved->lock);
    int rc = ext_dir_find(r->moved, (struct ext_name){"..", 2}, &place);
    if (!rc) {
        ext_dir_replace(r->moved, &place, r->to->at.ino, S_IFDIR);
        ext_buffer_put(place.buffer);
    }
    ext_unlock(&r->moved->lock);
    r->from->at.links -= r->from->at.links > 2;
    r->to->at.links++;
    return rc;
}

static int remove_old(struct rename *r)
{
    struct ext_place place; /* making the new entry may have moved it */
    int rc = ext_dir_find(r->from, r->name, &place);
    if (rc)
        return rc == -ENOENT ? -EUCLEAN : rc;
    ext_dir_remove(r->from, &place);
    ext_buffer_put(place.buffer);
    return 0;
}

static int change(struct rename *r)
{
    int rc = 0;
    if (r->victim)
        ext_dir_replace(r->to, &r->victim_place, r->moved->at.ino, r->moved->at.mode);
    else
        rc = ext_dir_add(r->to, r->new_name, r->moved->at.ino, r->moved->at.mode);
    if (rc) {
        ext_inode_store(r->to);
        return rc;
    }
    rc = remove_old(r);
    if (!rc && is_dir(r->moved) && r->from != r->to)
        rc = set_parent(r);
    if (!rc && r->victim && is_dir(r->victim))
        r->to->at.links -= r->to->at.links > 2;
    r->moved->at.changed = ext_now(r->to->fs);
    int stored[] = {ext_inode_store(r->moved), ext_dir_changed(r->to),
                    r->from == r->to ? 0 : ext_dir_changed(r->from),
                    rc || !r->victim ? 0 : ext_names_lost(r->victim)};
    for (unsigned i = 0; i < ARRAY_SIZE(stored); i++)
        rc = rc ? rc : stored[i];
    return rc;
}

static int find_victim(struct rename *r)
{
    int rc = ext_names_find(r->to, r->new_name, &r->victim_place, &r->victim);
    if (rc)
        r->victim = NULL;
    return rc == -ENOENT && r->new_name.length ? 0 : rc;
}

static int rename_locked(struct rename *r)
{
    int rc = ext_names_find(r->from, r->name, &r->place, &r->moved);
    if (rc)
        return rc;
    ext_buffer_put(r->place.buffer);
    rc = find_victim(r);
    if (!rc && r->victim != r->moved) { /* else two names of one file: nothing to do */
        rc = check(r);
        if (!rc)
            rc = change(r);
    }
    if (r->victim) {
        ext_buffer_put(r->victim_place.buffer);
        ext_put(r->victim);
    }
    ext_put(r->moved);
    return rc;
}

int ext_rename(struct ext_inode *from, struct ext_name name, struct ext_inode *to,
               struct ext_name new_name)
{
    int rc;
    uint64_t reusable;
    do {
        reusable = from->fs->reusable;
        struct rename r = {.from = from, .to = to, .name = name, .new_name = new_name};
        rc = ext_names_begin(from, to);
        if (rc)
            return rc;
        rc = ext_name_is_dots(name) || ext_name_is_dots(new_name) ? -EINVAL : rename_locked(&r);
        ext_names_end(from, to);
    } while (rc == -ENOSPC && ext_make_room(from->fs, reusable));
    return rc;
}
