/*
 * Puts one file into a volume; tools/ringside fs put boots it. The volume is namespace 1 of our
 * controller. Namespace 2 has the path in its first 4 KiB, with a NUL, and the content behind them.
 *
 *   bytes=N   of content      mode=N   permissions      mtime=SECONDS   since 1970
 *   and path=nvme where=linked, so that the file system is in here
 *
 * When it goes wrong it says so in one line and leaves nothing behind.
 */
#include <ringside-rt/blk.h>
#include <ringside-rt/cmdline.h>
#include <ringside-rt/files_where.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/posix.h>
#include <ringside-rt/print.h>

#define PATH_BYTES 4096
#define PIECE (1ul << 20)

static struct blk *source;
static char *piece;

/* 0 or -E... */
static int copy(int fd)
{
    uint64_t bytes = cmdline_u64("bytes", 0);
    for (uint64_t done = 0; done < bytes;) {
        uint64_t n = bytes - done < PIECE ? bytes - done : PIECE;
        int rc = blk_read(source, PATH_BYTES + done, piece, ALIGN_UP(n, PATH_BYTES));
        if (rc)
            return rc;
        for (uint64_t at = 0; at < n;) {
            ssize_t written = write(fd, piece + at, n - at);
            if (written < 0)
                return -errno;
            at += (uint64_t)written;
        }
        done += n;
    }
    return 0;
}

static int dress(int fd)
{
    const struct ivmc_file_time time = {.seconds = (int64_t)cmdline_u64("mtime", 0)};
    const struct ivmc_file_time times[2] = {time, time};
    bool failed = fchmod(fd, (mode_t)cmdline_u64("mode", 0644)) || futimens(fd, times) || fsync(fd);
    return failed ? -errno : 0;
}

static int put(const char *path)
{
    int fd = open(path, FS_O_WRONLY | FS_O_CREAT | FS_O_EXCL, 0600);
    if (fd < 0)
        return -errno;
    int rc = copy(fd);
    rc = rc ? rc : dress(fd);
    if (close(fd) && !rc)
        rc = -errno;
    if (rc)
        unlink(path);
    return rc;
}

static int failed(const char *what, int rc)
{
    printf("%s: %s\nTest result: FAILURE\n", what, strerror(-rc));
    return 0;
}

int main(void)
{
    static char path[PATH_BYTES + 1];
    int rc = files_open_cmdline(PIECE);
    if (rc)
        return failed("the volume cannot be opened", rc);
    rc = blk_open_nvme(2, &source);
    piece = rc ? NULL : blk_buffer_alloc(source, PIECE);
    if (!piece)
        return failed("there is no content", rc ? rc : -ENOMEM);
    rc = blk_read(source, 0, piece, PATH_BYTES);
    for (unsigned i = 0; !rc && i < PATH_BYTES; i++)
        path[i] = piece[i];
    rc = rc ? rc : put(path);
    int end = files_close_cmdline();
    return rc || end ? failed(rc ? path : "the volume cannot be unmounted", rc ? rc : end) : 0;
}
