/*
 * PostMark does what PostMark 1.51 does (Debian's package postmark 1.53-2): its system calls, as
 * strace shows them, written as ../../../domains/postmark/log.h says, have the sums below.
 */
#include "../../../domains/postmark/postmark.h"
#include "../../fs/native/volume.h"
#include "../../ext/native/shim.h"

#include <ringside-rt/posix.h>
#include <ringside-rt/print.h>

static uint64_t now(void)
{
    static uint64_t ns;
    return ns += 1000;
}

#define OPTIONS(files, times, from, to, block, directories)                                        \
    {.location = "/", .number = files, .transactions = times, .low = from, .high = to,             \
     .read_block = block, .write_block = block, .bias_read = 5, .bias_create = 5, .seed = 42,      \
     .subdirectories = directories, .verify = true, .now = now}

static const struct {
    struct postmark_options options;
    uint64_t operations, created, read, appended, deleted_alone;
} known[] = {
    {OPTIONS(500, 500, 500, 10000, 512, 0), 0xbc69b6348a7ee828, 764, 243, 257, 528},
    {OPTIONS(50, 200, 500, 10000, 4096, 0), 0x0591967bb6dd57b2, 149, 106, 94, 48},
    {OPTIONS(20, 100, 500, 10000, 4096, 3), 0x1839b9d367cedf13, 77, 65, 35, 34},
    {OPTIONS(10, 20, 4096, 4096, 1024, 0), 0x114ac1cce6a7ddbe, 21, 10, 0, 12},
};

static bool same(const struct postmark_result *result, unsigned i)
{
    uint64_t created = result->created[POSTMARK_CREATE] + result->created[POSTMARK_TRANSACTIONS];
    printf("%u: operations %016lx, created %lu, read %lu, appended %lu, deleted alone %lu\n", i,
           result->operations, created, result->read, result->appended,
           result->deleted[POSTMARK_DELETE]);
    return result->operations == known[i].operations && created == known[i].created &&
           result->read == known[i].read && result->appended == known[i].appended &&
           result->deleted[POSTMARK_DELETE] == known[i].deleted_alone && !result->errors;
}

static bool run(unsigned i)
{
    const struct fs_credentials credentials = {0};
    struct postmark_result result;
    struct ext *volume = volume_mount(false);
    struct fs *fs = fs_attach(volume);
    struct fs_process *process = fs_process(fs, 1, &credentials);
    bool good = !files_open_local(process) && postmark_run(&known[i].options, &result);
    fs_process_end(process);
    fs_detach(fs);
    volume_unmount(volume);
    return good && same(&result, i) && volume_clean();
}

static void run_all(void *arg)
{
    bool *good = arg;
    volume_make("-t ext3 -b 1024");
    for (unsigned i = 0; i < ARRAY_SIZE(known); i++)
        *good &= run(i);
}

int main(void)
{
    bool good = true;
    native_run(1, run_all, &good);
    return !good;
}
