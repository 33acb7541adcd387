/*
 * Inodes in use. Invariant: there is at most one per number; the last user of one without links
 * deletes it, and nobody gets it while that goes on.
 */
#include "volume.h"

static struct ext_inode **slot(struct ext *fs, uint32_t ino)
{
    return &fs->inode_hash[ino % EXT_INODE_HASH];
}

static struct ext_inode *find(struct ext *fs, uint32_t ino)
{
    struct ext_inode *inode = *slot(fs, ino);
    while (inode && inode->at.ino != ino)
        inode = inode->hash_next;
    return inode;
}

static struct ext_inode *add(struct ext *fs, uint32_t ino)
{
    struct ext_inode *inode = kmalloc(sizeof(*inode));
    if (!inode)
        return NULL;
    inode->fs = fs;
    inode->at.ino = ino;
    inode->users = 1;
    inode->loading = true;
    inode->shrunk = fs->shrunk; /* it may have been this one, which went since */
    inode->hash_next = *slot(fs, ino);
    *slot(fs, ino) = inode;
    return inode;
}

static void drop(struct ext_inode *inode)
{
    struct ext_inode **at = slot(inode->fs, inode->at.ino);
    while (*at != inode)
        at = &(*at)->hash_next;
    *at = inode->hash_next;
    if (inode->orphan)
        ext_orphan_unlist(inode);
    ext_wake(&inode->fs->inode_gone);
    kfree(inode);
}

static bool number_valid(const struct ext *fs, uint32_t ino)
{
    return (ino == EXT_ROOT_INO || ino >= fs->first_ino) && ino <= fs->inodes;
}

static int get(struct ext *fs, uint32_t ino, uint32_t generation, bool orphan,
               struct ext_inode **out)
{
    struct ext_inode *inode;
    while ((inode = find(fs, ino)) && inode->loading)
        ext_wait(&fs->inode_gone);
    if (inode) {
        if (generation && inode->at.generation != generation)
            return -ESTALE;
        if (inode->kept && !orphan)
            inode->kept = false; /* the mount's use of it becomes the caller's */
        else
            inode->users++;
        *out = inode;
        return 0;
    }
    inode = add(fs, ino);
    if (!inode)
        return -ENOMEM;
    int rc = ext_inode_load(inode, generation);
    if (!rc && !inode->at.links && !orphan)
        rc = -ESTALE;
    if (rc) {
        drop(inode);
        return rc;
    }
    inode->loading = false;
    ext_wake(&fs->inode_gone);
    *out = inode;
    return 0;
}

int ext_inode_get(struct ext *fs, uint32_t ino, bool orphan, struct ext_inode **inode)
{
    return number_valid(fs, ino) ? get(fs, ino, 0, orphan, inode) : -ESTALE;
}

int ext_open(struct ext *fs, uint32_t ino, uint32_t generation, struct ext_inode **inode)
{
    return number_valid(fs, ino) ? get(fs, ino, generation, false, inode) : -ESTALE;
}

static int make_private(struct ext *fs, struct ext_inode **inode)
{
    const struct ext_new what = {.mode = S_IFREG | 0600};
    int rc = ext_start(fs);
    if (rc)
        return rc;
    rc = ext_inode_new(fs, EXT_PRIVATE_INO, &what, inode);
    if (!rc) {
        (*inode)->flags |= EXT_JOURNAL_DATA_FL;
        rc = ext_inode_store(*inode);
        if (rc)
            ext_put(*inode);
    }
    ext_end(fs);
    return rc;
}

int ext_open_private(struct ext *fs, struct ext_inode **inode)
{
    int rc = get(fs, EXT_PRIVATE_INO, 0, false, inode);
    if (rc == -ESTALE)
        return make_private(fs, inode);
    if (!rc && (!ext_is_logged(*inode) || ((*inode)->at.mode & S_IFMT) != S_IFREG)) {
        ext_put(*inode);
        rc = -EBUSY; /* a boot loader has it */
    }
    return rc;
}

int ext_inode_new(struct ext *fs, uint32_t ino, const struct ext_new *what, struct ext_inode **out)
{
    struct ext_inode *inode;
    while ((inode = find(fs, ino)) && inode->loading)
        ext_wait(&fs->inode_gone);
    if (inode || (ino != EXT_PRIVATE_INO && !number_valid(fs, ino)))
        return -EUCLEAN; /* in use, and free in the bitmap */
    inode = add(fs, ino);
    if (!inode)
        return -ENOMEM;
    struct ext_time now = ext_now(fs);
    struct ext_attributes *at = &inode->at;
    at->mode = what->mode;
    at->links = 1;
    at->uid = what->uid;
    at->gid = what->gid;
    at->accessed = at->modified = at->changed = now;
    uint16_t kind = what->mode & S_IFMT;
    if (kind == S_IFCHR || kind == S_IFBLK) {
        at->device = what->device;
        inode->map[what->device > UINT16_MAX] = what->device;
    }
    int rc = ext_inode_init(inode);
    if (!rc)
        rc = ext_inode_store(inode);
    if (rc) {
        drop(inode);
        return rc;
    }
    inode->loading = false;
    ext_wake(&fs->inode_gone);
    *out = inode;
    return 0;
}

struct ext *ext_of(const struct ext_inode *inode)
{
    return inode->fs;
}

void ext_get(const struct ext_inode *inode, struct ext_attributes *attributes)
{
    *attributes = inode->at;
}

struct ext_inode *ext_hold(struct ext_inode *inode)
{
    inode->users++;
    return inode;
}

bool ext_has_map(const struct ext_inode *inode)
{
    uint16_t kind = inode->at.mode & S_IFMT;
    return kind == S_IFREG || kind == S_IFDIR ||
           (kind == S_IFLNK && inode->at.size >= sizeof(inode->map));
}

bool ext_is_logged(const struct ext_inode *inode)
{
    return (inode->at.mode & S_IFMT) != S_IFREG || inode->flags & EXT_JOURNAL_DATA_FL;
}

/* All of it is free again. Within an operation; -EAGAIN: in several. */
static int delete(struct ext_inode *inode)
{
    bool directory = (inode->at.mode & S_IFMT) == S_IFDIR;
    int rc = 0;
    if (ext_has_map(inode)) {
        inode->at.size = 0;
        rc = ext_trim(inode);
    }
    if (!rc)
        rc = ext_xattr_free(inode);
    if (!rc)
        rc = ext_ino_free(inode->fs, inode->at.ino, directory);
    if (!rc)
        rc = ext_orphan_remove(inode);
    if (rc)
        return rc;
    int64_t now = ext_now(inode->fs).seconds;
    inode->at.size = 0;
    inode->orphan_link = now ? now : 1; /* from now on the time of deletion */
    return ext_inode_store(inode);
}

/* The last user goes: deletes it, or leaves it to the next mount if it cannot. */
static void last_put(struct ext_inode *inode)
{
    struct ext *fs = inode->fs;
    for (int rc = -EAGAIN; rc == -EAGAIN && !ext_start(fs); ext_end(fs)) {
        if (inode->users > 1) { /* somebody came while we waited */
            inode->users--;
            ext_end(fs);
            return;
        }
        inode->loading = true;
        if (!inode->at.links)
            rc = delete(inode);
        else if (inode->trimming)
            rc = ext_trim(inode);
        else
            rc = inode->times_dirty ? ext_inode_store(inode) : 0;
        if (rc == -EAGAIN) {
            inode->loading = false;
            ext_wake(&fs->inode_gone);
        } else {
            drop(inode);
        }
    }
}

void ext_put(struct ext_inode *inode)
{
    struct ext *fs = inode->fs;
    bool work = !inode->at.links || inode->trimming || inode->times_dirty;
    if (inode->users > 1)
        inode->users--;
    else if (work && ext_nested(fs))
        ext_defer(inode); /* its use is the list's now */
    else if (work && !fs->read_only && !fs->broken)
        last_put(inode);
    else
        drop(inode);
}

void ext_defer(struct ext_inode *inode)
{
    inode->deferred_next = inode->fs->deferred;
    inode->fs->deferred = inode;
}

void ext_run_deferred(struct ext *fs)
{
    struct ext_inode *inode;
    if (fs->runs_deferred)
        return; /* whoever does it sees to all */
    fs->runs_deferred = true;
    while ((inode = fs->deferred)) {
        fs->deferred = inode->deferred_next;
        ext_put(inode);
    }
    fs->runs_deferred = false;
}

int ext_times_store(struct ext *fs)
{
    for (unsigned i = 0; i < EXT_INODE_HASH; i++) {
        struct ext_inode *inode = fs->inode_hash[i];
        while (inode && (inode->loading || !inode->times_dirty))
            inode = inode->hash_next;
        if (!inode)
            continue;
        int rc = ext_start(fs);
        if (rc)
            return rc;
        inode = fs->inode_hash[i]; /* beginning may have waited */
        while (inode && (inode->loading || !inode->times_dirty))
            inode = inode->hash_next;
        if (inode) {
            inode->users++;
            rc = ext_inode_store(inode);
            ext_put(inode);
            i--; /* there may be more */
        }
        ext_end(fs);
        if (rc)
            return rc;
    }
    return 0;
}

int ext_set(struct ext_inode *inode, unsigned flags, const struct ext_attributes *attributes)
{
    struct ext_attributes *at = &inode->at;
    int rc = ext_start(inode->fs);
    if (rc)
        return rc;
    ext_lock_exclusive(&inode->lock);
    if (flags & EXT_SET_MODE)
        at->mode = (at->mode & S_IFMT) | (attributes->mode & 07777);
    if (flags & EXT_SET_UID)
        at->uid = attributes->uid;
    if (flags & EXT_SET_GID)
        at->gid = attributes->gid;
    if (flags & EXT_SET_ACCESSED)
        at->accessed = attributes->accessed;
    if (flags & EXT_SET_MODIFIED)
        at->modified = attributes->modified;
    at->changed = ext_now(inode->fs);
    rc = ext_inode_store(inode);
    ext_unlock(&inode->lock);
    ext_end(inode->fs);
    return rc;
}
