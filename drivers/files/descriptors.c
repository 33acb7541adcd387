/* Functions on descriptors that move no content. */
#include "link.h"

/* A request on a descriptor of the server's. */
static int64_t call_fd(uint16_t op, int fd, uint64_t offset, uint32_t arg, uint32_t mode)
{
    struct ivmc_file_request request = {
        .op = op, .fd = files_remote(fd), .offset = offset, .arg = arg, .mode = mode};
    return request.fd == -1 ? -1 : files_call(&request);
}

int openat(int directory, const char *path, int flags, mode_t mode)
{
    struct ivmc_file_request request = {.op = IVMC_FILE_OPENAT,
                                        .fd = files_remote(directory),
                                        .arg = (uint32_t)flags,
                                        .mode = mode};
    int64_t remote = request.fd == -1 ? -1 : files_call_path(&request, path);
    if (remote < 0)
        return -1;
    int fd = files_enter((int)remote, -1);
    if (fd < 0) {
        request = (struct ivmc_file_request){.op = IVMC_FILE_CLOSE, .fd = (int)remote};
        files_call(&request);
        errno = EMFILE;
    }
    return fd;
}

int open(const char *path, int flags, mode_t mode)
{
    return openat(FS_AT_FDCWD, path, flags, mode);
}

int close(int fd)
{
    bool console = files_is_console(fd);
    struct ivmc_file_request request = {.op = IVMC_FILE_CLOSE, .fd = files_leave(fd)};
    return console ? 0 : request.fd < 0 ? -1 : (int)files_call(&request);
}

off_t lseek(int fd, off_t offset, int whence)
{
    if (files_is_console(fd))
        return files_result(-ESPIPE);
    return call_fd(IVMC_FILE_LSEEK, fd, (uint64_t)offset, (uint32_t)whence, 0);
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
    return (int)call_fd(IVMC_FILE_FLOCK, fd, 0, (uint32_t)operation, 0);
}

int fchdir(int fd)
{
    return (int)call_fd(IVMC_FILE_FCHDIR, fd, 0, 0, 0);
}

int fchmod(int fd, mode_t mode)
{
    return (int)call_fd(IVMC_FILE_FCHMOD, fd, 0, 0, mode);
}

int fcntl(int fd, int command, int argument)
{
    int64_t result = call_fd(IVMC_FILE_FCNTL, fd, 0, (uint32_t)command,
                             command == FS_F_DUPFD ? 0 : (uint32_t)argument);
    if (result < 0 || command != FS_F_DUPFD)
        return (int)result;
    return files_enter((int)result, -1);
}

int dup(int fd)
{
    int64_t remote = call_fd(IVMC_FILE_DUP, fd, 0, 0, 0);
    return remote < 0 ? -1 : files_enter((int)remote, -1);
}

int dup2(int fd, int wanted)
{
    if (wanted < 0 || wanted >= (int)FS_OPEN_MAX)
        return (int)files_result(-EBADF);
    if (fd == wanted)
        return files_remote(fd) < 0 ? -1 : wanted;
    int64_t remote = call_fd(IVMC_FILE_DUP, fd, 0, 0, 0);
    if (remote < 0)
        return -1;
    if (files_is_console(wanted) || files_remote(wanted) >= 0)
        close(wanted);
    return files_enter((int)remote, wanted);
}
