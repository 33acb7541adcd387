/*
 * What all processes of a volume share, and calls about the volume as a whole. The mutex of an
 * inode is one of a fixed number, by its number; whoever needs two takes them in the order of the
 * array.
 */
#include "path.h"
#include <ringside-rt/memory.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>

struct fs *fs_attach(struct ext *volume)
{
    struct ext_statfs statfs;
    struct fs *fs = kmalloc(sizeof(*fs));
    if (!fs)
        return NULL;
    fs->volume = volume;
    if (ext_open(volume, EXT_ROOT_INO, 0, &fs->root)) {
        kfree(fs);
        return NULL;
    }
    ext_statfs(volume, &statfs);
    memcpy(&fs->device, statfs.uuid, sizeof(fs->device));
    fs->read_only = statfs.read_only;
    return fs;
}

void fs_detach(struct fs *fs)
{
    panic_unless(!fs->processes);
    ext_put(fs->root);
    kfree(fs);
}

static unsigned mutex_of(const struct ext_inode *inode)
{
    struct ext_attributes attributes;
    ext_get(inode, &attributes);
    return attributes.ino % FS_MUTEXES;
}

struct mutex *fs_lock(struct fs *fs, const struct ext_inode *inode)
{
    struct mutex *mutex = &fs->mutexes[mutex_of(inode)];
    mutex_lock(mutex);
    return mutex;
}

struct mutex *fs_lock_writing(struct fs *fs, const struct ext_inode *inode)
{
    struct mutex *mutex = &fs->writing[mutex_of(inode)];
    mutex_lock(mutex);
    return mutex;
}

void fs_lock_two(struct fs *fs, const struct ext_inode *a, const struct ext_inode *b,
                 struct mutex **first, struct mutex **second)
{
    unsigned i = mutex_of(a), j = mutex_of(b);
    *first = &fs->mutexes[i < j ? i : j];
    *second = i == j ? NULL : &fs->mutexes[i < j ? j : i];
    mutex_lock(*first);
    if (*second)
        mutex_lock(*second);
}

void fs_unlock_two(struct mutex *first, struct mutex *second)
{
    if (second)
        mutex_unlock(second);
    mutex_unlock(first);
}

int fs_writable(const struct fs *fs)
{
    return fs->read_only ? -EROFS : 0;
}

uint16_t fs_kind(const struct ext_inode *inode)
{
    struct ext_attributes attributes;
    ext_get(inode, &attributes);
    return attributes.mode & FS_S_IFMT;
}

static void tell(struct fs *fs, struct fs_statvfs *statvfs)
{
    struct ext_statfs statfs;
    ext_statfs(fs->volume, &statfs);
    *statvfs = (struct fs_statvfs){.block_bytes = statfs.block_bytes,
                                   .blocks = statfs.blocks,
                                   .blocks_free = statfs.blocks_free,
                                   .blocks_available = statfs.blocks_available,
                                   .files = statfs.inodes,
                                   .files_free = statfs.inodes_free,
                                   .name_max = EXT_NAME_MAX,
                                   .read_only = fs->read_only};
}

int fs_statvfs(struct fs_process *process, const char *path, struct fs_statvfs *statvfs)
{
    struct ext_inode *inode;
    int rc = fs_resolve(process, FS_AT_FDCWD, path, true, &inode);
    if (rc)
        return rc;
    ext_put(inode);
    tell(process->fs, statvfs);
    return 0;
}

int fs_fstatvfs(struct fs_process *process, int fd, struct fs_statvfs *statvfs)
{
    struct fs_file *file;
    int rc = fs_file_get(process, fd, &file);
    if (rc)
        return rc;
    fs_file_put(process->fs, file);
    tell(process->fs, statvfs);
    return 0;
}
