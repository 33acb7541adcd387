/*
 * Volumes of all kinds, worked on at random: what they answer and hold is compared with a model,
 * and e2fsck judges them.   ext-random [SEED [OPERATIONS]]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shim.h"
#include "../volume.h"
#include "workload.h"

struct kind {
    const char *options;
    uint64_t bytes;
    bool reaches_all;
    size_t most;
};

static const struct kind kinds[] = {
    {"-t ext2 -b 1024", 48 << 20, true, 3 << 20},
    {"-t ext2 -b 2048 -I 128", 32 << 20, false, 3 << 20},
    {"-t ext2 -b 4096", 64 << 20, true, 6 << 20},
    {"-t ext2 -b 4096 -O ^dir_index,^resize_inode,^ext_attr", 64 << 20, false, 6 << 20},
    {"-t ext2 -b 1024 -N 200", 6 << 20, true, 2 << 20}, /* soon full */
    {"-t ext3 -b 1024 -J size=1", 48 << 20, true, 3 << 20},
    {"-t ext3 -b 4096", 64 << 20, false, 3 << 20},
    {"-t ext3 -b 4096 -J size=4 -O ^dir_index", 64 << 20, true, 6 << 20},
    {"-t ext3 -b 1024 -N 200 -J size=1", 7 << 20, false, 2 << 20}, /* soon full */
};

static uint64_t seed = 1, operations = 1200;
static char image[] = "/tmp/ext-random-XXXXXX";

struct run {
    const struct kind *kind;
    struct native_disk *disk;
};

static int run_command(const char *command, const char *quiet)
{
    char line[500];
    snprintf(line, sizeof(line), "%s %s %s", command, image, quiet);
    return system(line);
}

static void mount(struct workload *w, struct native_disk *disk)
{
    struct ext_options options = {.now = native_now, .cache_bytes = 1 << 20};
    int rc = ext_mount(&disk->blk, &options, &w->fs);
    if (rc)
        workload_fail(w, "mount", rc, 0);
}

/* e2fsck with these options is content with what the device holds. */
static void ask_e2fsck(struct workload *w, struct native_disk *disk, const char *command,
                       int allowed)
{
    if (!native_disk_save(disk, image) ||
        run_command(command, ">/tmp/ext-random-fsck 2>&1") > allowed) {
        if (system("cat /tmp/ext-random-fsck"))
            perror("cat");
        workload_fail(w, command, 1, 0);
    }
}

/* The domain is killed: what the device has is all that is left of the volume. */
static void survive_kill(struct workload *w, struct native_disk *disk)
{
    struct native_disk *copy = native_disk_new(disk->blk.bytes);
    struct ext *fs = w->fs;
    int rc = ext_sync(fs, EXT_WRITTEN);
    if (rc)
        workload_fail(w, "sync", rc, 0);
    memcpy(copy->bytes, disk->bytes, disk->blk.bytes);
    copy->reaches_all = disk->reaches_all;
    uint64_t used = native_memory_used();
    mount(w, copy);
    workload_verify(w);
    rc = ext_unmount(w->fs);
    if (rc || native_memory_used() != used)
        workload_fail(w, "unmount after a kill", rc, 0);
    w->fs = fs;
    ask_e2fsck(w, copy, "e2fsck -fn", 0);
    if (fs->journal) {
        memcpy(copy->bytes, disk->bytes, disk->blk.bytes);
        ask_e2fsck(w, copy, "e2fsck -p", 256);
        if (!native_disk_load(copy, image))
            workload_fail(w, "load", 1, 0);
        ask_e2fsck(w, copy, "e2fsck -fn", 0);
        mount(w, copy);
        workload_verify(w);
        ext_unmount(w->fs);
        w->fs = fs;
    }
    native_disk_free(copy);
}

static void judge(struct workload *w, struct native_disk *disk)
{
    int rc = ext_unmount(w->fs);
    if (rc)
        workload_fail(w, "unmount", rc, 0);
    if (native_memory_used())
        workload_fail(w, "memory after unmount", native_memory_used(), 0);
    ask_e2fsck(w, disk, "e2fsck -fn", 0);
    mount(w, disk);
}

static void work(void *arg)
{
    struct run *run = arg;
    static struct workload w;
    struct ext *fs;
    struct ext_options options = {.now = native_now, .cache_bytes = 1 << 20};
    int rc = ext_mount(&run->disk->blk, &options, &fs);
    if (rc) {
        fprintf(stderr, "mount: %d\n", rc);
        exit(1);
    }
    workload_open(&w, fs, seed, run->kind->most, NULL);
    for (uint64_t i = 1; i <= operations; i++) {
        workload_step(&w);
        if (i % 501 == 0)
            ext_sync(w.fs, i % 2 ? EXT_DURABLE : EXT_WRITTEN);
        if (i % 97 == 0)
            ext_write_back(w.fs);
        if (i % 1000 == 0) {
            workload_verify(&w);
            judge(&w, run->disk);
            workload_verify(&w);
            survive_kill(&w, run->disk);
        }
    }
    rc = ext_unmount(w.fs);
    printf("%-55s %llu operations, %llu found it full\n", run->kind->options,
           (unsigned long long)w.done, (unsigned long long)w.full);
    workload_close(&w);
}

int main(int argc, char **argv)
{
    seed = argc > 1 ? strtoull(argv[1], NULL, 10) : seed;
    operations = argc > 2 ? strtoull(argv[2], NULL, 10) : operations;
    close(mkstemp(image));
    for (unsigned i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        char command[300];
        if (truncate(image, 0) || truncate(image, kinds[i].bytes))
            perror(image);
        snprintf(command, sizeof(command), "mke2fs -q -F %s", kinds[i].options);
        if (run_command(command, "2>&1"))
            return 1;
        struct run run = {&kinds[i], native_disk_new(kinds[i].bytes)};
        run.disk->reaches_all = kinds[i].reaches_all;
        if (!native_disk_load(run.disk, image))
            return 1;
        native_run(seed + i, work, &run);
        native_disk_free(run.disk);
    }
    unlink(image);
    return 0;
}
