/*
 * Descriptors. Invariant: a descriptor is free, reserved by the one call that will fill it or give
 * it back, or open. The table grows as numbers are asked for and never shrinks.
 */
#include "lock.h"
#include <ringside-rt/memory.h>

int fs_file_get(struct fs_process *process, int fd, struct fs_file **file)
{
    if (fd < 0 || (unsigned)fd >= process->descriptors_size || !process->descriptors[fd].file)
        return -EBADF;
    *file = process->descriptors[fd].file;
    (*file)->users++;
    return 0;
}

static int grow(struct fs_process *process, unsigned fd)
{
    unsigned size = process->descriptors_size ? process->descriptors_size : 32;
    while (size <= fd)
        size *= 2;
    if (size == process->descriptors_size)
        return 0;
    struct fs_descriptor *table = kmalloc(size * sizeof(*table));
    if (!table)
        return -ENOMEM;
    for (unsigned i = 0; i < process->descriptors_size; i++)
        table[i] = process->descriptors[i];
    kfree(process->descriptors);
    process->descriptors = table;
    process->descriptors_size = size;
    return 0;
}

static bool free_at(const struct fs_process *process, unsigned fd)
{
    return fd >= process->descriptors_size ||
           (!process->descriptors[fd].file && !process->descriptors[fd].reserved);
}

int fs_descriptor_reserve(struct fs_process *process, int lowest)
{
    unsigned fd = (unsigned)lowest;
    while (fd < FS_OPEN_MAX && !free_at(process, fd))
        fd++;
    if (fd >= FS_OPEN_MAX)
        return -EMFILE;
    int rc = grow(process, fd);
    if (rc)
        return rc;
    process->descriptors[fd].reserved = true;
    return (int)fd;
}

void fs_descriptor_fill(struct fs_process *process, int fd, struct fs_file *file, int flags)
{
    process->descriptors[fd] =
        (struct fs_descriptor){.file = file, .close_on_exec = file && flags & FS_O_CLOEXEC};
}

/* The process's record locks on the file go with any of its descriptors. */
static void release(struct fs_process *process, int fd, bool reserved)
{
    struct fs_file *file = process->descriptors[fd].file;
    process->descriptors[fd] = (struct fs_descriptor){.reserved = reserved};
    fs_record_locks_drop(process, file->node);
    fs_file_put(process->fs, file);
}

static int close(struct fs_process *process, int fd, bool reserved)
{
    if (fd < 0 || (unsigned)fd >= process->descriptors_size || !process->descriptors[fd].file)
        return -EBADF;
    release(process, fd, reserved);
    return 0;
}

int fs_close(struct fs_process *process, int fd)
{
    return close(process, fd, false);
}

int fs_close_begin(struct fs_process *process, int fd)
{
    return close(process, fd, true);
}

void fs_close_end(struct fs_process *process, int fd)
{
    fs_descriptor_fill(process, fd, NULL, 0);
}

void fs_descriptors_end(struct fs_process *process)
{
    for (unsigned fd = 0; fd < process->descriptors_size; fd++)
        if (process->descriptors[fd].file)
            release(process, (int)fd, false);
    kfree(process->descriptors);
}

static int duplicate(struct fs_process *process, int fd, int lowest)
{
    struct fs_file *file;
    int rc = fs_file_get(process, fd, &file);
    if (rc)
        return rc;
    int copy = fs_descriptor_reserve(process, lowest);
    if (copy < 0)
        fs_file_put(process->fs, file);
    else
        fs_descriptor_fill(process, copy, file, 0);
    return copy;
}

int fs_dup(struct fs_process *process, int fd)
{
    return duplicate(process, fd, 0);
}

int fs_dup2(struct fs_process *process, int fd, int wanted)
{
    struct fs_file *file;
    if (wanted < 0 || (unsigned)wanted >= FS_OPEN_MAX)
        return -EBADF;
    int rc = fs_file_get(process, fd, &file);
    if (rc)
        return rc;
    if (fd != wanted && !(rc = grow(process, (unsigned)wanted))) {
        struct fs_descriptor *descriptor = &process->descriptors[wanted];
        rc = descriptor->reserved ? -EBUSY : 0;
        if (!rc) {
            struct fs_descriptor before = *descriptor;
            *descriptor = (struct fs_descriptor){.file = file};
            if (before.file) {
                fs_record_locks_drop(process, before.file->node);
                fs_file_put(process->fs, before.file);
            }
            return wanted;
        }
    }
    fs_file_put(process->fs, file);
    return rc ? rc : wanted;
}

static int set_flags(struct fs_file *file, int flags)
{
    int changeable = FS_O_APPEND | FS_O_NONBLOCK;
    file->flags = (file->flags & ~changeable) | (flags & changeable);
    return 0;
}

int fs_fcntl(struct fs_process *process, int fd, int command, int argument)
{
    struct fs_file *file;
    int rc = fs_file_get(process, fd, &file);
    if (rc)
        return rc;
    struct fs_descriptor *descriptor = &process->descriptors[fd];
    if (command == FS_F_DUPFD)
        rc = argument < 0 || (unsigned)argument >= FS_OPEN_MAX ? -EINVAL
                                                               : duplicate(process, fd, argument);
    else if (command == FS_F_GETFD)
        rc = descriptor->close_on_exec ? FS_FD_CLOEXEC : 0;
    else if (command == FS_F_SETFD)
        descriptor->close_on_exec = argument & FS_FD_CLOEXEC;
    else if (command == FS_F_GETFL)
        rc = file->flags;
    else if (command == FS_F_SETFL)
        rc = set_flags(file, argument);
    else
        rc = -EINVAL;
    fs_file_put(process->fs, file);
    return rc;
}
