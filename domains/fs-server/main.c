/*
 * The file system server: a volume of ext2 or ext3 on a block device, for several clients at once.
 *
 *   provides=NAME   its service; default files
 *   ramdisk=BYTES   no storage server: the volume lies in this domain's memory, made at each start
 *   format=ext3     a blank device becomes such a volume (or ext2); one that holds something else
 *                   is refused, never overwritten
 *
 * and the other options of ringside-rt/volume_options.h and ringside-rt/blk_options.h.
 */
#include "requests.h"
#include "session.h"
#include "share.h"

#include <ringside-rt/cmdline.h>
#include <ringside-rt/fault.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/ivmc.h>
#include <ringside-rt/print.h>
#include <ringside-rt/thread.h>
#include <ringside-rt/timer.h>
#include <ringside-rt/volume_options.h>

#define WRITE_BACK_NS (5 * NS_PER_S)

FAULT_FUNCTIONS;

/* The volume while it is mounted; it is not unmounted while it is written back. */
static struct ext *mounted;
static struct mutex writing_back;

/* What nobody asked to be durable is so after a while, as Linux has it (commit=5 of ext3). */
static void write_back(void *arg)
{
    (void)arg;
    for (;;) {
        sleep_ns(WRITE_BACK_NS);
        mutex_lock(&writing_back);
        int rc = mounted ? ext_sync(mounted, EXT_DURABLE) : 0;
        mutex_unlock(&writing_back);
        if (rc)
            printf("the volume cannot be written back: %s\n", errno_name(rc));
    }
}

static int serve(struct ext *volume)
{
    struct fs *fs = fs_attach(volume);
    if (!fs)
        return -ENOMEM;
    int rc = requests_begin(fs, volume);
    rc = rc ? rc : ivmc_serve(cmdline_string("provides", "files"), &requests_backend);
    requests_end();
    if (!rc)
        fs_detach(fs);
    return rc;
}

int main(void)
{
    const struct ext_options options = {
        .keep_orphans = true, .redo = true, .session = session_last()};
    struct blk *blk;
    struct ext *volume;
    if (volume_open_cmdline(0, &options, &blk, &volume))
        return 1;
    session_keep(ext_session(volume));
    mounted = volume;
    if (!thread_start(write_back, NULL))
        return 1;
    share_begin(blk);
    int rc = serve(volume);
    if (rc)
        printf("cannot serve: %s\n", errno_name(rc));
    mutex_lock(&writing_back);
    mounted = NULL;
    mutex_unlock(&writing_back);
    int end = ext_unmount(volume);
    if (end)
        printf("cannot unmount: %s\n", errno_name(end));
    return rc || end;
}
