/* Lists: what a directory has, or files that were named, in order of their names. */
#include "commands.h"
#include "names.h"
#include "output.h"
#include "paths.h"
#include "show.h"

#include <ringside-rt/print.h>
#include <ringside-rt/string.h>

#define COLUMNS 80

static struct {
    bool all, details;
    struct names names;
} list;

static char path[FS_PATH_MAX];

static int add(void *arg, const struct fs_dirent *entry)
{
    (void)arg;
    if (entry->name[0] == '.' && !list.all)
        return 0;
    errno = ENOMEM;
    return names_add(&list.names, entry->name) ? 0 : -1;
}

/* directory NULL: the names are paths. */
static int print_details(const char *directory, const char *name)
{
    struct stat s;
    char mode[11], time[20], target[256];
    snprintf(path, sizeof(path), "%s%s%s", directory ? directory : "", directory ? "/" : "", name);
    if (lstat(path, &s))
        return complain_errno("ls", path);
    show_mode(s.mode, mode);
    show_time(s.modified.seconds, time);
    out("%s %3u %4u %4u %10lu %.16s %s", mode, s.links, s.uid, s.gid, s.size, time, name);
    ssize_t n = (s.mode & FS_S_IFMT) == FS_S_IFLNK ? readlink(path, target, sizeof(target)) : -1;
    if (n >= 0)
        out(" -> %.*s", (int)n, target);
    out("\n");
    return 0;
}

/* In columns on the console, one by one into a file. */
static void print_names(void)
{
    size_t widest = 1, count = list.names.count;
    for (size_t i = 0; i < count; i++)
        if (strlen(list.names.all[i]) > widest)
            widest = strlen(list.names.all[i]);
    size_t columns = out_is_console() ? COLUMNS / (widest + 2) : 1;
    columns = columns ? columns : 1;
    size_t rows = (count + columns - 1) / columns;
    for (size_t row = 0; row < rows; row++)
        for (size_t i = row; i < count; i += rows) {
            bool last = i + rows >= count;
            out("%-*s%s", last ? 0 : (int)widest + 2, list.names.all[i], last ? "\n" : "");
        }
}

static int print(const char *directory)
{
    int status = 0;
    names_sort(&list.names);
    if (!list.details)
        print_names();
    for (size_t i = 0; list.details && i < list.names.count; i++)
        status |= print_details(directory, list.names.all[i]);
    names_free(&list.names);
    return status;
}

static int list_directory(const char *directory)
{
    bool dots = !list.all || (names_add(&list.names, ".") && names_add(&list.names, ".."));
    if (!dots || directory_each(directory, add, NULL)) {
        names_free(&list.names);
        return complain_errno("ls", directory);
    }
    return print(directory);
}

/* Files first, then what is in each directory. */
static int list_named(int count, char **named)
{
    int status = 0;
    for (int i = 0; i < count; i++) {
        struct stat s;
        if (lstat(named[i], &s))
            status = complain_errno("ls", named[i]);
        else if (!is_directory(named[i]) && !names_add(&list.names, named[i]))
            status = 1;
    }
    status |= print(NULL);
    for (int i = 0; i < count; i++) {
        if (!is_directory(named[i]))
            continue;
        if (count > 1)
            out("%s:\n", named[i]);
        status |= list_directory(named[i]);
    }
    return status;
}

int cmd_ls(int argc, char **argv)
{
    int i = 1;
    list.all = list.details = false;
    for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++)
        for (const char *option = argv[i] + 1; *option; option++) {
            if (!strchr("al", *option))
                return command_usage("ls");
            list.all |= *option == 'a';
            list.details |= *option == 'l';
        }
    return i < argc ? list_named(argc - i, argv + i) : list_directory(".");
}
