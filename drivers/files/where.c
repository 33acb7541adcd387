/* A program's choice between a server and a file system of its own. */
#include <ringside-rt/cmdline.h>
#include <ringside-rt/files_where.h>
#include <ringside-rt/posix.h>
#include <ringside-rt/string.h>
#include <ringside-rt/volume_options.h>

#define SPARE (2ul << 20) /* for paths and small things */

static struct ext *volume;
static struct fs *fs;
static struct fs_process *process;

static int open_linked(size_t buffer_bytes)
{
    const struct fs_credentials credentials = {0};
    struct blk *blk;
    int rc = volume_open_cmdline(buffer_bytes + SPARE, NULL, &blk, &volume);
    if (rc)
        return rc;
    fs = fs_attach(volume);
    process = fs ? fs_process(fs, 1, &credentials) : NULL;
    return process ? files_open_local(process) : -ENOMEM;
}

const char *files_where(void)
{
    return cmdline_string("where", "server");
}

int files_open_cmdline(size_t buffer_bytes)
{
    const struct files_options options = {.region_bytes = buffer_bytes + SPARE};
    if (strcmp(files_where(), "server") == 0)
        return files_open_ivmc(&options);
    return strcmp(files_where(), "linked") == 0 ? open_linked(buffer_bytes) : -EINVAL;
}

int files_close_cmdline(void)
{
    if (!process)
        return 0;
    fs_process_end(process);
    fs_detach(fs);
    return ext_unmount(volume);
}
