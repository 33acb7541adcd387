/*
 * Permissions: the owner has the owner's bits, else the group its bits, else the others theirs; one
 * set of bits decides. On a volume that can only be read, files, directories and symbolic links
 * refuse writers with -EROFS first.
 */
#include "access.h"
#include "path.h"

bool fs_privileged(const struct fs_process *process)
{
    return process->credentials.uid == 0;
}

bool fs_in_group(const struct fs_process *process, uint32_t gid)
{
    const struct fs_credentials *credentials = &process->credentials;
    bool in = credentials->gid == gid;
    for (unsigned i = 0; i < credentials->groups; i++)
        in |= credentials->group[i] == gid;
    return in;
}

bool fs_owns(const struct fs_process *process, const struct ext_attributes *attributes)
{
    return fs_privileged(process) || process->credentials.uid == attributes->uid;
}

static bool granted(const struct fs_process *process, const struct ext_attributes *file, int how)
{
    bool directory = (file->mode & FS_S_IFMT) == FS_S_IFDIR;
    if (fs_privileged(process))
        return directory || !(how & FS_X_OK) || file->mode & 0111;
    unsigned bits = file->mode;
    if (process->credentials.uid == file->uid)
        bits >>= 6;
    else if (fs_in_group(process, file->gid))
        bits >>= 3;
    return ((unsigned)how & ~bits & 7) == 0;
}

int fs_may(const struct fs_process *process, const struct ext_inode *inode, int how)
{
    struct ext_attributes file;
    ext_get(inode, &file);
    uint16_t kind = file.mode & FS_S_IFMT;
    if (how & FS_W_OK && process->fs->read_only &&
        (kind == FS_S_IFREG || kind == FS_S_IFDIR || kind == FS_S_IFLNK))
        return -EROFS;
    return granted(process, &file, how) ? 0 : -EACCES;
}

int fs_may_create(const struct fs_process *process, const struct ext_inode *directory)
{
    struct ext_attributes attributes;
    ext_get(directory, &attributes);
    if (!attributes.links)
        return -ENOENT;
    return fs_may(process, directory, FS_W_OK | FS_X_OK);
}

/* In a sticky directory only who owns it or the file removes a name. */
static bool sticky(const struct fs_process *process, const struct ext_inode *directory,
                   const struct ext_inode *victim)
{
    struct ext_attributes of, file;
    ext_get(directory, &of);
    ext_get(victim, &file);
    return of.mode & FS_S_ISVTX && !fs_owns(process, &of) && !fs_owns(process, &file);
}

int fs_may_remove(const struct fs_process *process, const struct ext_inode *directory,
                  const struct ext_inode *victim, bool want_directory)
{
    int rc = fs_may(process, directory, FS_W_OK | FS_X_OK);
    if (rc)
        return rc;
    if (sticky(process, directory, victim))
        return -EPERM;
    bool is_directory = fs_kind(victim) == FS_S_IFDIR;
    if (is_directory == want_directory)
        return 0;
    return want_directory ? -ENOTDIR : -EISDIR;
}

int fs_faccessat(struct fs_process *process, int directory, const char *path, int mode, int flags)
{
    struct ext_inode *inode;
    if (mode & ~(FS_R_OK | FS_W_OK | FS_X_OK) || flags & ~(FS_AT_EACCESS | FS_AT_SYMLINK_NOFOLLOW))
        return -EINVAL;
    int rc = fs_resolve(process, directory, path, !(flags & FS_AT_SYMLINK_NOFOLLOW), &inode);
    if (rc)
        return rc;
    rc = fs_may(process, inode, mode);
    ext_put(inode);
    return rc;
}
