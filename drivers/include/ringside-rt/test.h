/*
 * Self-checking guests. A test program defines test_main and no main; the runtime prints the
 * verdict as the last line, "Test result: SUCCESS", SKIP, ERROR or FAILURE, and powers off.
 * FAILURE: something is wrong. ERROR: it could not be found out. SKIP: it does not apply here.
 */
#ifndef RINGSIDE_RT_TEST_H
#define RINGSIDE_RT_TEST_H

#include <ringside-rt/compiler.h>

/** The test. Returning with all checks passed, and at least one made, is success. */
void test_main(void);

/** Counts a check; when it does not hold, says where and what. Goes on. */
#define test_check(condition, ...) test_check_at(__FILE__, __LINE__, condition, __VA_ARGS__)

/** Both are numbers; says both when they differ. */
#define test_equal(got, expected)                                                                  \
    test_equal_at(__FILE__, __LINE__, #got, (uint64_t)(got), (uint64_t)(expected))

/** The same for results of hypercalls: says names of errors. */
#define test_returns(call, expected)                                                               \
    test_returns_at(__FILE__, __LINE__, #call, (long)(call), (long)(expected))

/** The same for GNTST_*. */
#define test_status(call, expected)                                                                \
    test_status_at(__FILE__, __LINE__, #call, (long)(call), (long)(expected))

/** Ends the test. */
NORETURN void test_skip(const char *format, ...) PRINTF_LIKE(1, 2);
NORETURN void test_error(const char *format, ...) PRINTF_LIKE(1, 2);

/** Ends the test when the setup of something failed. */
#define test_need(condition) ((condition) ? (void)0 : test_error("needs %s", #condition))

/**
 * For hostile guests: ends in an invalid opcode that nobody handles, so that the domain crashes.
 * Returns when a check failed before, for a verdict instead.
 */
void test_end_by_fault(void);

/** Our domain id, without asking xenstore. */
unsigned test_own_domid(void);

/** Checks that failed so far. */
unsigned test_failures(void);

bool test_check_at(const char *file, int line, bool ok, const char *format, ...) PRINTF_LIKE(4, 5);
bool test_equal_at(const char *file, int line, const char *what, uint64_t got, uint64_t expected);
bool test_status_at(const char *file, int line, const char *what, long got, long expected);
bool test_returns_at(const char *file, int line, const char *what, long got, long expected);

#endif
