#include "where.h"

#include <ringside-rt/cmdline.h>
#include <ringside-rt/posix.h>
#include <ringside-rt/string.h>
#include <ringside-rt/test.h>
#include <ringside-rt/volume_options.h>

#define SPARE (2ul << 20) /* for paths and small things */

static struct ext *volume;
static struct fs *fs;
static struct fs_process *process;

static int open_linked(size_t buffer_bytes)
{
    const struct fs_credentials credentials = {0};
    struct blk *blk;
    int rc = volume_open_cmdline(buffer_bytes + SPARE, false, &blk, &volume);
    if (rc)
        return rc;
    fs = fs_attach(volume);
    process = fs ? fs_process(fs, 1, &credentials) : NULL;
    return process ? files_open_local(process) : -ENOMEM;
}

int where_open(size_t buffer_bytes)
{
    const struct files_options options = {.region_bytes = buffer_bytes + SPARE};
    const char *where = cmdline_string("where", "server");
    if (strcmp(where, "server") == 0)
        return files_open_ivmc(&options);
    return strcmp(where, "linked") == 0 ? open_linked(buffer_bytes) : -EINVAL;
}

void where_close(void)
{
    if (!process)
        return;
    fs_process_end(process);
    fs_detach(fs);
    test_returns(ext_unmount(volume), 0);
}
