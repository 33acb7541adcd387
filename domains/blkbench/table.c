/* Integers only: tenths and hundredths are printed as two numbers. */
#include "table.h"

#include <ringside-rt/blk_options.h>
#include <ringside-rt/clock.h>
#include <ringside-rt/print.h>

static const char *op_name(const struct load *load)
{
    return load->mixed ? "mixed" : load->op == BLK_READ ? "read" : "write";
}

uint64_t table_rate(uint64_t bytes, uint64_t ns)
{
    return bytes * 10000 / ns;
}

static void size_text(char text[16], uint64_t size)
{
    if (size % (1 << 20) == 0)
        snprintf(text, 16, "%lu MiB", size >> 20);
    else
        snprintf(text, 16, "%lu KiB", size >> 10);
}

/* So many in a thousand requests, in tenths. */
static uint64_t per_thousand(uint64_t count, const struct load_result *result)
{
    return result->requests ? count * 10000 / result->requests : 0;
}

void table_head(void)
{
    printf("path   op    pattern    size depth requests     MB/s     IOPS   p50 us   p99 us   "
           "max us notified/1000 sleeps\n");
}

static void tenths(unsigned width, uint64_t value)
{
    printf(" %*lu.%lu", width - 2, value / 10, value % 10);
}

void table_row(const struct load *load, const struct load_result *result)
{
    char size[16];
    size_text(size, load->size);
    printf("%-6s %-5s %-7s %7s %5u %8lu", blk_path_name(), op_name(load),
           load->random ? "random" : "seq", size, load->depth, result->requests);
    tenths(8, table_rate(result->bytes, result->ns));
    printf(" %8lu", result->requests * NS_PER_S / result->ns);
    tenths(8, histogram_at(&result->latency, 500) / 100);
    tenths(8, histogram_at(&result->latency, 990) / 100);
    tenths(8, result->latency.max / 100);
    if (blk_path_is_ivmc()) {
        tenths(13, per_thousand(result->notifications, result));
        printf(" %6lu", result->sleeps);
    }
    printf("\n");
}

void table_line(const struct load *load, const struct load_result *result)
{
    printf("result path=%s op=%s pattern=%s size=%lu depth=%u requests=%lu bytes=%lu ns=%lu "
           "p50=%lu p90=%lu p99=%lu max=%lu notifications=%lu sleeps=%lu errors=%lu wrong=%lu\n",
           blk_path_name(), op_name(load), load->random ? "random" : "seq", load->size,
           load->depth, result->requests, result->bytes, result->ns,
           histogram_at(&result->latency, 500), histogram_at(&result->latency, 900),
           histogram_at(&result->latency, 990), result->latency.max, result->notifications,
           result->sleeps, result->errors, result->wrong);
}
