/*
 * Inodes that a crash must not forget: without links but in use, or with blocks behind their end.
 * Invariant: the list in memory is the list on the volume, which begins in the superblock and goes
 * on in the inodes' time of deletion.
 */
#include "volume.h"

static void store_head(struct ext *fs)
{
    ext_modify(fs, fs->super_buffer);
    fs->super->last_orphan = fs->first_orphan ? fs->first_orphan->at.ino : 0;
}

static void list(struct ext_inode *inode)
{
    struct ext *fs = inode->fs;
    inode->orphan = true;
    inode->orphan_previous = NULL;
    inode->orphan_next = fs->first_orphan;
    if (fs->first_orphan)
        fs->first_orphan->orphan_previous = inode;
    fs->first_orphan = inode;
}

void ext_orphan_unlist(struct ext_inode *inode)
{
    struct ext *fs = inode->fs;
    struct ext_inode *next = inode->orphan_next, *previous = inode->orphan_previous;
    *(previous ? &previous->orphan_next : &fs->first_orphan) = next;
    if (next)
        next->orphan_previous = previous;
    inode->orphan = false;
}

int ext_orphan_add(struct ext_inode *inode)
{
    struct ext *fs = inode->fs;
    if (inode->orphan)
        return 0;
    inode->orphan_link = fs->first_orphan ? fs->first_orphan->at.ino : 0;
    list(inode); /* before anything waits, so that the next one finds it */
    store_head(fs);
    return ext_inode_store(inode);
}

int ext_orphan_remove(struct ext_inode *inode)
{
    struct ext *fs = inode->fs;
    if (!inode->orphan)
        return 0;
    struct ext_inode *previous = inode->orphan_previous;
    uint32_t next = inode->orphan_next ? inode->orphan_next->at.ino : 0;
    ext_orphan_unlist(inode);
    inode->orphan_link = 0;
    if (!previous) {
        store_head(fs);
        return 0;
    }
    previous->orphan_link = next;
    ext_hold(previous);
    int rc = ext_inode_store(previous);
    ext_put(previous);
    return rc;
}

/* The inodes of the volume's list, from its last to its first, each in use. */
static int load(struct ext *fs)
{
    uint32_t ino = fs->super->last_orphan;
    struct ext_inode *last = NULL, *inode;
    for (uint32_t n = 0; ino; n++) {
        int rc = n < fs->inodes ? ext_inode_get(fs, ino, true, &inode) : -EUCLEAN;
        if (!rc && inode->users > 1) {
            ext_put(inode);
            rc = -EUCLEAN; /* twice in the list */
        }
        if (rc)
            return rc == -ESTALE ? -EUCLEAN : rc;
        inode->orphan = true;
        inode->orphan_previous = last;
        *(last ? &last->orphan_next : &fs->first_orphan) = inode;
        last = inode;
        ino = inode->orphan_link;
    }
    return 0;
}

/* Blocks behind the end of an inode that has links. */
static int finish_truncate(struct ext_inode *inode)
{
    int rc = -EAGAIN;
    while (rc == -EAGAIN && !(rc = ext_start(inode->fs))) {
        rc = ext_has_map(inode) ? ext_trim(inode) : ext_orphan_remove(inode);
        ext_end(inode->fs);
    }
    return rc;
}

int ext_orphans_open(struct ext *fs, bool keep)
{
    int rc = load(fs);
    if (rc)
        return rc;
    for (struct ext_inode *inode = fs->first_orphan, *next; inode; inode = next) {
        next = inode->orphan_next;
        inode->kept = !inode->at.links;
        if (!inode->at.links)
            continue;
        rc = finish_truncate(inode);
        ext_put(inode);
        if (rc)
            return rc;
    }
    return keep ? 0 : ext_drop_orphans(fs);
}

int ext_drop_orphans(struct ext *fs)
{
    struct ext_inode *inode = fs->first_orphan;
    while (inode) {
        if (inode->kept) {
            inode->kept = false;
            ext_put(inode);
            if (fs->broken)
                return fs->broken;
            inode = fs->first_orphan; /* the list may have changed while we waited */
        } else {
            inode = inode->orphan_next;
        }
    }
    return 0;
}
