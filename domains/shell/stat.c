/* All that is known of a file. */
#include "commands.h"
#include "output.h"
#include "show.h"

static void line(const char *what, const struct ivmc_file_time *time)
{
    char text[20];
    show_time(time->seconds, text);
    out("%6s: %s.%09u\n", what, text, time->nanoseconds);
}

static void print(const char *path, const struct stat *s)
{
    char mode[11];
    show_mode(s->mode, mode);
    out("  File: %s\n", path);
    out("  Size: %-12lu Blocks: %-8lu IO Block: %-6u %s\n", s->size, s->blocks, s->block_bytes,
        show_kind(s->mode));
    out(" Inode: %-12lu Links: %u\n", s->ino, s->links);
    out("Access: (%04o/%s)  Uid: %u  Gid: %u\n", s->mode & 07777, mode, s->uid, s->gid);
    line("Access", &s->accessed);
    line("Modify", &s->modified);
    line("Change", &s->changed);
}

int cmd_stat(int argc, char **argv)
{
    int status = 0;
    if (argc < 2)
        return command_usage("stat");
    for (int i = 1; i < argc; i++) {
        struct stat s;
        if (lstat(argv[i], &s))
            status = complain_errno("stat", argv[i]);
        else
            print(argv[i], &s);
    }
    return status;
}
