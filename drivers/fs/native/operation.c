/*
 * The operations that cases are made of: system calls, and questions about what is there. Words are
 * checked loosely: a missing one is empty, or 0.
 */
#include "case.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HERE FS_AT_FDCWD

typedef int64_t operation(struct fs_process *p, const struct case_words *w);

static char scratch[1 << 20];

static const char *text(const struct case_words *w, unsigned i)
{
    return i < w->count ? !strcmp(w->word[i], "\"\"") ? "" : w->word[i] : "";
}

static int64_t number(const struct case_words *w, unsigned i)
{
    return i < w->count ? case_number(w->word[i]) : 0;
}

static int fd(const struct case_words *w, unsigned i)
{
    return i < w->count && !strcmp(w->word[i], "cwd") ? FS_AT_FDCWD : (int)number(w, i);
}

/* Words from a list, apart by commas, or'ed. */
struct flag {
    const char *name;
    int value;
};

static int flags(const struct flag *list, size_t count, const char *names)
{
    int value = 0;
    while (*names) {
        size_t length = strcspn(names, ","), i = 0;
        while (i < count && (strncmp(list[i].name, names, length) || list[i].name[length]))
            i++;
        if (i == count && strspn(names, "0123456789x") < length) {
            fprintf(stderr, "no such flag: %s\n", names);
            exit(2);
        }
        value |= i < count ? list[i].value : (int)strtol(names, NULL, 0);
        names += length + (names[length] == ',');
    }
    return value;
}

#define FLAGS(list, w, i) flags(list, ARRAY_SIZE(list), text(w, i))

static const struct flag open_flags[] = {
    {"r", FS_O_RDONLY},         {"w", FS_O_WRONLY},         {"rw", FS_O_RDWR},
    {"accmode", FS_O_ACCMODE},  {"creat", FS_O_CREAT},      {"excl", FS_O_EXCL},
    {"trunc", FS_O_TRUNC},      {"append", FS_O_APPEND},    {"nonblock", FS_O_NONBLOCK},
    {"dsync", FS_O_DSYNC},      {"directory", FS_O_DIRECTORY}, {"nofollow", FS_O_NOFOLLOW},
    {"cloexec", FS_O_CLOEXEC},  {"sync", FS_O_SYNC}};
static const struct flag whences[] = {
    {"set", FS_SEEK_SET}, {"cur", FS_SEEK_CUR}, {"end", FS_SEEK_END}};
static const struct flag kinds[] = {{"reg", FS_S_IFREG},   {"dir", FS_S_IFDIR},
                                    {"chr", FS_S_IFCHR},   {"blk", FS_S_IFBLK},
                                    {"fifo", FS_S_IFIFO},  {"sock", FS_S_IFSOCK},
                                    {"lnk", FS_S_IFLNK},   {"none", 0}};
static const struct flag accesses[] = {
    {"f", FS_F_OK}, {"r", FS_R_OK}, {"w", FS_W_OK}, {"x", FS_X_OK}};
static const struct flag flocks[] = {
    {"sh", FS_LOCK_SH}, {"ex", FS_LOCK_EX}, {"un", FS_LOCK_UN}, {"nb", FS_LOCK_NB}};
static const struct flag lock_types[] = {
    {"read", FS_F_RDLCK}, {"write", FS_F_WRLCK}, {"unlock", FS_F_UNLCK}};
static const struct flag xattr_flags[] = {
    {"create", EXT_XATTR_CREATE}, {"replace", EXT_XATTR_REPLACE}};

static uint32_t mode(const struct case_words *w, unsigned i, uint32_t usual)
{
    return i < w->count ? (uint32_t)number(w, i) : usual;
}

static struct fs_stat stat_of(struct fs_process *p, const char *path, int64_t *rc)
{
    struct fs_stat stat = {0};
    *rc = fs_fstatat(p, HERE, path, &stat, FS_AT_SYMLINK_NOFOLLOW);
    return stat;
}

/* NAME(p, w): an operation in one expression. */
#define OP(name, expression)                                                                       \
    static int64_t op_##name(struct fs_process *p, const struct case_words *w)                     \
    {                                                                                              \
        (void)w;                                                                                   \
        return expression;                                                                         \
    }
/* A question about a path, itself if it is a symbolic link. */
#define ASK(name, expression)                                                                      \
    static int64_t op_##name(struct fs_process *p, const struct case_words *w)                     \
    {                                                                                              \
        int64_t rc;                                                                                \
        struct fs_stat s = stat_of(p, text(w, 1), &rc);                                            \
        return rc ? rc : (int64_t)(expression);                                                    \
    }

ASK(mode, s.mode & 07777)
ASK(kind, s.mode & FS_S_IFMT)
ASK(size, s.size)
ASK(uid, s.uid)
ASK(gid, s.gid)
ASK(links, s.links)
ASK(rdev, s.rdev)
ASK(atime, s.accessed.seconds)
ASK(mtime, s.modified.seconds)
ASK(recent, s.modified.seconds > 1000000000)
ASK(lstat, 0 * s.ino)

static int64_t op_same(struct fs_process *p, const struct case_words *w)
{
    int64_t rc, rc2;
    struct fs_stat a = stat_of(p, text(w, 1), &rc), b = stat_of(p, text(w, 2), &rc2);
    return rc ? rc : rc2 ? rc2 : a.ino == b.ino;
}

static int64_t op_stat(struct fs_process *p, const struct case_words *w)
{
    struct fs_stat stat;
    return fs_fstatat(p, HERE, text(w, 1), &stat, 0);
}

static int64_t op_fstatat(struct fs_process *p, const struct case_words *w)
{
    struct fs_stat stat;
    return fs_fstatat(p, fd(w, 1), text(w, 2), &stat, (int)number(w, 3));
}

static int64_t op_fstat(struct fs_process *p, const struct case_words *w)
{
    struct fs_stat stat = {0};
    int rc = fs_fstat(p, fd(w, 1), &stat);
    return rc ? rc : (int64_t)stat.size;
}

static int64_t op_flinks(struct fs_process *p, const struct case_words *w)
{
    struct fs_stat stat = {0};
    int rc = fs_fstat(p, fd(w, 1), &stat);
    return rc ? rc : (int64_t)stat.links;
}

OP(open, fs_openat(p, HERE, text(w, 1), FLAGS(open_flags, w, 2), mode(w, 3, 0644)))
OP(openat, fs_openat(p, fd(w, 1), text(w, 2), FLAGS(open_flags, w, 3), mode(w, 4, 0644)))
OP(close, fs_close(p, fd(w, 1)))
OP(read, fs_read(p, fd(w, 1), scratch, (size_t)number(w, 2)))
OP(write, fs_write(p, fd(w, 1), scratch, (size_t)number(w, 2)))
OP(pread, fs_pread(p, fd(w, 1), scratch, (size_t)number(w, 2), number(w, 3)))
OP(pwrite, fs_pwrite(p, fd(w, 1), scratch, (size_t)number(w, 2), number(w, 3)))
OP(lseek, fs_lseek(p, fd(w, 1), number(w, 2), FLAGS(whences, w, 3)))
OP(getdents, fs_getdents(p, fd(w, 1), scratch, (size_t)number(w, 2)))
OP(mkdir, fs_mkdirat(p, HERE, text(w, 1), mode(w, 2, 0755)))
OP(mkdirat, fs_mkdirat(p, fd(w, 1), text(w, 2), mode(w, 3, 0755)))
OP(rmdir, fs_unlinkat(p, HERE, text(w, 1), FS_AT_REMOVEDIR))
OP(unlink, fs_unlinkat(p, HERE, text(w, 1), 0))
OP(unlinkat, fs_unlinkat(p, fd(w, 1), text(w, 2), (int)number(w, 3)))
OP(rename, fs_renameat(p, HERE, text(w, 1), HERE, text(w, 2)))
OP(renameat, fs_renameat(p, fd(w, 1), text(w, 2), fd(w, 3), text(w, 4)))
OP(link, fs_linkat(p, HERE, text(w, 1), HERE, text(w, 2), 0))
OP(linkat, fs_linkat(p, fd(w, 1), text(w, 2), fd(w, 3), text(w, 4), (int)number(w, 5)))
OP(symlink, fs_symlinkat(p, text(w, 1), HERE, text(w, 2)))
OP(symlinkat, fs_symlinkat(p, text(w, 1), fd(w, 2), text(w, 3)))
OP(readlink, fs_readlinkat(p, HERE, text(w, 1), scratch, (size_t)number(w, 2)))
OP(readlinkat, fs_readlinkat(p, fd(w, 1), text(w, 2), scratch, (size_t)number(w, 3)))
OP(mknod, fs_mknodat(p, HERE, text(w, 1), (uint32_t)FLAGS(kinds, w, 2) | mode(w, 3, 0644),
                     (uint32_t)number(w, 4)))
OP(mknodat, fs_mknodat(p, fd(w, 1), text(w, 2), (uint32_t)FLAGS(kinds, w, 3) | mode(w, 4, 0644),
                       (uint32_t)number(w, 5)))
OP(access, fs_faccessat(p, HERE, text(w, 1), FLAGS(accesses, w, 2), 0))
OP(faccessat, fs_faccessat(p, fd(w, 1), text(w, 2), FLAGS(accesses, w, 3), (int)number(w, 4)))
OP(truncate, fs_truncate(p, text(w, 1), number(w, 2)))
OP(ftruncate, fs_ftruncate(p, fd(w, 1), number(w, 2)))
OP(fsync, fs_fsync(p, fd(w, 1)))
OP(fdatasync, fs_fdatasync(p, fd(w, 1)))
OP(sync, fs_sync(p))
OP(chmod, fs_fchmodat(p, HERE, text(w, 1), mode(w, 2, 0), 0))
OP(fchmodat, fs_fchmodat(p, fd(w, 1), text(w, 2), mode(w, 3, 0), (int)number(w, 4)))
OP(fchmod, fs_fchmod(p, fd(w, 1), mode(w, 2, 0)))
OP(chown, fs_fchownat(p, HERE, text(w, 1), (uint32_t)number(w, 2), (uint32_t)number(w, 3), 0))
OP(lchown, fs_fchownat(p, HERE, text(w, 1), (uint32_t)number(w, 2), (uint32_t)number(w, 3),
                       FS_AT_SYMLINK_NOFOLLOW))
OP(fchownat, fs_fchownat(p, fd(w, 1), text(w, 2), (uint32_t)number(w, 3), (uint32_t)number(w, 4),
                         (int)number(w, 5)))
OP(fchown, fs_fchown(p, fd(w, 1), (uint32_t)number(w, 2), (uint32_t)number(w, 3)))
OP(chdir, fs_chdir(p, text(w, 1)))
OP(fchdir, fs_fchdir(p, fd(w, 1)))
OP(umask, fs_umask(p, mode(w, 1, 0)))
OP(dup, fs_dup(p, fd(w, 1)))
OP(dup2, fs_dup2(p, fd(w, 1), fd(w, 2)))
OP(dupfd, fs_fcntl(p, fd(w, 1), FS_F_DUPFD, (int)number(w, 2)))
OP(getfd, fs_fcntl(p, fd(w, 1), FS_F_GETFD, 0))
OP(setfd, fs_fcntl(p, fd(w, 1), FS_F_SETFD, (int)number(w, 2)))
OP(setfl, fs_fcntl(p, fd(w, 1), FS_F_SETFL, FLAGS(open_flags, w, 2)))
OP(fcntl, fs_fcntl(p, fd(w, 1), (int)number(w, 2), (int)number(w, 3)))
OP(flock, fs_flock(p, fd(w, 1), FLAGS(flocks, w, 2)))
OP(getxattr, fs_getxattr(p, text(w, 1), text(w, 2), scratch, (size_t)number(w, 3), true))
OP(lgetxattr, fs_getxattr(p, text(w, 1), text(w, 2), scratch, (size_t)number(w, 3), false))
OP(setxattr, fs_setxattr(p, text(w, 1), text(w, 2), scratch, (size_t)number(w, 3),
                         (unsigned)FLAGS(xattr_flags, w, 4), true))
OP(lsetxattr, fs_setxattr(p, text(w, 1), text(w, 2), scratch, (size_t)number(w, 3),
                          (unsigned)FLAGS(xattr_flags, w, 4), false))
OP(removexattr, fs_removexattr(p, text(w, 1), text(w, 2), true))
OP(lremovexattr, fs_removexattr(p, text(w, 1), text(w, 2), false))
OP(listxattr, fs_listxattr(p, text(w, 1), scratch, (size_t)number(w, 2), true))
OP(fgetxattr, fs_fgetxattr(p, fd(w, 1), text(w, 2), scratch, (size_t)number(w, 3)))
OP(fsetxattr, fs_fsetxattr(p, fd(w, 1), text(w, 2), scratch, (size_t)number(w, 3),
                           (unsigned)FLAGS(xattr_flags, w, 4)))
OP(fremovexattr, fs_fremovexattr(p, fd(w, 1), text(w, 2)))
OP(flistxattr, fs_flistxattr(p, fd(w, 1), scratch, (size_t)number(w, 2)))

static int64_t op_creat(struct fs_process *p, const struct case_words *w)
{
    int rc = fs_openat(p, HERE, text(w, 1), FS_O_WRONLY | FS_O_CREAT | FS_O_TRUNC,
                       mode(w, 2, 0644));
    return rc < 0 ? rc : fs_close(p, rc);
}

/* The flags of a description; a word: whether it has these. */
static int64_t op_getfl(struct fs_process *p, const struct case_words *w)
{
    int rc = fs_fcntl(p, fd(w, 1), FS_F_GETFL, 0), asked = FLAGS(open_flags, w, 2);
    return rc < 0 ? rc : (rc & asked) == asked;
}

/* readv and writev: lengths of the pieces. */
static int64_t vector(struct fs_process *p, const struct case_words *w, bool write)
{
    struct fs_iovec pieces[CASE_WORDS];
    int count = 0;
    for (unsigned i = 2; i < w->count; i++)
        pieces[count++] = (struct fs_iovec){scratch, (size_t)number(w, i)};
    return write ? fs_writev(p, fd(w, 1), pieces, count) : fs_readv(p, fd(w, 1), pieces, count);
}

OP(readv, vector(p, w, false))
OP(writev, vector(p, w, true))
OP(readv_count, fs_readv(p, fd(w, 1), (struct fs_iovec[1]){{scratch, 1}}, (int)number(w, 2)))

static int64_t op_getcwd(struct fs_process *p, const struct case_words *w)
{
    return fs_getcwd(p, scratch, (size_t)number(w, 1)) < 0
               ? fs_getcwd(p, scratch, (size_t)number(w, 1))
               : 0;
}

/* Whether the end of the working directory's path is that. */
static int64_t op_cwd_ends(struct fs_process *p, const struct case_words *w)
{
    int64_t length = fs_getcwd(p, scratch, sizeof(scratch));
    size_t end = strlen(text(w, 1));
    return length <= (int64_t)end ? length
                                  : !strcmp(scratch + (size_t)length - 1 - end, text(w, 1));
}

static int64_t op_statvfs(struct fs_process *p, const struct case_words *w)
{
    struct fs_statvfs statvfs = {0};
    int rc = fs_statvfs(p, text(w, 1), &statvfs);
    return rc ? rc : (int64_t)statvfs.name_max;
}

static int64_t op_fstatvfs(struct fs_process *p, const struct case_words *w)
{
    struct fs_statvfs statvfs = {0};
    int rc = fs_fstatvfs(p, fd(w, 1), &statvfs);
    return rc ? rc : (int64_t)statvfs.name_max;
}

/* now, omit, bad, or seconds. */
static struct ext_time when(const struct case_words *w, unsigned i)
{
    const char *word = text(w, i);
    if (!strcmp(word, "now"))
        return (struct ext_time){.nanoseconds = FS_UTIME_NOW};
    if (!strcmp(word, "omit"))
        return (struct ext_time){.nanoseconds = FS_UTIME_OMIT};
    if (!strcmp(word, "bad"))
        return (struct ext_time){.nanoseconds = 1000000000};
    return (struct ext_time){.seconds = number(w, i)};
}

#define TIMES(w, i) (struct ext_time[2]){when(w, i), when(w, (i) + 1)}

OP(utimens, fs_utimensat(p, HERE, text(w, 1), w->count < 3 ? NULL : TIMES(w, 2), 0))
OP(lutimens, fs_utimensat(p, HERE, text(w, 1), TIMES(w, 2), FS_AT_SYMLINK_NOFOLLOW))
OP(utimensat, fs_utimensat(p, fd(w, 1), text(w, 2), TIMES(w, 3), (int)number(w, 5)))
OP(futimens, fs_futimens(p, fd(w, 1), w->count < 3 ? NULL : TIMES(w, 2)))

/* lock FD TYPE WHENCE START LENGTH: without waiting. */
static int64_t record(struct fs_process *p, const struct case_words *w, int command,
                      struct fs_flock *lock)
{
    lock->type = (int16_t)FLAGS(lock_types, w, 2);
    lock->whence = (int16_t)FLAGS(whences, w, 3);
    lock->start = number(w, 4);
    lock->length = number(w, 5);
    return fs_fcntl_lock(p, fd(w, 1), command, lock);
}

static int64_t op_lock(struct fs_process *p, const struct case_words *w)
{
    return record(p, w, FS_F_SETLK, &(struct fs_flock){0});
}

static int64_t op_lock_wait(struct fs_process *p, const struct case_words *w)
{
    return record(p, w, FS_F_SETLKW, &(struct fs_flock){0});
}

/* The type of what is in the way: 0 read, 1 write, 2 nothing. */
static int64_t op_getlk(struct fs_process *p, const struct case_words *w)
{
    struct fs_flock lock = {0};
    int64_t rc = record(p, w, FS_F_GETLK, &lock);
    return rc ? rc : lock.type;
}

#define LOCK_FIELD(field)                                                                          \
    static int64_t op_getlk_##field(struct fs_process *p, const struct case_words *w)              \
    {                                                                                              \
        struct fs_flock lock = {0};                                                                \
        int64_t rc = record(p, w, FS_F_GETLK, &lock);                                              \
        return rc ? rc : lock.type == FS_F_UNLCK ? -ENOLCK : (int64_t)lock.field;                  \
    }
LOCK_FIELD(start)
LOCK_FIELD(length)
LOCK_FIELD(process)

/* reopen FD PATH FLAGS OFFSET: by the number that the path has; reopen_stale: of another age. */
static int64_t reopen(struct fs_process *p, const struct case_words *w, uint32_t age)
{
    int64_t rc;
    struct fs_stat stat = stat_of(p, text(w, 2), &rc);
    return rc ? rc
              : fs_reopen(p, fd(w, 1), (uint32_t)stat.ino, stat.generation + age,
                          FLAGS(open_flags, w, 3), (uint64_t)number(w, 4));
}

OP(reopen, reopen(p, w, 0))
OP(reopen_stale, reopen(p, w, 1))
OP(reopen_number, fs_reopen(p, fd(w, 1), (uint32_t)number(w, 2), 0, FS_O_RDONLY, 0))

/* open_many PATH: until it fails; how many there were then is lost, the error is what counts. */
static int64_t op_open_many(struct fs_process *p, const struct case_words *w)
{
    int rc = 0;
    while (rc >= 0)
        rc = fs_openat(p, HERE, text(w, 1), FS_O_RDONLY, 0);
    return rc;
}

/* fill FD: writes until it fails. */
static int64_t op_fill(struct fs_process *p, const struct case_words *w)
{
    int64_t n = 1;
    while (n > 0)
        n = fs_write(p, fd(w, 1), scratch, sizeof(scratch));
    return n;
}

/* link_many PATH COUNT: names l0, l1... */
static int64_t op_link_many(struct fs_process *p, const struct case_words *w)
{
    int rc = 0;
    for (int i = 0; !rc && i < number(w, 2); i++) {
        snprintf(scratch, sizeof(scratch), "l%d", i);
        rc = fs_linkat(p, HERE, text(w, 1), HERE, scratch, 0);
    }
    return rc;
}

/* chain COUNT: c0 is a file, each further c a symbolic link to the one before. */
static int64_t op_chain(struct fs_process *p, const struct case_words *w)
{
    char name[32], target[32];
    int64_t rc = op_creat(p, &(struct case_words){{"creat", "c0"}, 2});
    for (int i = 1; !rc && i <= number(w, 1); i++) {
        snprintf(target, sizeof(target), "c%d", i - 1);
        snprintf(name, sizeof(name), "c%d", i);
        rc = fs_symlinkat(p, target, HERE, name);
    }
    return rc;
}

/* entries PATH: names in a directory, read in small pieces. */
static int64_t op_entries(struct fs_process *p, const struct case_words *w)
{
    int64_t got, count = 0;
    int opened = fs_openat(p, HERE, text(w, 1), FS_O_RDONLY | FS_O_DIRECTORY, 0);
    if (opened < 0)
        return opened;
    while ((got = fs_getdents(p, opened, scratch, 512)) > 0)
        for (int64_t at = 0; at < got; count++)
            at += ((struct fs_dirent *)(scratch + at))->length;
    fs_close(p, opened);
    return got < 0 ? got : count;
}

#define NAMED(name) {#name, op_##name}
static const struct {
    const char *name;
    operation *run;
} operations[] = {
    NAMED(mode),        NAMED(kind),         NAMED(size),         NAMED(uid),
    NAMED(gid),         NAMED(links),        NAMED(rdev),         NAMED(atime),
    NAMED(mtime),       NAMED(recent),       NAMED(lstat),        NAMED(same),
    NAMED(stat),        NAMED(fstatat),      NAMED(fstat),        NAMED(flinks),
    NAMED(open),        NAMED(openat),       NAMED(close),        NAMED(read),
    NAMED(write),       NAMED(pread),        NAMED(pwrite),       NAMED(lseek),
    NAMED(getdents),    NAMED(mkdir),        NAMED(mkdirat),      NAMED(rmdir),
    NAMED(unlink),      NAMED(unlinkat),     NAMED(rename),       NAMED(renameat),
    NAMED(link),        NAMED(linkat),       NAMED(symlink),      NAMED(symlinkat),
    NAMED(readlink),    NAMED(readlinkat),   NAMED(mknod),        NAMED(mknodat),
    NAMED(access),      NAMED(faccessat),    NAMED(truncate),     NAMED(ftruncate),
    NAMED(fsync),       NAMED(fdatasync),    NAMED(sync),         NAMED(chmod),
    NAMED(fchmodat),    NAMED(fchmod),       NAMED(chown),        NAMED(lchown),
    NAMED(fchownat),    NAMED(fchown),       NAMED(chdir),        NAMED(fchdir),
    NAMED(umask),       NAMED(dup),          NAMED(dup2),         NAMED(dupfd),
    NAMED(getfd),       NAMED(setfd),        NAMED(setfl),        NAMED(getfl),
    NAMED(fcntl),       NAMED(flock),        NAMED(getxattr),     NAMED(lgetxattr),
    NAMED(setxattr),    NAMED(lsetxattr),    NAMED(removexattr),  NAMED(lremovexattr),
    NAMED(listxattr),   NAMED(fgetxattr),    NAMED(fsetxattr),    NAMED(fremovexattr),
    NAMED(flistxattr),  NAMED(creat),        NAMED(readv),        NAMED(writev),
    NAMED(readv_count), NAMED(getcwd),       NAMED(cwd_ends),     NAMED(statvfs),
    NAMED(fstatvfs),    NAMED(utimens),      NAMED(lutimens),     NAMED(utimensat),
    NAMED(futimens),    NAMED(lock),         NAMED(lock_wait),    NAMED(getlk),
    NAMED(getlk_start), NAMED(getlk_length), NAMED(getlk_process), NAMED(reopen),
    NAMED(reopen_stale), NAMED(reopen_number), NAMED(open_many),  NAMED(link_many),
    NAMED(chain),       NAMED(entries),      NAMED(fill),
};

/* as UID GID GROUP...; in NUMBER; read_only; else a call. */
int64_t case_operation(const struct case_world *world, const struct case_words *words)
{
    if (!strcmp(words->word[0], "as")) {
        struct fs_credentials credentials = {(uint32_t)number(words, 1),
                                             (uint32_t)number(words, 2), 0, {0}};
        for (unsigned i = 3; i < words->count; i++)
            credentials.group[credentials.groups++] = (uint32_t)number(words, i);
        world->become(&credentials);
        return 0;
    }
    if (!strcmp(words->word[0], "in"))
        return world->switch_to((unsigned)number(words, 1)) ? 0 : -ENOSYS;
    if (!strcmp(words->word[0], "read_only"))
        return world->read_only() ? 0 : -ENOSYS;
    for (size_t i = 0; i < ARRAY_SIZE(operations); i++)
        if (!strcmp(words->word[0], operations[i].name))
            return operations[i].run(world->process(), words);
    fprintf(stderr, "no such operation: %s\n", words->word[0]);
    exit(2);
}
