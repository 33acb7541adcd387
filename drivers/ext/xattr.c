/*
 * Extended attributes by name. Invariant: names of other classes than those here (access control
 * lists) are kept as they are, and not shown.
 */
#include "xattr.h"

static const struct {
    const char *text;
    uint8_t length, index;
} prefixes[] = {{"user.", 5, 1}, {"trusted.", 8, 4}, {"security.", 9, 6}};

/* The class of a name, and the rest of it; -EOPNOTSUPP: of no class. */
static int split(struct ext_name name, struct ext_xattr *xattr)
{
    for (unsigned i = 0; i < ARRAY_SIZE(prefixes); i++) {
        if (name.length < prefixes[i].length ||
            memcmp(name.text, prefixes[i].text, prefixes[i].length))
            continue;
        if (name.length == prefixes[i].length)
            return -EINVAL;
        if (name.length > EXT_NAME_MAX)
            return -ERANGE;
        *xattr = (struct ext_xattr){
            .index = prefixes[i].index,
            .name_length = name.length - prefixes[i].length,
            .name = name.text + prefixes[i].length,
        };
        return 0;
    }
    return -EOPNOTSUPP;
}

static struct ext_xattr *find(const struct ext_xattrs *set, const struct ext_xattr *wanted)
{
    for (unsigned i = 0; i < set->count; i++) {
        struct ext_xattr *x = &set->list[i];
        if (x->index == wanted->index && x->name_length == wanted->name_length &&
            memcmp(x->name, wanted->name, x->name_length) == 0)
            return x;
    }
    return NULL;
}

int64_t ext_get_xattr(struct ext_inode *inode, struct ext_name name, void *value, size_t length)
{
    struct ext_xattr wanted;
    struct ext_xattrs set;
    int64_t rc = split(name, &wanted);
    if (rc)
        return rc;
    ext_lock_shared(&inode->lock);
    rc = ext_xattrs_load(inode, &set);
    ext_unlock(&inode->lock);
    const struct ext_xattr *found = rc ? NULL : find(&set, &wanted);
    if (found) {
        rc = found->value_length;
        if (length && length < found->value_length)
            rc = -ERANGE;
        else if (length)
            memcpy(value, found->value, found->value_length);
    } else if (!rc) {
        rc = -ENODATA;
    }
    ext_xattrs_free(&set);
    return rc;
}

static int set_locked(struct ext_inode *inode, const struct ext_xattr *wanted, unsigned flags)
{
    struct ext_xattrs set;
    int rc = ext_xattrs_load(inode, &set);
    if (!rc) {
        struct ext_xattr *found = find(&set, wanted);
        if (found && flags & EXT_XATTR_CREATE)
            rc = -EEXIST;
        else if (!found && flags & EXT_XATTR_REPLACE)
            rc = -ENODATA;
        else if (!found && set.count == EXT_XATTRS_MAX)
            rc = -ENOSPC;
        else
            *(found ? found : &set.list[set.count++]) = *wanted;
    }
    if (!rc)
        rc = ext_xattrs_store(inode, &set);
    ext_xattrs_free(&set);
    return rc;
}

static int remove_locked(struct ext_inode *inode, const struct ext_xattr *wanted)
{
    struct ext_xattrs set;
    int rc = ext_xattrs_load(inode, &set);
    if (!rc) {
        struct ext_xattr *found = find(&set, wanted);
        if (found) {
            *found = set.list[--set.count];
            rc = ext_xattrs_store(inode, &set);
        } else {
            rc = -ENODATA;
        }
    }
    ext_xattrs_free(&set);
    return rc;
}

/* wanted without a value: it goes. */
static int change(struct ext_inode *inode, const struct ext_xattr *wanted, unsigned flags)
{
    int rc;
    uint64_t reusable;
    do {
        reusable = inode->fs->reusable;
        rc = ext_start(inode->fs);
        if (rc)
            return rc;
        ext_lock_exclusive(&inode->lock);
        rc = wanted->value ? set_locked(inode, wanted, flags) : remove_locked(inode, wanted);
        ext_unlock(&inode->lock);
        ext_end(inode->fs);
    } while (rc == -ENOSPC && ext_make_room(inode->fs, reusable));
    return rc;
}

int ext_set_xattr(struct ext_inode *inode, struct ext_name name, const void *value, size_t length,
                  unsigned flags)
{
    struct ext_xattr wanted;
    int rc = split(name, &wanted);
    if (rc)
        return rc;
    if (flags & ~(EXT_XATTR_CREATE | EXT_XATTR_REPLACE))
        return -EINVAL;
    if (length > inode->fs->block_bytes)
        return -ENOSPC;
    wanted.value = length ? value : "";
    wanted.value_length = length;
    return change(inode, &wanted, flags);
}

int ext_remove_xattr(struct ext_inode *inode, struct ext_name name)
{
    struct ext_xattr wanted;
    int rc = split(name, &wanted);
    return rc ? rc : change(inode, &wanted, 0);
}

/* The name with its prefix and its NUL at `to`, if that is not NULL; its length. */
static size_t put_name(const struct ext_xattr *xattr, char *to)
{
    for (unsigned i = 0; i < ARRAY_SIZE(prefixes); i++) {
        size_t prefix = prefixes[i].length;
        if (prefixes[i].index != xattr->index)
            continue;
        if (to) {
            memcpy(to, prefixes[i].text, prefix);
            memcpy(to + prefix, xattr->name, xattr->name_length);
            to[prefix + xattr->name_length] = 0;
        }
        return prefix + xattr->name_length + 1;
    }
    return 0;
}

int64_t ext_list_xattr(struct ext_inode *inode, char *names, size_t length)
{
    struct ext_xattrs set;
    size_t all = 0;
    ext_lock_shared(&inode->lock);
    int64_t rc = ext_xattrs_load(inode, &set);
    ext_unlock(&inode->lock);
    for (unsigned i = 0; !rc && i < set.count; i++)
        all += put_name(&set.list[i], NULL);
    if (!rc && length && length < all)
        rc = -ERANGE;
    for (unsigned i = 0; !rc && length && i < set.count; i++)
        names += put_name(&set.list[i], names);
    ext_xattrs_free(&set);
    return rc ? rc : (int64_t)all;
}
