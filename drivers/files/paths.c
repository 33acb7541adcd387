/* Functions on paths. */
#include "link.h"
#include <ringside-rt/string.h>

uint32_t files_directory_ino, files_directory_generation;
int64_t files_mask = -1;

static int call_at(uint16_t op, int directory, const char *path, uint32_t mode, int arg)
{
    struct ivmc_file_request request = {
        .op = op, .fd = files_remote(directory), .mode = mode, .arg = (uint32_t)arg};
    uint64_t extra;
    return request.fd == -1 ? -1 : (int)files_call_path(&request, path, &extra);
}

static int call_at_at(uint16_t op, int directory, const char *path, int directory2,
                      const char *path2, int arg)
{
    struct ivmc_file_request request = {.op = op,
                                        .fd = files_remote(directory),
                                        .fd2 = files_remote(directory2),
                                        .arg = (uint32_t)arg};
    if (request.fd == -1 || request.fd2 == -1)
        return -1;
    return (int)files_call_paths(&request, path, path2);
}

int mkdirat(int directory, const char *path, mode_t mode)
{
    return call_at(IVMC_FILE_MKDIRAT, directory, path, mode, 0);
}

int mkdir(const char *path, mode_t mode)
{
    return mkdirat(FS_AT_FDCWD, path, mode);
}

int mknod(const char *path, mode_t mode, uint32_t device)
{
    return call_at(IVMC_FILE_MKNODAT, FS_AT_FDCWD, path, mode, (int)device);
}

int unlinkat(int directory, const char *path, int flags)
{
    return call_at(IVMC_FILE_UNLINKAT, directory, path, 0, flags);
}

int unlink(const char *path)
{
    return unlinkat(FS_AT_FDCWD, path, 0);
}

int rmdir(const char *path)
{
    return unlinkat(FS_AT_FDCWD, path, FS_AT_REMOVEDIR);
}

int renameat(int old_directory, const char *old_path, int new_directory, const char *new_path)
{
    return call_at_at(IVMC_FILE_RENAMEAT, old_directory, old_path, new_directory, new_path, 0);
}

int rename(const char *old_path, const char *new_path)
{
    return renameat(FS_AT_FDCWD, old_path, FS_AT_FDCWD, new_path);
}

int linkat(int old_directory, const char *old_path, int new_directory, const char *new_path,
           int flags)
{
    return call_at_at(IVMC_FILE_LINKAT, old_directory, old_path, new_directory, new_path, flags);
}

int link(const char *old_path, const char *new_path)
{
    return linkat(FS_AT_FDCWD, old_path, FS_AT_FDCWD, new_path, 0);
}

int symlinkat(const char *target, int directory, const char *path)
{
    return call_at_at(IVMC_FILE_SYMLINKAT, FS_AT_FDCWD, target, directory, path, 0);
}

int symlink(const char *target, const char *path)
{
    return symlinkat(target, FS_AT_FDCWD, path);
}

int truncate(const char *path, off_t size)
{
    struct ivmc_file_request request = {.op = IVMC_FILE_TRUNCATE, .offset = (uint64_t)size};
    uint64_t extra;
    return (int)files_call_path(&request, path, &extra);
}

void files_directory_changed(void)
{
    struct stat now;
    if (stat(".", &now))
        return;
    files_directory_ino = (uint32_t)now.ino;
    files_directory_generation = now.generation;
}

int chdir(const char *path)
{
    int rc = call_at(IVMC_FILE_CHDIR, FS_AT_FDCWD, path, 0, 0);
    if (!rc)
        files_directory_changed();
    return rc;
}

mode_t umask(mode_t mask)
{
    struct ivmc_file_request request = {.op = IVMC_FILE_UMASK, .mode = mask};
    int64_t before = files_call(&request);
    files_mask = before < 0 ? files_mask : mask;
    return (mode_t)before;
}

int faccessat(int directory, const char *path, int mode, int flags)
{
    return call_at(IVMC_FILE_FACCESSAT, directory, path, (uint32_t)mode, flags);
}

int access(const char *path, int mode)
{
    return faccessat(FS_AT_FDCWD, path, mode, 0);
}

int fchmodat(int directory, const char *path, mode_t mode, int flags)
{
    return call_at(IVMC_FILE_FCHMODAT, directory, path, mode, flags);
}

int chmod(const char *path, mode_t mode)
{
    return fchmodat(FS_AT_FDCWD, path, mode, 0);
}
