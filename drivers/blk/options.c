/* The path on the command line decides which driver opens the device. */
#include <ringside-rt/blk_options.h>
#include <ringside-rt/cmdline.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>

/* Of an I/O region, for the alignment of its pieces. */
#define REGION_SPARE (64 * PAGE_SIZE)

const char *blk_path_name(void)
{
    return cmdline_string("path", "copy");
}

bool blk_path_is_ivmc(void)
{
    return strcmp(blk_path_name(), "nvme") != 0;
}

static int open_ivmc(unsigned path, size_t buffer_bytes, struct blk **blk)
{
    size_t region = cmdline_bytes("region", ALIGN_UP(buffer_bytes, PAGE_SIZE) + REGION_SPARE);
    const struct blk_ivmc_options options = {
        .service = cmdline_get("service"),
        .path = path,
        .order = (unsigned)cmdline_u64("order", 0),
        .region_bytes = path == IVMC_DIRECT ? region : 0,
    };
    return blk_open_ivmc(&options, blk);
}

int blk_open_cmdline(size_t buffer_bytes, struct blk **blk)
{
    const char *path = blk_path_name();
    int rc = -XEN_EINVAL;
    if (strcmp(path, "copy") == 0)
        rc = open_ivmc(IVMC_COPY, buffer_bytes, blk);
    else if (strcmp(path, "direct") == 0)
        rc = open_ivmc(IVMC_DIRECT, buffer_bytes, blk);
    else if (strcmp(path, "nvme") == 0)
        rc = blk_open_nvme((unsigned)cmdline_u64("nsid", 1), blk);
    if (rc)
        printf("cannot open the block device, path=%s: %s\n", path, errno_name(rc));
    return rc;
}
