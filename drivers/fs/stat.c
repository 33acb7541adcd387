/*
 * The stat family.
 */
#include "path.h"

static void tell(const struct fs *fs, const struct ext_inode *inode, struct fs_stat *stat)
{
    struct ext_attributes attributes;
    struct ext_statfs statfs;
    ext_get(inode, &attributes);
    ext_statfs(fs->volume, &statfs);
    *stat = (struct fs_stat){.device = fs->device,
                             .ino = attributes.ino,
                             .mode = attributes.mode,
                             .links = attributes.links,
                             .uid = attributes.uid,
                             .gid = attributes.gid,
                             .rdev = attributes.device,
                             .size = attributes.size,
                             .blocks = attributes.sectors,
                             .block_bytes = statfs.block_bytes,
                             .generation = attributes.generation,
                             .accessed = attributes.accessed,
                             .modified = attributes.modified,
                             .changed = attributes.changed};
}

int fs_fstat(struct fs_process *process, int fd, struct fs_stat *stat)
{
    struct fs_file *file;
    int rc = fs_file_get(process, fd, &file);
    if (rc)
        return rc;
    tell(process->fs, file->node->inode, stat);
    fs_file_put(process->fs, file);
    return 0;
}

int fs_fstatat(struct fs_process *process, int directory, const char *path, struct fs_stat *stat,
               int flags)
{
    struct ext_inode *inode;
    if (flags & ~FS_AT_SYMLINK_NOFOLLOW)
        return -EINVAL;
    int rc = fs_resolve(process, directory, path, !(flags & FS_AT_SYMLINK_NOFOLLOW), &inode);
    if (rc)
        return rc;
    tell(process->fs, inode, stat);
    ext_put(inode);
    return 0;
}
