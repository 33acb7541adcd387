/*
 * Writes a file from its beginning to its end, writes it once more, reads it back, and says how
 * fast that was, and how many bytes CPUs copied for each, here and at the servers.
 *
 *   where=         as ringside-rt/files_where.h has it
 *   size=64k,1m    bytes of each read and write; a list
 *   total=BYTES    of each file (8m)
 *   file=PATH      the file (/fsbench)
 *   copied         from memory that the server does not reach, so that it is copied
 *   keep           leaves the file there
 *   result         says it for programs, too
 *
 * Time is the guest's: with a machine of virtual time, that is virtual.
 */
#include <ringside-rt/clock.h>
#include <ringside-rt/cmdline.h>
#include <ringside-rt/files_where.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/posix.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>
#include <ringside-rt/test.h>

#define WORD sizeof(uint64_t)

static const char *path;
static uint64_t total;

/* Every word of a file says where it stands. */
static void fill(void *buffer, uint64_t offset, size_t size)
{
    for (size_t i = 0; i < size; i += WORD)
        *(uint64_t *)((char *)buffer + i) = (offset + i) * 0x9e3779b97f4a7c15ul;
}

static bool right(const void *buffer, uint64_t offset, size_t size)
{
    for (size_t i = 0; i < size; i += WORD)
        if (*(const uint64_t *)((const char *)buffer + i) != (offset + i) * 0x9e3779b97f4a7c15ul)
            return false;
    return true;
}

static void print_row(const char *what, size_t size, uint64_t ns, uint64_t copied)
{
    uint64_t rate = total * 10000 / (ns / 100 + 1), share = copied * 100 / total;
    printf("%-7s %5lu KiB %7lu.%lu MB/s, copied %lu.%02lu bytes for each\n", what, size >> 10,
           rate / 1000, rate / 100 % 10, share / 100, share % 100);
    if (cmdline_get("result"))
        printf("result op=%s size=%lu bytes=%lu ns=%lu copied=%lu\n", what, size, total, ns,
               copied);
}

static bool write_all(int fd, void *buffer, size_t size, uint64_t *ns)
{
    for (uint64_t done = 0; done < total; done += size) {
        fill(buffer, done, size);
        uint64_t begin = clock_ns();
        ssize_t written = write(fd, buffer, size);
        if (!test_returns(written < 0 ? -errno : written, (long)size))
            return false;
        *ns += clock_ns() - begin;
    }
    uint64_t begin = clock_ns();
    bool synced = test_returns(fsync(fd), 0);
    *ns += clock_ns() - begin;
    return synced;
}

static bool read_all(int fd, void *buffer, size_t size, uint64_t *ns)
{
    for (uint64_t done = 0; done < total; done += size) {
        memset(buffer, 0, size);
        uint64_t begin = clock_ns();
        ssize_t got = read(fd, buffer, size);
        if (!test_returns(got < 0 ? -errno : got, (long)size))
            return false;
        *ns += clock_ns() - begin;
        test_check(right(buffer, done, size), "bytes %lu to %lu are not what was written", done,
                   done + size - 1);
    }
    return true;
}

/* From the beginning of the file to its end, by one of the two above. */
static bool pass(const char *what, int fd, void *buffer, size_t size,
                 bool (*all)(int fd, void *buffer, size_t size, uint64_t *ns))
{
    uint64_t ns = 0, before = files_copied();
    if (!test_returns(lseek(fd, 0, FS_SEEK_SET), 0) || !all(fd, buffer, size, &ns))
        return false;
    print_row(what, size, ns, files_copied() - before);
    return true;
}

static void measure(void *buffer, size_t size)
{
    int fd = open(path, FS_O_CREAT | FS_O_TRUNC | FS_O_RDWR, 0644);
    if (!test_check(fd >= 0, "%s cannot be made: %s", path, errno_name(-errno)))
        return;
    if (pass("write", fd, buffer, size, write_all) &&
        pass("rewrite", fd, buffer, size, write_all))
        pass("read", fd, buffer, size, read_all);
    test_returns(close(fd), 0);
}

static void measure_size(size_t size)
{
    bool copied = cmdline_get("copied");
    size_t pages = ALIGN_UP(size, PAGE_SIZE) / PAGE_SIZE;
    void *buffer = copied ? page_alloc(pages) : files_buffer_alloc(size);
    if (!size || size % WORD || total % size)
        test_error("total= is to be a multiple of each size=, those of 8");
    if (!buffer)
        test_error("no memory for a buffer of %lu bytes", size);
    measure(buffer, size);
    if (copied)
        page_free(buffer, pages);
    else
        files_buffer_free(buffer, size);
}

void test_main(void)
{
    const char *sizes = cmdline_string("size", "64k,1m");
    path = cmdline_string("file", "/fsbench");
    total = cmdline_bytes("total", 8 << 20);
    int rc = files_open_cmdline(8 << 20);
    if (rc)
        test_error("no files: %s", errno_name(rc));
    for (;;) {
        const char *end;
        measure_size(strtobytes(sizes, &end));
        if (*end != ',')
            break;
        sizes = end + 1;
    }
    if (!cmdline_get("keep"))
        test_returns(unlink(path), 0);
    test_returns(files_close_cmdline(), 0);
}
