/*
 * Content. What does not lie where the server reaches it is copied by way of a buffer that does.
 */
#include "link.h"
#include <ringside-rt/console.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>

#define PIECE 65536ul

static uint64_t copied;

uint64_t files_copied(void)
{
    return copied;
}

void *files_buffer_alloc(size_t bytes)
{
    return files_link ? files_link->alloc(bytes) : NULL;
}

void files_buffer_free(void *buffer, size_t bytes)
{
    files_link->free(buffer, bytes);
}

static int64_t transfer_at(struct ivmc_file_request *request, const void *buffer, size_t length)
{
    request->data = files_link->offset(buffer);
    request->length = (uint32_t)(length < UINT32_MAX ? length : ALIGN_DOWN(UINT32_MAX, PAGE_SIZE));
    return files_call(request);
}

/* One piece by way of a frame. */
static int64_t transfer_piece(struct ivmc_file_request *request, void *buffer, size_t length,
                              bool in)
{
    struct files_frame *frame = files_frame_take();
    if (!in)
        memcpy(frame->second, buffer, length);
    int64_t done = transfer_at(request, frame->second, length);
    if (in && done > 0)
        memcpy(buffer, frame->second, (size_t)done);
    copied += done > 0 ? (uint64_t)done : 0;
    files_frame_give(frame);
    return done;
}

/*
 * Reads into a buffer, or writes from it. Bytes done; -1 only when nothing was.
 */
static ssize_t transfer(struct ivmc_file_request *request, void *buffer, size_t length, bool in)
{
    if (!files_link)
        return files_result(-EBADF);
    if (files_link->reaches(buffer, length))
        return transfer_at(request, buffer, length);
    size_t done = 0;
    do {
        size_t piece = length - done < PIECE ? length - done : PIECE;
        int64_t n = transfer_piece(request, (char *)buffer + done, piece, in);
        if (n < 0)
            return done ? (ssize_t)done : -1;
        done += (size_t)n;
        request->offset += (uint64_t)n;
        if ((size_t)n < piece)
            break;
    } while (done < length);
    return (ssize_t)done;
}

static ssize_t transfer_fd(uint16_t op, int fd, void *buffer, size_t length, off_t offset, bool in)
{
    struct ivmc_file_request request = {
        .op = op, .fd = files_remote(fd), .offset = (uint64_t)offset};
    return request.fd < 0 ? -1 : transfer(&request, buffer, length, in);
}

ssize_t read(int fd, void *buffer, size_t length)
{
    if (files_is_console(fd))
        return (ssize_t)console_read(buffer, length);
    return transfer_fd(IVMC_FILE_READ, fd, buffer, length, 0, true);
}

ssize_t write(int fd, const void *buffer, size_t length)
{
    if (files_is_console(fd)) {
        console_write(buffer, length);
        return (ssize_t)length;
    }
    return transfer_fd(IVMC_FILE_WRITE, fd, (void *)buffer, length, 0, false);
}

ssize_t pread(int fd, void *buffer, size_t length, off_t offset)
{
    if (files_is_console(fd))
        return files_result(-ESPIPE);
    return transfer_fd(IVMC_FILE_PREAD, fd, buffer, length, offset, true);
}

ssize_t pwrite(int fd, const void *buffer, size_t length, off_t offset)
{
    if (files_is_console(fd))
        return files_result(-ESPIPE);
    return transfer_fd(IVMC_FILE_PWRITE, fd, (void *)buffer, length, offset, false);
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

ssize_t getdents(int fd, void *buffer, size_t length)
{
    return transfer_fd(IVMC_FILE_GETDENTS, fd, buffer, length < PIECE ? length : PIECE, 0, true);
}
