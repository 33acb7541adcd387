/* Checks and verdicts. */
#include <ringside-rt/boot.h>
#include <ringside-rt/cpu.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/print.h>
#include <ringside-rt/shutdown.h>
#include <ringside-rt/test.h>

/* After this many failed checks no more are printed. */
#define FAILURES_SHOWN 50

static unsigned checks, failures;

static NORETURN void verdict(const char *result)
{
    printf("Test result: %s\n", result);
    shutdown_poweroff();
}

int main(void)
{
    test_main();
    if (failures) {
        printf("%u of %u checks failed\n", failures, checks);
        verdict("FAILURE");
    }
    if (!checks) {
        printf("nothing was checked\n");
        verdict("ERROR");
    }
    printf("%u checks passed\n", checks);
    verdict("SUCCESS");
}

void test_end_by_fault(void)
{
    if (failures)
        return;
    printf("%u attacks failed, crashing\n", checks);
    asm volatile("ud2");
}

unsigned test_own_domid(void)
{
    return cpuid(hypercall_cpuid_base() + 4, 0).ecx;
}

unsigned test_failures(void)
{
    return failures;
}

/* Counts; true when a failure is to be described. */
static bool count(const char *file, int line, bool ok)
{
    __atomic_fetch_add(&checks, 1, __ATOMIC_SEQ_CST);
    if (ok || __atomic_fetch_add(&failures, 1, __ATOMIC_SEQ_CST) >= FAILURES_SHOWN)
        return false;
    printf("%s:%d: ", file, line);
    return true;
}

bool test_check_at(const char *file, int line, bool ok, const char *format, ...)
{
    if (count(file, line, ok)) {
        va_list args;
        va_start(args, format);
        vprintf(format, args);
        va_end(args);
        printf("\n");
    }
    return ok;
}

bool test_equal_at(const char *file, int line, const char *what, uint64_t got, uint64_t expected)
{
    if (count(file, line, got == expected))
        printf("%s: expected %#lx, got %#lx\n", what, expected, got);
    return got == expected;
}

bool test_status_at(const char *file, int line, const char *what, long got, long expected)
{
    if (count(file, line, got == expected))
        printf("%s: expected status %ld, got %ld\n", what, expected, got);
    return got == expected;
}

static void print_result(const char *word, long value)
{
    if (value < 0)
        printf("%s -%s (%ld)", word, errno_name(value), value);
    else
        printf("%s %ld", word, value);
}

bool test_returns_at(const char *file, int line, const char *what, long got, long expected)
{
    if (count(file, line, got == expected)) {
        printf("%s: ", what);
        print_result("expected", expected);
        print_result(", got", got);
        printf("\n");
    }
    return got == expected;
}

void test_skip(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    printf("\n");
    verdict("SKIP");
}

void test_error(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    printf("\n");
    verdict("ERROR");
}
