/*
 * The command line decides on which device the volume is, and whether it is made first. Invariant:
 * nothing is written to a device that is neither blank nor a volume.
 */
#include <ringside-rt/blk_options.h>
#include <ringside-rt/clock.h>
#include <ringside-rt/cmdline.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/print.h>
#include <ringside-rt/random.h>
#include <ringside-rt/string.h>
#include <ringside-rt/volume_options.h>

#define DEFAULT_CACHE (4ul << 20)

/* Of what the volume takes beside its cache: bounces, the journal's own, what making one needs. */
#define SPARE (1ul << 20)

static struct ext_time now(void)
{
    uint64_t ns = clock_wall_ns();
    return (struct ext_time){(int64_t)(ns / NS_PER_S), (uint32_t)(ns % NS_PER_S)};
}

static int format(struct blk *blk, const char *kind)
{
    struct ext_format_options options = {.journal = strcmp(kind, "ext3") == 0, .now = now()};
    struct random random = random_seeded(cmdline_u64("seed", 0) + clock_wall_ns());
    if (!options.journal && strcmp(kind, "ext2") != 0) {
        printf("format=%s: there are ext2 and ext3\n", kind);
        return -EINVAL;
    }
    int rc = ext_is_blank(blk);
    if (rc <= 0)
        return rc;
    for (unsigned i = 0; i < ARRAY_SIZE(options.random); i++)
        options.random[i] = random_next(&random);
    rc = ext_format(blk, &options);
    if (!rc)
        printf("a new volume: %s on %lu MiB\n", kind, blk->bytes >> 20);
    return rc;
}

/* Why a device cannot be mounted, to somebody who knows nothing of errno. */
static const char *reason(int rc)
{
    switch (rc) {
    case -EINVAL:
        return "it is neither blank nor an ext2 or ext3 volume; it was left as it is";
    case -EUCLEAN:
        return "its structures contradict each other; e2fsck may repair it";
    case -EOPNOTSUPP:
        return "it has features that are not known here";
    case -EROFS:
        return "it has features that allow only reading here";
    }
    return errno_name(rc);
}

static int open_device(size_t buffer_bytes, struct blk **blk)
{
    uint64_t ramdisk = cmdline_bytes("ramdisk", 0);
    if (!ramdisk)
        return blk_open_cmdline(buffer_bytes, blk);
    int rc = blk_open_memory(ramdisk, blk);
    if (rc)
        printf("ramdisk=%s: %s\n", cmdline_get("ramdisk"), errno_name(rc));
    return rc;
}

int volume_open_cmdline(size_t buffer_bytes, const struct ext_options *with, struct blk **blk,
                        struct ext **volume)
{
    const char *kind = cmdline_string("format", cmdline_get("ramdisk") ? "ext2" : NULL);
    size_t cache = cmdline_bytes("cache", DEFAULT_CACHE);
    struct ext_options options = with ? *with : (struct ext_options){0};
    options.cache_bytes = cache;
    options.now = now;
    int rc = open_device(buffer_bytes + cache + SPARE, blk);
    if (rc)
        return rc;
    rc = kind ? format(*blk, kind) : 0;
    if (rc) {
        printf("the volume cannot be made: %s\n", errno_name(rc));
        return rc;
    }
    rc = ext_mount(*blk, &options, volume);
    if (rc)
        printf("the disk cannot be mounted: %s\n", reason(rc));
    if (rc == -EINVAL && !kind && ext_is_blank(*blk) == 1)
        printf("it is blank: format=ext3 makes it a volume\n");
    return rc;
}
