/* Functions on descriptors that move no content. */
#include "link.h"
#include <ringside-rt/memory.h>

/* A request on a descriptor of the server's. */
static int64_t call_fd(uint16_t op, int fd, uint64_t offset, uint32_t arg, uint32_t mode)
{
    struct ivmc_file_request request = {
        .op = op, .fd = files_remote(fd), .offset = offset, .arg = arg, .mode = mode};
    return request.fd == -1 ? -1 : files_call(&request);
}

static void close_remote(int64_t remote)
{
    struct ivmc_file_request request = {.op = IVMC_FILE_CLOSE, .fd = (int)remote};
    files_call(&request);
}

/* A descriptor of ours for a new one of the server's, which is closed when there is none. */
static int enter(int64_t remote, struct files_description *of, int from)
{
    int fd = files_enter((int)remote, of, from);
    if (fd < 0) {
        close_remote(remote);
        errno = EMFILE;
    }
    return fd;
}

int openat(int directory, const char *path, int flags, mode_t mode)
{
    struct ivmc_file_request request = {.op = IVMC_FILE_OPENAT,
                                        .fd = files_remote(directory),
                                        .arg = (uint32_t)flags,
                                        .mode = mode};
    uint64_t extra;
    int64_t remote = request.fd == -1 ? -1 : files_call_path(&request, path, &extra);
    if (remote < 0)
        return -1;
    struct files_description *of = kmalloc(sizeof(*of));
    if (!of) {
        close_remote(remote);
        return (int)files_result(-ENOMEM);
    }
    *of = (struct files_description){
        .ino = (uint32_t)extra, .generation = (uint32_t)(extra >> 32), .flags = flags};
    int fd = enter(remote, of, 0);
    if (fd < 0)
        kfree(of);
    return fd;
}

int open(const char *path, int flags, mode_t mode)
{
    return openat(FS_AT_FDCWD, path, flags, mode);
}

/* It stays in the table until the server has closed it: a new one must know it until then. */
static int close_entry(int fd)
{
    struct files_description *of = files_description(fd);
    files_locks_gone(of);
    of->closing = of->users == 1;
    int rc = (int)call_fd(IVMC_FILE_CLOSE, fd, 0, 0, 0);
    rc = of->lost ? 0 : rc;
    files_leave(fd);
    return rc;
}

int close(int fd)
{
    if (files_is_console(fd))
        return files_leave(fd) < 0 ? 0 : -1;
    return files_remote(fd) < 0 ? -1 : close_entry(fd);
}

/* Directories keep their offset at the server, where it means something. */
static off_t seek(int fd, struct files_description *of, off_t offset, int whence)
{
    uint64_t from = whence == FS_SEEK_CUR ? of->offset : 0;
    struct stat now;
    if (of->flags & FS_O_DIRECTORY || (unsigned)whence > FS_SEEK_END)
        return call_fd(IVMC_FILE_LSEEK, fd, (uint64_t)offset, (uint32_t)whence, 0);
    if (fstat(fd, &now))
        return -1;
    if ((now.mode & FS_S_IFMT) != FS_S_IFREG)
        return call_fd(IVMC_FILE_LSEEK, fd, (uint64_t)offset, (uint32_t)whence, 0);
    if (whence == FS_SEEK_END)
        from = now.size;
    if (offset < 0 ? (uint64_t)-offset > from : (uint64_t)offset > INT64_MAX - from)
        return files_result(offset < 0 ? -EINVAL : -EOVERFLOW);
    return (off_t)(of->offset = from + (uint64_t)offset);
}

off_t lseek(int fd, off_t offset, int whence)
{
    if (files_is_console(fd))
        return files_result(-ESPIPE);
    return files_remote(fd) < 0 ? -1 : seek(fd, files_description(fd), offset, whence);
}

int ftruncate(int fd, off_t size)
{
    return (int)call_fd(IVMC_FILE_FTRUNCATE, fd, (uint64_t)size, 0, 0);
}

int fsync(int fd)
{
    return (int)call_fd(IVMC_FILE_FSYNC, fd, 0, 0, 0);
}

int fdatasync(int fd)
{
    return (int)call_fd(IVMC_FILE_FDATASYNC, fd, 0, 0, 0);
}

int sync(void)
{
    struct ivmc_file_request request = {.op = IVMC_FILE_SYNC};
    return (int)files_call(&request);
}

int flock(int fd, int operation)
{
    int rc = (int)call_fd(IVMC_FILE_FLOCK, fd, 0, (uint32_t)operation, 0);
    if (!rc)
        files_description(fd)->flock = operation & (FS_LOCK_SH | FS_LOCK_EX);
    return rc;
}

int fchdir(int fd)
{
    int rc = (int)call_fd(IVMC_FILE_FCHDIR, fd, 0, 0, 0);
    if (!rc)
        files_directory_changed();
    return rc;
}

int fchmod(int fd, mode_t mode)
{
    return (int)call_fd(IVMC_FILE_FCHMOD, fd, 0, 0, mode);
}

static int dup_from(int fd, int from)
{
    int64_t remote = call_fd(IVMC_FILE_DUP, fd, 0, 0, 0);
    return remote < 0 ? -1 : enter(remote, files_description(fd), from);
}

int fcntl(int fd, int command, int argument)
{
    if (command == FS_F_DUPFD) {
        bool good = argument >= 0 && argument < (int)FS_OPEN_MAX;
        return good ? dup_from(fd, argument) : (int)files_result(-EINVAL);
    }
    int64_t result = call_fd(IVMC_FILE_FCNTL, fd, 0, (uint32_t)command, (uint32_t)argument);
    if (result >= 0 && command == FS_F_SETFL) {
        struct files_description *of = files_description(fd);
        of->flags = (of->flags & ~FS_O_APPEND) | (argument & FS_O_APPEND);
    }
    return (int)result;
}

int dup(int fd)
{
    return dup_from(fd, 0);
}

/*
 * In place of one that is open, under its number of the server's: at each moment a new server is
 * told of all numbers that are in use.
 */
static int replace(int fd, int wanted)
{
    struct files_description *of = files_description(fd), *before = files_description(wanted);
    struct ivmc_file_request request = {
        .op = IVMC_FILE_DUP2, .fd = files_remote(fd), .fd2 = files_remote(wanted)};
    files_locks_gone(before);
    before->closing = before->users == 1;
    if (files_call(&request) < 0) {
        before->closing = false;
        return -1;
    }
    files_leave(wanted);
    return files_enter(request.fd2, of, wanted);
}

int dup2(int fd, int wanted)
{
    if (wanted < 0 || wanted >= (int)FS_OPEN_MAX)
        return (int)files_result(-EBADF);
    if (files_remote(fd) < 0 || fd == wanted)
        return files_remote(fd) < 0 ? -1 : wanted;
    if (files_remote(wanted) >= 0)
        return replace(fd, wanted);
    int64_t remote = call_fd(IVMC_FILE_DUP, fd, 0, 0, 0);
    if (remote < 0)
        return -1;
    if (files_is_console(wanted))
        files_leave(wanted);
    return enter(remote, files_description(fd), wanted);
}
