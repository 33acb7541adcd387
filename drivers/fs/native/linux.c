/*
 * Linux as the judge of the cases: fs.h by system calls of the computer that the test runs on, so
 * that what the cases expect is not only our opinion. Needs root, and a directory on ext4, tmpfs or
 * the like whose parents let everybody in. Descriptors are shifted by 100, since 0 to 2 are taken.
 *
 *   linux-cases DIRECTORY FILE...
 */
#define _GNU_SOURCE
#include "case.h"
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/fsuid.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <sys/xattr.h>
#include <unistd.h>

#undef errno
extern int *__errno_location(void);
#define SHIFT 100

struct fs_process {
    int nothing;
};

static struct fs_process only;
static char place[4096], home[4096];

static int64_t result(int64_t rc)
{
    return rc < 0 ? -*__errno_location() : rc;
}

/* A new descriptor at its shifted place. */
static int shifted(int fd, int flags)
{
    if (fd < 0)
        return (int)result(fd);
    int to = fcntl(fd, flags & O_CLOEXEC ? F_DUPFD_CLOEXEC : F_DUPFD, SHIFT);
    close(fd);
    return to < 0 ? (int)result(to) : to - SHIFT;
}

static int real(int fd)
{
    return fd == FS_AT_FDCWD ? AT_FDCWD : fd < 0 || fd >= (int)FS_OPEN_MAX ? -1 : fd + SHIFT;
}

#define P struct fs_process *p
#define CALL(signature, expression)                                                                \
    signature                                                                                      \
    {                                                                                              \
        (void)p;                                                                                   \
        int64_t rc = result(expression);                                                           \
        return rc;                                                                                 \
    }

int fs_openat(P, int d, const char *path, int flags, uint32_t mode)
{
    (void)p;
    return shifted(openat(real(d), path, flags, mode), flags);
}

CALL(int fs_close(P, int fd), close(real(fd)))
CALL(int64_t fs_read(P, int fd, void *b, size_t n), read(real(fd), b, n))
CALL(int64_t fs_write(P, int fd, const void *b, size_t n), write(real(fd), b, n))
CALL(int64_t fs_pread(P, int fd, void *b, size_t n, int64_t o), pread(real(fd), b, n, o))
CALL(int64_t fs_pwrite(P, int fd, const void *b, size_t n, int64_t o), pwrite(real(fd), b, n, o))
CALL(int64_t fs_readv(P, int fd, const struct fs_iovec *v, int n),
     readv(real(fd), (const struct iovec *)v, n))
CALL(int64_t fs_writev(P, int fd, const struct fs_iovec *v, int n),
     writev(real(fd), (const struct iovec *)v, n))
CALL(int64_t fs_lseek(P, int fd, int64_t o, int w), lseek(real(fd), o, w))
CALL(int64_t fs_getdents(P, int fd, void *b, size_t n), syscall(SYS_getdents64, real(fd), b, n))
CALL(int fs_faccessat(P, int d, const char *path, int mode, int flags),
     syscall(SYS_faccessat2, real(d), path, mode, flags | AT_EACCESS))
CALL(int fs_mkdirat(P, int d, const char *path, uint32_t m), mkdirat(real(d), path, m))
CALL(int fs_mknodat(P, int d, const char *path, uint32_t m, uint32_t dev),
     mknodat(real(d), path, m, dev))
CALL(int fs_unlinkat(P, int d, const char *path, int flags), unlinkat(real(d), path, flags))
CALL(int fs_renameat(P, int a, const char *from, int b, const char *to),
     renameat(real(a), from, real(b), to))
CALL(int fs_linkat(P, int a, const char *from, int b, const char *to, int flags),
     linkat(real(a), from, real(b), to, flags))
CALL(int fs_symlinkat(P, const char *target, int d, const char *path),
     symlinkat(target, real(d), path))
CALL(int64_t fs_readlinkat(P, int d, const char *path, char *b, size_t n),
     readlinkat(real(d), path, b, n))
CALL(int fs_truncate(P, const char *path, int64_t size), truncate(path, size))
CALL(int fs_ftruncate(P, int fd, int64_t size), ftruncate(real(fd), size))
CALL(int fs_fsync(P, int fd), fsync(real(fd)))
CALL(int fs_fdatasync(P, int fd), fdatasync(real(fd)))
CALL(int fs_sync(P), (sync(), 0))
CALL(int fs_fchmod(P, int fd, uint32_t m), fchmod(real(fd), m))
CALL(int fs_fchownat(P, int d, const char *path, uint32_t u, uint32_t g, int flags),
     fchownat(real(d), path, u, g, flags))
CALL(int fs_fchown(P, int fd, uint32_t u, uint32_t g), fchown(real(fd), u, g))
CALL(int fs_chdir(P, const char *path), chdir(path))
CALL(int fs_fchdir(P, int fd), fchdir(real(fd)))
CALL(int64_t fs_getcwd(P, char *b, size_t n), n ? syscall(SYS_getcwd, b, n) : -1)
CALL(int fs_dup(P, int fd), fcntl(real(fd), F_DUPFD, SHIFT) - SHIFT)
CALL(int fs_flock(P, int fd, int op), flock(real(fd), op))
CALL(int64_t fs_getxattr(P, const char *path, const char *name, void *v, size_t n, bool follow),
     (follow ? getxattr : lgetxattr)(path, name, v, n))
CALL(int fs_setxattr(P, const char *path, const char *name, const void *v, size_t n,
                     unsigned flags, bool follow),
     (follow ? setxattr : lsetxattr)(path, name, v, n, (int)flags))
CALL(int fs_removexattr(P, const char *path, const char *name, bool follow),
     (follow ? removexattr : lremovexattr)(path, name))
CALL(int64_t fs_listxattr(P, const char *path, char *names, size_t n, bool follow),
     (follow ? listxattr : llistxattr)(path, names, n))
CALL(int64_t fs_fgetxattr(P, int fd, const char *name, void *v, size_t n),
     fgetxattr(real(fd), name, v, n))
CALL(int fs_fsetxattr(P, int fd, const char *name, const void *v, size_t n, unsigned flags),
     fsetxattr(real(fd), name, v, n, (int)flags))
CALL(int fs_fremovexattr(P, int fd, const char *name), fremovexattr(real(fd), name))
CALL(int64_t fs_flistxattr(P, int fd, char *names, size_t n), flistxattr(real(fd), names, n))

/* Linux before 6.6 has no flags; then only what must fail can be told. */
int fs_fchmodat(P, int d, const char *path, uint32_t mode, int flags)
{
    (void)p;
    if (flags & ~AT_SYMLINK_NOFOLLOW)
        return -EINVAL;
    return (int)result(fchmodat(real(d), path, mode, flags));
}

uint32_t fs_umask(P, uint32_t mask)
{
    (void)p;
    return umask(mask);
}

int fs_dup2(P, int fd, int wanted)
{
    (void)p;
    int rc = wanted < 0 || wanted >= (int)FS_OPEN_MAX ? -EBADF
                                                      : (int)result(dup2(real(fd), real(wanted)));
    return rc < 0 ? rc : rc - SHIFT;
}

int fs_fcntl(P, int fd, int command, int argument)
{
    (void)p;
    bool dup = command == F_DUPFD;
    if (dup && (argument < 0 || argument >= (int)FS_OPEN_MAX))
        return fcntl(real(fd), F_GETFD) < 0 ? -EBADF : -EINVAL;
    int rc = (int)result(fcntl(real(fd), command, dup ? argument + SHIFT : argument));
    return rc >= 0 && dup ? rc - SHIFT : rc;
}

int fs_fcntl_lock(P, int fd, int command, struct fs_flock *lock)
{
    (void)p;
    struct flock l = {.l_type = lock->type,
                      .l_whence = lock->whence,
                      .l_start = lock->start,
                      .l_len = lock->length};
    int rc = (int)result(fcntl(real(fd), command, &l));
    lock->type = l.l_type;
    return rc;
}

static struct ext_time time_of(struct timespec time)
{
    return (struct ext_time){time.tv_sec, (uint32_t)time.tv_nsec};
}

static int tell(int rc, const struct stat *from, struct fs_stat *stat)
{
    *stat = (struct fs_stat){.ino = from->st_ino,
                             .mode = from->st_mode,
                             .links = (uint32_t)from->st_nlink,
                             .uid = from->st_uid,
                             .gid = from->st_gid,
                             .rdev = from->st_rdev,
                             .size = (uint64_t)from->st_size,
                             .accessed = time_of(from->st_atim),
                             .modified = time_of(from->st_mtim),
                             .changed = time_of(from->st_ctim)};
    return (int)result(rc);
}

int fs_fstat(P, int fd, struct fs_stat *to)
{
    (void)p;
    struct stat from = {0};
    int rc = fstat(real(fd), &from);
    return tell(rc, &from, to);
}

int fs_fstatat(P, int d, const char *path, struct fs_stat *to, int flags)
{
    (void)p;
    struct stat from = {0};
    int rc = fstatat(real(d), path, &from, flags);
    return tell(rc, &from, to);
}

int fs_statvfs(P, const char *path, struct fs_statvfs *to)
{
    (void)p;
    struct statvfs from;
    int rc = statvfs(path, &from);
    to->name_max = from.f_namemax;
    return (int)result(rc);
}

int fs_fstatvfs(P, int fd, struct fs_statvfs *to)
{
    (void)p;
    struct statvfs from;
    int rc = fstatvfs(real(fd), &from);
    to->name_max = from.f_namemax;
    return (int)result(rc);
}

static void times_of(const struct ext_time from[2], struct timespec to[2])
{
    for (int i = 0; from && i < 2; i++)
        to[i] = (struct timespec){from[i].seconds, from[i].nanoseconds};
}

int fs_utimensat(P, int d, const char *path, const struct ext_time times[2], int flags)
{
    (void)p;
    struct timespec to[2];
    times_of(times, to);
    return (int)result(utimensat(real(d), path, times ? to : NULL, flags));
}

int fs_futimens(P, int fd, const struct ext_time times[2])
{
    (void)p;
    struct timespec to[2];
    times_of(times, to);
    return (int)result(syscall(SYS_utimensat, real(fd), NULL, times ? to : NULL, 0));
}

int fs_reopen(P, int fd, uint32_t ino, uint32_t generation, int flags, uint64_t offset)
{
    (void)p, (void)fd, (void)ino, (void)generation, (void)flags, (void)offset;
    return -ENOSYS;
}

/* ---- the world */

static void must(int64_t rc, const char *what)
{
    if (rc >= 0)
        return;
    perror(what);
    exit(2);
}

static void root_again(void)
{
    must(seteuid(0), "seteuid");
    must(setegid(0), "setegid");
    must(setgroups(0, NULL), "setgroups");
}

static void begin(void)
{
    umask(022);
    must(chdir(place), "chdir");
    must(mkdir("case", 0755), "mkdir");
    must(chdir("case"), "chdir");
}

static void end(void)
{
    root_again();
    for (int fd = SHIFT; fd < SHIFT + (int)FS_OPEN_MAX; fd++)
        close(fd);
    must(chdir(place), "chdir");
    must(system("rm -rf case"), "rm");
}

static void become(const struct fs_credentials *credentials)
{
    gid_t groups[FS_GROUPS_MAX];
    for (unsigned i = 0; i < credentials->groups; i++)
        groups[i] = credentials->group[i];
    root_again();
    must(setgroups(credentials->groups, groups), "setgroups");
    must(setegid(credentials->gid), "setegid");
    must(seteuid(credentials->uid), "seteuid");
}

static bool switch_to(unsigned number)
{
    return number == 1;
}

static bool read_only(void)
{
    return false;
}

static struct fs_process *process(void)
{
    return &only;
}

int main(int argc, char **argv)
{
    static const struct case_world world = {begin, end, become, switch_to, read_only, process};
    const struct rlimit limit = {SHIFT + FS_OPEN_MAX, SHIFT + FS_OPEN_MAX};
    unsigned count = 0, failed = 0;
    if (argc < 3 || !realpath(argv[1], place)) {
        fprintf(stderr, "usage: linux-cases DIRECTORY FILE...\n");
        return 2;
    }
    must(setrlimit(RLIMIT_NOFILE, &limit), "setrlimit");
    must(getcwd(home, sizeof(home)) ? 0 : -1, "getcwd");
    for (int i = 2; i < argc; i++) {
        must(chdir(home), "chdir");
        failed += case_run_file(&world, argv[i], true, &count);
    }
    printf("%u cases on Linux, %u not as expected\n", count, failed);
    return failed != 0;
}
