/* The volume as a whole. */
#include "commands.h"
#include "output.h"

int cmd_df(int argc, char **argv)
{
    struct statvfs v;
    if (argc > 1)
        return command_usage("df");
    if (statvfs("/", &v))
        return complain_errno(argv[0], "/");
    uint64_t used = v.blocks - v.blocks_free, of = used + v.blocks_available;
    out("%10s %10s %10s %4s %10s %10s\n", "1K-blocks", "Used", "Available", "Use%", "Files",
        "Free");
    out("%10lu %10lu %10lu %3lu%% %10lu %10lu\n", v.blocks * v.block_bytes / 1024,
        used * v.block_bytes / 1024, v.blocks_available * v.block_bytes / 1024,
        of ? (used * 100 + of - 1) / of : 0, v.files - v.files_free, v.files_free);
    return 0;
}

int cmd_sync(int argc, char **argv)
{
    if (argc > 1)
        return command_usage("sync");
    return sync() ? complain_errno(argv[0], "/") : 0;
}
