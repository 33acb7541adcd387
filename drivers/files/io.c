/*
 * Content. What does not lie where the server reaches it is copied by way of a buffer that does.
 */
#include "link.h"
#include <ringside-rt/console.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>

#define PIECE 65536ul

uint64_t files_copied(void)
{
    return bulk_copied() + (files_link && files_link->copied ? files_link->copied() : 0);
}

void *files_buffer_alloc(size_t bytes)
{
    return files_link ? files_link->alloc(bytes) : NULL;
}

void files_buffer_free(void *buffer, size_t bytes)
{
    files_link->free(buffer, bytes);
}

static int64_t transfer_at(struct ivmc_file_request *request, const void *buffer, size_t length,
                           uint64_t *extra)
{
    request->data = files_link->offset(buffer);
    request->length = (uint32_t)(length < UINT32_MAX ? length : ALIGN_DOWN(UINT32_MAX, PAGE_SIZE));
    return files_call_extra(request, extra);
}

/* One piece by way of a frame. */
static int64_t transfer_piece(struct ivmc_file_request *request, void *buffer, size_t length,
                              bool in, uint64_t *extra)
{
    struct files_frame *frame = files_frame_take();
    if (!in)
        memcpy(frame->second, buffer, length);
    int64_t done = transfer_at(request, frame->second, length, extra);
    if (in && done > 0)
        memcpy(buffer, frame->second, (size_t)done);
    files_frame_give(frame);
    return done;
}

/*
 * Reads into a buffer, or writes from it. Bytes done; -1 only when nothing was.
 */
static ssize_t transfer(struct ivmc_file_request *request, void *buffer, size_t length, bool in,
                        uint64_t *extra)
{
    if (!files_link)
        return files_result(-EBADF);
    if (files_link->reaches(buffer, length))
        return transfer_at(request, buffer, length, extra);
    size_t done = 0;
    do {
        size_t piece = length - done < PIECE ? length - done : PIECE;
        int64_t n = transfer_piece(request, (char *)buffer + done, piece, in, extra);
        if (n < 0)
            return done ? (ssize_t)done : -1;
        done += (size_t)n;
        request->offset += (uint64_t)n;
        if ((size_t)n < piece)
            break;
    } while (done < length);
    return (ssize_t)done;
}

static ssize_t transfer_fd(uint16_t op, int fd, void *buffer, size_t length, uint64_t offset,
                           bool in, uint64_t *extra)
{
    struct ivmc_file_request request = {.op = op, .fd = files_remote(fd), .offset = offset};
    return request.fd < 0 ? -1 : transfer(&request, buffer, length, in, extra);
}

/* At the description's offset, which moves. */
static ssize_t transfer_next(uint16_t op, int fd, void *buffer, size_t length, bool in)
{
    if (files_remote(fd) < 0)
        return -1;
    struct files_description *of = files_description(fd);
    uint64_t extra;
    ssize_t done = transfer_fd(op, fd, buffer, length, of->offset, in, &extra);
    of->offset += done > 0 ? (uint64_t)done : 0;
    return done;
}

ssize_t read(int fd, void *buffer, size_t length)
{
    if (files_is_console(fd))
        return (ssize_t)console_read(buffer, length);
    return transfer_next(IVMC_FILE_PREAD, fd, buffer, length, true);
}

/* Only the server knows where the end is; it says what the offset is then. */
static ssize_t append(int fd, void *buffer, size_t length)
{
    uint64_t offset = 0;
    ssize_t done = transfer_fd(IVMC_FILE_APPEND, fd, buffer, length, 0, false, &offset);
    if (done > 0)
        files_description(fd)->offset = offset;
    return done;
}

ssize_t write(int fd, const void *buffer, size_t length)
{
    if (files_is_console(fd)) {
        console_write(buffer, length);
        return (ssize_t)length;
    }
    if (files_remote(fd) < 0)
        return -1;
    if (files_description(fd)->flags & FS_O_APPEND)
        return append(fd, (void *)buffer, length);
    return transfer_next(IVMC_FILE_PWRITE, fd, (void *)buffer, length, false);
}

ssize_t pread(int fd, void *buffer, size_t length, off_t offset)
{
    uint64_t extra;
    if (files_is_console(fd))
        return files_result(-ESPIPE);
    if (offset < 0)
        return files_result(-EINVAL);
    return transfer_fd(IVMC_FILE_PREAD, fd, buffer, length, (uint64_t)offset, true, &extra);
}

ssize_t pwrite(int fd, const void *buffer, size_t length, off_t offset)
{
    uint64_t extra;
    if (files_is_console(fd))
        return files_result(-ESPIPE);
    if (offset < 0)
        return files_result(-EINVAL);
    return transfer_fd(IVMC_FILE_PWRITE, fd, (void *)buffer, length, (uint64_t)offset, false,
                       &extra);
}

/* Piece after piece, up to the first that is not done whole. */
static ssize_t vector(int fd, const struct fs_iovec *pieces, int count, bool in)
{
    ssize_t done = 0;
    if (count < 0 || count > FS_IOV_MAX)
        return files_result(-EINVAL);
    for (int i = 0; i < count; i++) {
        ssize_t n = in ? read(fd, pieces[i].base, pieces[i].length)
                       : write(fd, pieces[i].base, pieces[i].length);
        if (n < 0)
            return done ? done : -1;
        done += n;
        if ((size_t)n < pieces[i].length)
            break;
    }
    return done;
}

ssize_t readv(int fd, const struct fs_iovec *pieces, int count)
{
    return vector(fd, pieces, count, true);
}

ssize_t writev(int fd, const struct fs_iovec *pieces, int count)
{
    return vector(fd, pieces, count, false);
}

/* The offset behind the last entry that came, for a new server. */
static void remember(struct files_description *of, const char *buffer, ssize_t done)
{
    for (ssize_t at = 0; at + (ssize_t)sizeof(struct fs_dirent) <= done;) {
        const struct fs_dirent *entry = (const struct fs_dirent *)(buffer + at);
        of->offset = entry->next;
        at += entry->length ? entry->length : done;
    }
}

ssize_t getdents(int fd, void *buffer, size_t length)
{
    uint64_t extra;
    size_t most = length < PIECE ? length : PIECE;
    ssize_t done = transfer_fd(IVMC_FILE_GETDENTS, fd, buffer, most, 0, true, &extra);
    if (done > 0)
        remember(files_description(fd), buffer, done);
    return done;
}
