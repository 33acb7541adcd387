/*
 * Volumes in the memory of the native shim. What is judged is written to a file of a folder that
 * goes when the program ends.
 */
#include "volume.h"
#include "../../ext/native/shim.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BYTES (16ul << 20)

static char folder[] = "/tmp/ringside-fs-XXXXXX", image[64], said[64];
static char made_with[128];
static struct native_disk *pristine, *disk;
static int64_t ticks = 1700000000ll * 16;

static void must(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "volume: %s\n", what);
    exit(2);
}

static void remove_files(void)
{
    unlink(image);
    unlink(said);
    rmdir(folder);
}

static void folder_make(void)
{
    if (image[0])
        return;
    must(mkdtemp(folder), "no folder for files");
    snprintf(image, sizeof(image), "%s/image", folder);
    snprintf(said, sizeof(said), "%s/said", folder);
    atexit(remove_files);
}

/* What the guests' runtime has under this name (print.h, which does not go with stdio.h). */
void panic(const char *format, ...) PRINTF_LIKE(1, 2);

void panic(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    abort();
}

/* Runs a program; what it says is told if it does not end with 0. */
static bool run(const char *command)
{
    char line[512];
    snprintf(line, sizeof(line), "%s %s > %s 2>&1", command, image, said);
    if (!system(line))
        return true;
    snprintf(line, sizeof(line), "cat %s >&2", said);
    return system(line) == -1;
}

void volume_make(const char *options)
{
    char command[256];
    folder_make();
    if (!strcmp(made_with, options))
        return;
    unlink(image);
    FILE *file = fopen(image, "wb");
    must(file && !ftruncate(fileno(file), BYTES) && !fclose(file), "no image");
    snprintf(command, sizeof(command), "PATH=$PATH:/sbin:/usr/sbin mke2fs -q -F %s", options);
    must(run(command), "mke2fs failed");
    if (!pristine)
        pristine = native_disk_new(BYTES);
    must(native_disk_load(pristine, image), "no image");
    snprintf(made_with, sizeof(made_with), "%s", options);
}

/* A clock that goes on by being looked at. */
static struct ext_time now(void)
{
    return (struct ext_time){.seconds = ticks++ / 16};
}

struct ext *volume_mount(bool again)
{
    static bool direct;
    static const struct ext_options options = {.now = now};
    struct ext *volume;
    if (!disk)
        disk = native_disk_new(BYTES);
    if (!again)
        memcpy(disk->bytes, pristine->bytes, BYTES);
    disk->reaches_all = direct = !direct;
    int rc = ext_mount(&disk->blk, &options, &volume);
    if (rc)
        fprintf(stderr, "ext_mount: %d\n", rc);
    must(!rc, "it cannot be mounted");
    return volume;
}

void volume_unmount(struct ext *volume)
{
    must(!ext_unmount(volume), "it cannot be unmounted");
    must(!native_memory_used(), "memory is not given back");
}

void volume_fail(unsigned request)
{
    disk->fails_after = request;
}

void volume_abandon(struct ext *volume)
{
    int rc = ext_unmount(volume);
    must(!rc || rc == -EIO, "unmounting fails with another error than the device's");
    disk->fails_after = 0;
    must(!native_memory_used(), "memory is not given back");
}

bool volume_clean(void)
{
    must(native_disk_save(disk, image), "no image");
    return run("PATH=$PATH:/sbin:/usr/sbin e2fsck -fn");
}
