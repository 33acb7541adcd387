/*
 * The file system server: a volume of ext2 or ext3 on a block device, for several clients at once.
 *
 *   provides=NAME   its service; default files
 *   cache=BYTES     of memory for blocks (4m)
 *   and the options of ringside-rt/blk_options.h, for the device; path=direct is the default here
 */
#include "requests.h"

#include <ringside-rt/blk_options.h>
#include <ringside-rt/clock.h>
#include <ringside-rt/cmdline.h>
#include <ringside-rt/fault.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/ivmc.h>
#include <ringside-rt/print.h>

#define REGION (8ul << 20)

FAULT_FUNCTIONS;

static struct ext_time now(void)
{
    uint64_t ns = clock_wall_ns();
    return (struct ext_time){(int64_t)(ns / NS_PER_S), (uint32_t)(ns % NS_PER_S)};
}

static int serve(struct ext *volume)
{
    struct fs *fs = fs_attach(volume);
    if (!fs)
        return -ENOMEM;
    int rc = requests_begin(fs, volume);
    rc = rc ? rc : ivmc_serve(cmdline_string("provides", "files"), &requests_backend);
    if (!rc)
        fs_detach(fs);
    return rc;
}

int main(void)
{
    const struct ext_options options = {.cache_bytes = cmdline_bytes("cache", 0), .now = now};
    struct blk *blk;
    struct ext *volume;
    if (blk_open_cmdline(REGION, &blk))
        return 1;
    int rc = ext_mount(blk, &options, &volume);
    if (rc) {
        printf("the disk cannot be mounted: %s\n", errno_name(rc));
        return 1;
    }
    rc = serve(volume);
    if (rc)
        printf("cannot serve: %s\n", errno_name(rc));
    int end = ext_unmount(volume);
    if (end)
        printf("cannot unmount: %s\n", errno_name(end));
    return rc || end;
}
