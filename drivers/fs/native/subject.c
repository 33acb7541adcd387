/*
 * Steps on a volume. A slot is descriptor 8 and those above it; what open gives goes there by dup2.
 */
#include "step.h"
#include <ringside-rt/fs.h>
#include <string.h>

#define HERE FS_AT_FDCWD
#define SLOT(number) (8 + (number))

static uint8_t data[STEP_DATA];

static int64_t open_slot(struct fs_process *p, const struct step *step)
{
    int fd = fs_openat(p, HERE, step->path, step->flags, 0644);
    if (fd < 0)
        return fd;
    int rc = fs_dup2(p, fd, SLOT(step->slot));
    if (rc < 0)
        return rc;
    return fs_close(p, fd);
}

static struct outcome told(int64_t result)
{
    return (struct outcome){result, result >= 0 ? step_sum(1, data, (size_t)result) : 0};
}

static int64_t in_pieces(struct fs_process *p, const struct step *step)
{
    size_t first = step->length / 3, second = step->length / 2 - first;
    const struct fs_iovec pieces[] = {{data, first},
                                      {data + first, second},
                                      {data + first + second, step->length - first - second}};
    return fs_writev(p, SLOT(step->slot), pieces, 3);
}

static unsigned kind_of(struct fs_process *p, int directory, const char *name)
{
    struct fs_stat stat = {0};
    fs_fstatat(p, directory, name, &stat, FS_AT_SYMLINK_NOFOLLOW);
    return stat.mode & FS_S_IFMT;
}

static struct outcome list(struct fs_process *p, const char *path)
{
    char buffer[300] __attribute__((aligned(8)));
    struct outcome outcome = {0, 0};
    int64_t got;
    int fd = fs_openat(p, HERE, path, FS_O_DIRECTORY, 0);
    if (fd < 0)
        return (struct outcome){fd, 0};
    while ((got = fs_getdents(p, fd, buffer, sizeof(buffer))) > 0)
        for (int64_t at = 0; at < got;) {
            struct fs_dirent *entry = (struct fs_dirent *)(buffer + at);
            outcome.told += step_entry(entry->name, kind_of(p, fd, entry->name));
            at += entry->length;
        }
    outcome.result = got;
    fs_close(p, fd);
    return outcome;
}

static struct outcome stat_path(struct fs_process *p, const char *path)
{
    struct fs_stat stat;
    int rc = fs_fstatat(p, HERE, path, &stat, FS_AT_SYMLINK_NOFOLLOW);
    if (rc)
        return (struct outcome){rc, 0};
    uint64_t parts[] = {stat.mode, stat.links,
                        (stat.mode & FS_S_IFMT) == FS_S_IFDIR ? 0 : stat.size};
    return (struct outcome){0, step_sum(1, parts, sizeof(parts))};
}

static int64_t call(struct fs_process *p, const struct step *step)
{
    int fd = SLOT(step->slot), rc;
    switch (step->op) {
    case STEP_open:
        return open_slot(p, step);
    case STEP_close:
        return fs_close(p, fd);
    case STEP_write:
        return fs_write(p, fd, data, step->length);
    case STEP_append_vector:
        return in_pieces(p, step);
    case STEP_pwrite:
        return fs_pwrite(p, fd, data, step->length, step->offset);
    case STEP_lseek:
        return fs_lseek(p, fd, step->offset, FS_SEEK_SET);
    case STEP_ftruncate:
        return fs_ftruncate(p, fd, step->offset);
    case STEP_dup:
        rc = fs_dup2(p, fd, SLOT(step->other_slot));
        return rc == SLOT(step->other_slot) ? 0 : rc;
    case STEP_truncate:
        return fs_truncate(p, step->path, step->offset);
    case STEP_mkdir:
        return fs_mkdirat(p, HERE, step->path, 0777);
    case STEP_rmdir:
        return fs_unlinkat(p, HERE, step->path, FS_AT_REMOVEDIR);
    case STEP_unlink:
        return fs_unlinkat(p, HERE, step->path, 0);
    case STEP_rename:
        return fs_renameat(p, HERE, step->path, HERE, step->other);
    case STEP_link:
        return fs_linkat(p, HERE, step->path, HERE, step->other, 0);
    case STEP_symlink:
        return fs_symlinkat(p, step->other, HERE, step->path);
    case STEP_chmod:
        return fs_fchmodat(p, HERE, step->path, step->seed & 07777, 0);
    default:
        return fs_fsync(p, fd);
    }
}

struct outcome subject_step(struct fs_process *p, const struct step *step)
{
    int fd = SLOT(step->slot);
    switch (step->op) {
    case STEP_read:
        return told(fs_read(p, fd, data, step->length));
    case STEP_pread:
        return told(fs_pread(p, fd, data, step->length, step->offset));
    case STEP_readlink:
        return told(fs_readlinkat(p, HERE, step->path, (char *)data, sizeof(data)));
    case STEP_stat:
        return stat_path(p, step->path);
    case STEP_list:
        return list(p, step->path);
    default:
        step_fill(step->seed, data, step->length);
        return (struct outcome){call(p, step), 0};
    }
}
