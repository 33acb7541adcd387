/* Every rate is a count in the time of the phase, or phases, that it stands for. */
#include "report.h"

#include <ringside-rt/clock.h>
#include <ringside-rt/print.h>

#define KILO 1024ul
#define TEXT 40

static uint64_t per_second(uint64_t count, uint64_t ns)
{
    return ns ? count * NS_PER_MS / (ns / 1000 + 1) : 0;
}

static void print_seconds(uint64_t ns, const char *of)
{
    printf("\t%lu.%03lu seconds %s", ns / NS_PER_S, ns % NS_PER_S / NS_PER_MS, of);
}

static void print_files(const char *indent, uint64_t count, const char *what, uint64_t ns)
{
    printf("%s%lu %s (%lu per second)\n", indent, count, what, per_second(count, ns));
}

/* As PostMark scales: from 1024 of a unit on, the next. */
static const char *scaled(uint64_t bytes, char text[TEXT])
{
    static const char *const units[] = {"bytes", "kilobytes", "megabytes", "gigabytes"};
    uint64_t hundredths = bytes * 100;
    unsigned unit = 0;
    for (; hundredths >= 100 * KILO && unit + 1 < sizeof(units) / sizeof(units[0]); unit++)
        hundredths /= KILO;
    snprintf(text, TEXT, "%lu.%02lu %s", hundredths / 100, hundredths % 100, units[unit]);
    return text;
}

static void print_data(uint64_t bytes, const char *what, uint64_t ns)
{
    char text[TEXT], rate[TEXT];
    printf("\t%s %s (%s per second)\n", scaled(bytes, text), what,
           scaled(per_second(bytes, ns), rate));
}

/* Of files created or deleted in a phase of their own, and among transactions. */
static void print_alone(const char *what, const struct postmark_result *result,
                        const uint64_t counts[POSTMARK_PHASES], enum postmark_phase alone)
{
    printf("\t\t%s alone: ", what);
    print_files("", counts[alone], "files", result->ns[alone]);
    printf("\t\tMixed with transactions: ");
    print_files("", counts[POSTMARK_TRANSACTIONS], "files", result->ns[POSTMARK_TRANSACTIONS]);
}

static uint64_t total(const uint64_t values[POSTMARK_PHASES])
{
    return values[POSTMARK_CREATE] + values[POSTMARK_TRANSACTIONS] + values[POSTMARK_DELETE];
}

void report_print(const struct postmark_options *options, const struct postmark_result *result)
{
    uint64_t mixed = result->ns[POSTMARK_TRANSACTIONS], all = total(result->ns);
    if (result->out_of_files)
        printf("out of files\n");
    printf("Time:\n");
    print_seconds(all, "total\n");
    print_seconds(mixed, "of transactions");
    printf(" (%lu per second)\n\nFiles:\n", per_second(options->transactions, mixed));
    print_files("\t", total(result->created), "created", all);
    print_alone("Creation", result, result->created, POSTMARK_CREATE);
    print_files("\t", result->read, "read", mixed);
    print_files("\t", result->appended, "appended", mixed);
    print_files("\t", total(result->deleted), "deleted", all);
    print_alone("Deletion", result, result->deleted, POSTMARK_DELETE);
    printf("\nData:\n");
    print_data(result->bytes_read, "read", all);
    print_data(result->bytes_written, "written", all);
    printf("\npostmark: %u files, %u transactions, %lu bytes verified, %lu errors, ",
           options->number, options->transactions, result->verified, result->errors);
    printf("operations %016lx, result %016lx\n", result->operations, result->outcome);
}
