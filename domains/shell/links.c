/* Names for what is there. */
#include "commands.h"
#include "output.h"
#include "paths.h"

#include <ringside-rt/string.h>

int cmd_ln(int argc, char **argv)
{
    bool symbolic = argc > 1 && strcmp(argv[1], "-s") == 0;
    char **words = argv + 1 + symbolic;
    if (argc != 3 + symbolic)
        return command_usage("ln");
    const char *name = path_into(words[1], words[0]);
    int rc = symbolic ? symlink(words[0], name) : link(words[0], name);
    return rc ? complain_errno("ln", name) : 0;
}

int cmd_touch(int argc, char **argv)
{
    const struct ivmc_file_time now[2] = {{.nanoseconds = FS_UTIME_NOW},
                                          {.nanoseconds = FS_UTIME_NOW}};
    int status = 0;
    if (argc < 2)
        return command_usage("touch");
    for (int i = 1; i < argc; i++) {
        if (!utimensat(FS_AT_FDCWD, argv[i], now, 0))
            continue;
        int fd = errno == ENOENT ? open(argv[i], FS_O_WRONLY | FS_O_CREAT, 0666) : -1;
        if (fd < 0 || close(fd))
            status = complain_errno("touch", argv[i]);
    }
    return status;
}
