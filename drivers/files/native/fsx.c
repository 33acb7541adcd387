/*
 * fsx agrees with our file system, and finds out each of several wrong ones, by few steps.
 */
#include "../../../domains/fsx/fsx.h"
#include "../../ext/native/shim.h"
#include "../../fs/native/volume.h"
#include "../link.h"

#include <ringside-rt/print.h>

#define SEEDS 10
#define FEW 6

/* What is wrong, one at a time. */
enum bug {
    NONE,
    WRITE_LOSES_ITS_LAST_BYTE,
    WRITE_BEHIND_THE_END_LEAVES_THE_SIZE,
    APPEND_GOES_TO_THE_BEGINNING,
    TRUNCATE_DOES_NOT_SHRINK,
    UNLINK_DOES_NOTHING,
    RENAME_LEAVES_THE_OLD_NAME,
    MKDIR_OVER_A_NAME_SUCCEEDS,
    READ_IS_SHORT_AT_THE_END,
    BUGS
};

static enum bug bug;
static const struct files_link *right;

static bool is(enum bug which, const struct ivmc_file_request *request, unsigned op)
{
    return bug == which && request->op == op;
}

static int64_t wrong_call(struct ivmc_file_request *request, uint64_t *extra)
{
    struct ivmc_file_request other = *request;
    if (is(WRITE_LOSES_ITS_LAST_BYTE, request, IVMC_FILE_PWRITE) && request->length > 5000)
        other.length--;
    if (is(WRITE_BEHIND_THE_END_LEAVES_THE_SIZE, request, IVMC_FILE_PWRITE) &&
        request->offset > 50000)
        return request->length;
    if (is(APPEND_GOES_TO_THE_BEGINNING, request, IVMC_FILE_APPEND))
        other.op = IVMC_FILE_PWRITE;
    if (is(TRUNCATE_DOES_NOT_SHRINK, request, IVMC_FILE_FTRUNCATE) && request->offset < 10000)
        return 0;
    if (is(UNLINK_DOES_NOTHING, request, IVMC_FILE_UNLINKAT))
        return 0;
    if (is(RENAME_LEAVES_THE_OLD_NAME, request, IVMC_FILE_RENAMEAT))
        other.op = IVMC_FILE_LINKAT;
    int64_t result = right->call(&other, extra);
    if (is(WRITE_LOSES_ITS_LAST_BYTE, request, IVMC_FILE_PWRITE) && other.length < request->length)
        return result + 1;
    if (is(MKDIR_OVER_A_NAME_SUCCEEDS, request, IVMC_FILE_MKDIRAT) && result == -EEXIST)
        return 0;
    if (is(READ_IS_SHORT_AT_THE_END, request, IVMC_FILE_PREAD) && result > 1 &&
        result < (int64_t)request->length)
        return result - 1;
    return result;
}

static bool run(uint64_t seed, struct fsx_result *result)
{
    const struct fsx_options options = {
        .seed = seed, .steps = 300, .check_each = 50, .shrink = 300};
    const struct fs_credentials credentials = {0};
    struct ext *volume = volume_mount(false);
    struct fs *fs = fs_attach(volume);
    struct fs_process *process = fs_process(fs, 1, &credentials);
    bool good = !files_open_local(process);
    right = files_link;
    struct files_link wrong = *right;
    wrong.call = wrong_call;
    files_link = &wrong;
    good = good && !fsx_run(&options, result);
    fs_process_end(process);
    fs_detach(fs);
    volume_unmount(volume);
    return good && volume_clean();
}

static bool must(bool good, const char *what, unsigned number)
{
    if (!good)
        printf("%s: %u\n", what, number);
    return good;
}

static bool finds(void)
{
    struct fsx_result result = {.agrees = true};
    for (uint64_t seed = 1; result.agrees && seed <= SEEDS; seed++)
        if (!must(run(seed, &result), "a run was not done, with bug", bug))
            return false;
    return must(!result.agrees, "is not found out, bug", bug) &&
           must(result.shortest <= FEW, "is found out by too many steps, bug", bug);
}

static void run_all(void *arg)
{
    bool *good = arg;
    struct fsx_result result;
    volume_make("-t ext3 -b 1024");
    bug = NONE;
    for (uint64_t seed = 1; seed <= SEEDS; seed++)
        *good &= must(run(seed, &result) && result.agrees, "disagrees, seed", (unsigned)seed);
    for (bug = NONE + 1; bug < BUGS; bug++)
        *good &= finds();
}

int main(void)
{
    bool good = true;
    native_run(1, run_all, &good);
    return !good;
}
