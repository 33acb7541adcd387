/* Content to the output. */
#include "commands.h"
#include "input.h"
#include "output.h"

#include <ringside-rt/memory.h>

#define PIECE 65536

static int cat_input(void)
{
    static char piece[1024];
    for (size_t n; (n = input_piece(piece, sizeof(piece))) > 0;)
        out_bytes(piece, n);
    return 0;
}

static int cat_file(const char *path, char *piece)
{
    int fd = open(path, FS_O_RDONLY, 0);
    if (fd < 0)
        return complain_errno("cat", path);
    ssize_t n;
    while ((n = read(fd, piece, PIECE)) > 0)
        out_bytes(piece, (size_t)n);
    int status = n < 0 ? complain_errno("cat", path) : 0;
    close(fd);
    return status;
}

int cmd_cat(int argc, char **argv)
{
    int status = 0;
    if (argc < 2)
        return cat_input();
    char *piece = files_buffer_alloc(PIECE);
    if (!piece) {
        errno = ENOMEM;
        return complain_errno("cat", argv[1]);
    }
    for (int i = 1; i < argc; i++)
        status |= cat_file(argv[i], piece);
    files_buffer_free(piece, PIECE);
    return status;
}
