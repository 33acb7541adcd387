/*
 * All cases on volumes of several kinds; e2fsck judges what they leave.
 *
 *   fs-cases FILE...
 */
#include "../../ext/native/shim.h"
#include "volume.h"
#include "volume_world.h"
#include <stdio.h>

struct arguments {
    int count;
    char **values;
    bool failed;
};

static void run(struct arguments *arguments, const char *options)
{
    unsigned count = 0, failed = 0;
    volume_make(options);
    struct ext *volume = volume_mount(false);
    const struct case_world *world = volume_world_open(volume);
    for (int i = 1; i < arguments->count; i++)
        failed += case_run_file(world, arguments->values[i], false, &count);
    volume_world_close();
    volume_unmount(volume);
    bool clean = volume_clean();
    printf("%s: %u cases, %u failed%s\n", options, count, failed, clean ? "" : "; not clean");
    arguments->failed |= failed || !count || !clean;
}

static void all(void *arg)
{
    run(arg, "-t ext2 -b 1024");
    run(arg, "-t ext2 -b 4096 -I 128");
    run(arg, "-t ext3 -b 1024 -J size=1");
}

int main(int argc, char **argv)
{
    struct arguments arguments = {.count = argc, .values = argv};
    native_run(1, all, &arguments);
    return arguments.failed;
}
