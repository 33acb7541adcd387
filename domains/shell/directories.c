/* Where we are, and directories. */
#include "commands.h"
#include "output.h"
#include "paths.h"

#include <ringside-rt/string.h>

int cmd_pwd(int argc, char **argv)
{
    static char path[FS_PATH_MAX];
    (void)argc;
    if (!getcwd(path, sizeof(path)))
        return complain_errno(argv[0], ".");
    out("%s\n", path);
    return 0;
}

int cmd_cd(int argc, char **argv)
{
    const char *to = argc > 1 ? argv[1] : "/";
    if (argc > 2)
        return command_usage("cd");
    return chdir(to) ? complain_errno("cd", to) : 0;
}

/* With all directories on the way; one that is there already is right. */
static int make_way(char *path)
{
    for (char *at = path + 1; *path && *at; at++) {
        if (*at != '/')
            continue;
        *at = 0;
        int rc = mkdir(path, 0777);
        *at = '/';
        if (rc && errno != EEXIST)
            return -1;
    }
    return mkdir(path, 0777) && (errno != EEXIST || !is_directory(path)) ? -1 : 0;
}

int cmd_mkdir(int argc, char **argv)
{
    bool way = argc > 1 && strcmp(argv[1], "-p") == 0;
    int status = 0, i = way ? 2 : 1;
    if (i >= argc)
        return command_usage("mkdir");
    for (; i < argc; i++)
        if (way ? make_way(argv[i]) : mkdir(argv[i], 0777))
            status = complain_errno("mkdir", argv[i]);
    return status;
}

int cmd_rmdir(int argc, char **argv)
{
    int status = 0;
    if (argc < 2)
        return command_usage("rmdir");
    for (int i = 1; i < argc; i++)
        if (rmdir(argv[i]))
            status = complain_errno("rmdir", argv[i]);
    return status;
}
