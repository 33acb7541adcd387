/*
 * PostMark: many small files, as a server of mail or news has them.
 *
 *   where=             as ringside-rt/files_where.h has it
 *   number=N           files at the beginning (500)      transactions=N   (500)
 *   low=BYTES, high=BYTES   of a file, the second excluded (500, 10000)
 *   read=BYTES, write=BYTES of a call (512)
 *   bias-read=N        read rather than append, of 10 (5); none: neither
 *   bias-create=N      create rather than delete, of 10 (5); none: neither
 *   seed=N             (42)
 *   subdirectories=N   (0)
 *   location=PATH      where the files are, with a slash at its end (/)
 *   verify             what is read is compared with what was written
 *
 * Names and usual values are those of the program; its buffering is always off. The last line but
 * the verdict is the same for the same options, whatever happens to servers.
 */
#include "report.h"

#include <ringside-rt/clock.h>
#include <ringside-rt/cmdline.h>
#include <ringside-rt/files_where.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>
#include <ringside-rt/test.h>

static int bias(const char *key)
{
    if (strcmp(cmdline_string(key, ""), "none") == 0)
        return POSTMARK_NO_BIAS;
    return (int)cmdline_u64(key, 5);
}

static uint32_t bytes(const char *key, uint32_t otherwise)
{
    return (uint32_t)cmdline_bytes(key, otherwise);
}

void test_main(void)
{
    const struct postmark_options options = {
        .location = cmdline_string("location", "/"),
        .number = (uint32_t)cmdline_u64("number", 500),
        .transactions = (uint32_t)cmdline_u64("transactions", 500),
        .low = bytes("low", 500),
        .high = bytes("high", 10000),
        .read_block = bytes("read", 512),
        .write_block = bytes("write", 512),
        .bias_read = bias("bias-read"),
        .bias_create = bias("bias-create"),
        .seed = (uint32_t)cmdline_u64("seed", 42),
        .subdirectories = (uint32_t)cmdline_u64("subdirectories", 0),
        .verify = cmdline_get("verify"),
        .now = clock_ns,
    };
    struct postmark_result result;
    int rc = files_open_cmdline(postmark_buffer_bytes(&options));
    if (rc)
        test_error("no files: %s", errno_name(rc));
    if (!postmark_run(&options, &result))
        test_error("no memory, or options that make no sense");
    test_returns(files_close_cmdline(), 0);
    report_print(&options, &result);
    test_check(!result.errors, "%lu errors", result.errors);
}
