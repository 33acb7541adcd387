/* Copies and moves. */
#include "commands.h"
#include "output.h"
#include "paths.h"

#include <ringside-rt/memory.h>

#define PIECE 65536

static bool same(const char *a, const char *b)
{
    struct stat s, t;
    return stat(a, &s) == 0 && stat(b, &t) == 0 && s.ino == t.ino;
}

static int write_all(int fd, const char *from, size_t length)
{
    while (length) {
        ssize_t n = write(fd, from, length);
        if (n < 0)
            return -1;
        from += n;
        length -= (size_t)n;
    }
    return 0;
}

static int copy_content(int in, int to, const char *from, const char *target)
{
    char *piece = files_buffer_alloc(PIECE);
    ssize_t n = -1;
    int status = 0;
    if (!piece)
        errno = ENOMEM;
    while (piece && !status && (n = read(in, piece, PIECE)) > 0)
        if (write_all(to, piece, (size_t)n))
            status = complain_errno("cp", target);
    if (n < 0)
        status = complain_errno("cp", from);
    if (piece)
        files_buffer_free(piece, PIECE);
    return status;
}

static int copy(const char *from, const char *target)
{
    struct stat s;
    int in = open(from, FS_O_RDONLY, 0);
    if (in < 0 || fstat(in, &s))
        return complain_errno("cp", from);
    if ((s.mode & FS_S_IFMT) == FS_S_IFDIR || same(from, target)) {
        bool directory = (s.mode & FS_S_IFMT) == FS_S_IFDIR;
        complain("cp: %s: %s", from, directory ? "Is a directory" : "is the same file as its copy");
        close(in);
        return 1;
    }
    int to = open(target, FS_O_WRONLY | FS_O_CREAT | FS_O_TRUNC, s.mode & 0777);
    int status = to < 0 ? complain_errno("cp", target) : copy_content(in, to, from, target);
    close(in);
    if (to >= 0 && close(to))
        status = complain_errno("cp", target);
    return status;
}

static int move(const char *from, const char *target)
{
    return rename(from, target) ? complain_errno("mv", from) : 0;
}

/* FILE... TARGET: several files go into a directory only. */
static int each(int argc, char **argv, int (*one)(const char *from, const char *target))
{
    int status = 0;
    if (argc < 3)
        return command_usage(argv[0]);
    const char *target = argv[argc - 1];
    if (argc > 3 && !is_directory(target)) {
        errno = ENOTDIR;
        return complain_errno(argv[0], target);
    }
    for (int i = 1; i < argc - 1; i++)
        status |= one(argv[i], path_into(target, argv[i]));
    return status;
}

int cmd_cp(int argc, char **argv)
{
    return each(argc, argv, copy);
}

int cmd_mv(int argc, char **argv)
{
    return each(argc, argv, move);
}
