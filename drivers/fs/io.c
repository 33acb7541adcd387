/*
 * read and write, all as vectors of pieces. The description's position mutex is held while the
 * offset is used, so calls through shared descriptors take their turns. A vector goes into the
 * file as one: its inode's mutex keeps other vectors and appends out; single writes are whole by
 * themselves.
 */
#include "process.h"

/* Bytes that one call moves at most (Linux's MAX_RW_COUNT). */
#define MOST 0x7ffff000ul

/* Bytes in all pieces, cut to what one call moves; or -EINVAL. */
static int64_t total(const struct fs_iovec *pieces, int count)
{
    size_t sum = 0;
    if (count < 0 || count > FS_IOV_MAX)
        return -EINVAL;
    for (int i = 0; i < count; i++)
        if (__builtin_add_overflow(sum, pieces[i].length, &sum) || sum > INT64_MAX)
            return -EINVAL;
    return (int64_t)(sum < MOST ? sum : MOST);
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static int64_t read_pieces(const struct fs_file *file, const struct fs_iovec *pieces,
                           int64_t length, uint64_t offset)
{
    int64_t done = 0, n = 0;
    for (; done < length; pieces++) {
        size_t part = smaller(pieces->length, (size_t)(length - done));
        n = part ? ext_read(file->node->inode, offset + (uint64_t)done, pieces->base, part) : 0;
        if (n < 0)
            return done ? done : n;
        done += n;
        if ((size_t)n < part)
            break;
    }
    return done;
}

/* How a write goes on. */
struct writing {
    bool append; /* look for the end of the file */
    const struct ext_note *note;
    uint64_t offset; /* behind what was written */
};

/* Tells where it was written. */
static int64_t write_part(const struct fs_file *file, const void *base, size_t length,
                          struct writing *w)
{
    int64_t n;
    if (w->append)
        n = ext_append(file->node->inode, base, length, &w->offset, w->note);
    else
        n = ext_write(file->node->inode, w->offset, base, length);
    return n ? n : -ENOSPC;
}

/* Moves the offset behind what was written. */
static int64_t write_pieces(const struct fs_file *file, const struct fs_iovec *pieces,
                            int64_t length, struct writing *w)
{
    int64_t done = 0;
    for (; done < length; pieces++) {
        size_t part = smaller(pieces->length, (size_t)(length - done));
        int64_t n = part ? write_part(file, pieces->base, part, w) : 0;
        if (n < 0)
            return done ? done : n;
        done += n;
        w->offset += (uint64_t)n;
        w->append = w->append && !n; /* the rest goes behind it */
        if ((size_t)n < part)
            break;
    }
    return done;
}

static int64_t write_file(struct fs_process *process, const struct fs_file *file,
                          const struct fs_iovec *pieces, int64_t length, struct writing *w)
{
    struct ext_inode *inode = file->node->inode;
    if (!w->append && w->offset > (uint64_t)(INT64_MAX - length))
        return -EFBIG;
    int64_t rc = length ? fs_drop_privileges(process, inode) : 0;
    if (rc || !length)
        return rc;
    bool one = !w->append && (int64_t)pieces->length >= length;
    struct mutex *mutex = one ? NULL : fs_lock_writing(process->fs, inode);
    rc = write_pieces(file, pieces, length, w);
    if (mutex)
        mutex_unlock(mutex);
    if (rc > 0 && file->flags & FS_O_DSYNC) {
        int synced = ext_fsync(inode, (file->flags & FS_O_SYNC) == FS_O_SYNC);
        rc = synced ? synced : rc;
    }
    return rc;
}

/* The description, if it is open for that. */
static int get(struct fs_process *process, int fd, bool write, struct fs_file **file)
{
    int rc = fs_file_get(process, fd, file);
    if (rc)
        return rc;
    if (((*file)->flags & FS_O_ACCMODE) == (write ? FS_O_RDONLY : FS_O_WRONLY))
        rc = -EBADF;
    else if ((*file)->kind != FS_S_IFREG)
        rc = -EISDIR;
    if (rc)
        fs_file_put(process->fs, *file);
    return rc;
}

int64_t fs_readv(struct fs_process *process, int fd, const struct fs_iovec *pieces, int count)
{
    struct fs_file *file;
    int64_t rc = get(process, fd, false, &file);
    if (rc)
        return rc;
    int64_t length = total(pieces, count);
    mutex_lock(&file->position);
    rc = length < 0 ? length : read_pieces(file, pieces, length, file->offset);
    if (rc > 0)
        file->offset += (uint64_t)rc;
    mutex_unlock(&file->position);
    fs_file_put(process->fs, file);
    return rc;
}

int64_t fs_writev(struct fs_process *process, int fd, const struct fs_iovec *pieces, int count)
{
    struct fs_file *file;
    int64_t rc = get(process, fd, true, &file);
    if (rc)
        return rc;
    int64_t length = total(pieces, count);
    mutex_lock(&file->position);
    struct writing w = {.append = file->flags & FS_O_APPEND, .offset = file->offset};
    rc = length < 0 ? length : write_file(process, file, pieces, length, &w);
    file->offset = w.offset;
    mutex_unlock(&file->position);
    fs_file_put(process->fs, file);
    return rc;
}

int64_t fs_append(struct fs_process *process, int fd, const void *buffer, size_t length,
                  const struct ext_note *note, uint64_t *offset)
{
    struct fs_file *file;
    struct fs_iovec piece = {(void *)buffer, length};
    struct writing w = {.append = true, .note = note};
    int64_t rc = get(process, fd, true, &file);
    if (rc)
        return rc;
    rc = total(&piece, 1);
    if (rc > 0)
        rc = write_file(process, file, &piece, rc, &w);
    *offset = w.offset;
    fs_file_put(process->fs, file);
    return rc;
}

int64_t fs_read(struct fs_process *process, int fd, void *buffer, size_t length)
{
    return fs_readv(process, fd, &(struct fs_iovec){buffer, length}, 1);
}

int64_t fs_write(struct fs_process *process, int fd, const void *buffer, size_t length)
{
    return fs_writev(process, fd, &(struct fs_iovec){(void *)buffer, length}, 1);
}

int64_t fs_pread(struct fs_process *process, int fd, void *buffer, size_t length, int64_t offset)
{
    struct fs_file *file;
    struct fs_iovec piece = {buffer, length};
    if (offset < 0)
        return -EINVAL;
    int64_t rc = get(process, fd, false, &file);
    if (rc)
        return rc;
    rc = total(&piece, 1);
    if (rc > 0)
        rc = read_pieces(file, &piece, rc, (uint64_t)offset);
    fs_file_put(process->fs, file);
    return rc;
}

int64_t fs_pwrite(struct fs_process *process, int fd, const void *buffer, size_t length,
                  int64_t offset)
{
    struct fs_file *file;
    struct fs_iovec piece = {(void *)buffer, length};
    struct writing w = {.offset = (uint64_t)offset};
    if (offset < 0)
        return -EINVAL;
    int64_t rc = get(process, fd, true, &file);
    if (rc)
        return rc;
    rc = total(&piece, 1);
    if (rc > 0)
        rc = write_file(process, file, &piece, rc, &w);
    fs_file_put(process->fs, file);
    return rc;
}
