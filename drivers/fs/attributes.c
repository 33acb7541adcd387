/*
 * chmod and chown. What is allowed is looked at and changed with the inode's mutex held.
 */
#include "access.h"
#include "path.h"

struct change {
    uint32_t mode;
    uint32_t uid, gid; /* -1: stays */
};

#define STAYS 0xffffffffu

typedef int changer(struct fs_process *process, struct ext_inode *inode,
                    const struct change *change);

static int change_mode(struct fs_process *process, struct ext_inode *inode,
                       const struct change *change)
{
    struct ext_attributes file;
    ext_get(inode, &file);
    if (!fs_owns(process, &file))
        return -EPERM;
    file.mode = (file.mode & FS_S_IFMT) | (change->mode & 07777);
    if (!fs_privileged(process) && !fs_in_group(process, file.gid))
        file.mode &= (uint16_t)~FS_S_ISGID;
    return ext_set(inode, EXT_SET_MODE, &file);
}

static bool may_change_owner(const struct fs_process *process, const struct ext_attributes *file,
                             const struct change *change)
{
    if (fs_privileged(process))
        return true;
    bool owner = process->credentials.uid == file->uid;
    bool uid = change->uid == STAYS || (owner && change->uid == file->uid);
    bool gid = change->gid == STAYS ||
               (owner && (change->gid == file->gid || fs_in_group(process, change->gid)));
    return uid && gid;
}

/* A new owner's program does not run with the old one's rights: the bits go for uid 0 too. */
static int change_owner(struct fs_process *process, struct ext_inode *inode,
                        const struct change *change)
{
    struct ext_attributes file;
    ext_get(inode, &file);
    if (!may_change_owner(process, &file, change))
        return -EPERM;
    unsigned flags = 0;
    uint16_t mode = file.mode;
    if ((mode & FS_S_IFMT) != FS_S_IFDIR)
        mode = fs_without_privileges(process, &file);
    if (mode != file.mode)
        flags |= EXT_SET_MODE;
    file.mode = mode;
    if (change->uid != STAYS)
        flags |= EXT_SET_UID;
    if (change->gid != STAYS)
        flags |= EXT_SET_GID;
    file.uid = change->uid;
    file.gid = change->gid;
    return ext_set(inode, flags, &file);
}

static int apply(struct fs_process *process, struct ext_inode *inode, changer *changer,
                 const struct change *change)
{
    int rc = fs_writable(process->fs);
    if (rc)
        return rc;
    struct mutex *mutex = fs_lock(process->fs, inode);
    rc = changer(process, inode, change);
    mutex_unlock(mutex);
    return rc;
}

static int by_path(struct fs_process *process, int directory, const char *path, bool follow,
                   changer *changer, const struct change *change)
{
    struct ext_inode *inode;
    int rc = fs_resolve(process, directory, path, follow, &inode);
    if (rc)
        return rc;
    if (changer == change_mode && fs_kind(inode) == FS_S_IFLNK)
        rc = -EOPNOTSUPP;
    else
        rc = apply(process, inode, changer, change);
    ext_put(inode);
    return rc;
}

static int by_descriptor(struct fs_process *process, int fd, changer *changer,
                         const struct change *change)
{
    struct fs_file *file;
    int rc = fs_file_get(process, fd, &file);
    if (rc)
        return rc;
    rc = apply(process, file->node->inode, changer, change);
    fs_file_put(process->fs, file);
    return rc;
}

int fs_fchmodat(struct fs_process *process, int directory, const char *path, uint32_t mode,
                int flags)
{
    if (flags & ~FS_AT_SYMLINK_NOFOLLOW)
        return -EINVAL;
    return by_path(process, directory, path, !(flags & FS_AT_SYMLINK_NOFOLLOW), change_mode,
                   &(struct change){.mode = mode});
}

int fs_fchmod(struct fs_process *process, int fd, uint32_t mode)
{
    return by_descriptor(process, fd, change_mode, &(struct change){.mode = mode});
}

int fs_fchownat(struct fs_process *process, int directory, const char *path, uint32_t uid,
                uint32_t gid, int flags)
{
    if (flags & ~FS_AT_SYMLINK_NOFOLLOW)
        return -EINVAL;
    return by_path(process, directory, path, !(flags & FS_AT_SYMLINK_NOFOLLOW), change_owner,
                   &(struct change){.uid = uid, .gid = gid});
}

int fs_fchown(struct fs_process *process, int fd, uint32_t uid, uint32_t gid)
{
    return by_descriptor(process, fd, change_owner, &(struct change){.uid = uid, .gid = gid});
}
