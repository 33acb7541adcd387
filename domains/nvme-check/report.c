/* The report: one line a check. */
#include "check.h"
#include <ringside-rt/print.h>

static unsigned checks, failures;

void check_group(const char *title)
{
    printf("%s\n", title);
}

bool check(bool ok, const char *what)
{
    checks++;
    failures += !ok;
    printf("  %s  %s\n", ok ? "ok  " : "FAIL", what);
    return ok;
}

bool check_status(uint16_t got, uint16_t expected, const char *what)
{
    bool ok = check(got != NO_ANSWER && NVME_STATUS_CODE(got) == expected, what);
    if (!ok)
        printf("        expected status %#x, got %#x\n", expected, got);
    return ok;
}

int check_verdict(void)
{
    if (failures)
        printf("nvme-check: %u of %u checks failed\n", failures, checks);
    else
        printf("nvme-check: all %u checks passed\n", checks);
    return failures ? 1 : 0;
}
