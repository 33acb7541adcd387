/*
 * Pointers that no hypercall may accept, for tests of -XEN_EFAULT.
 */
#ifndef RINGSIDE_RT_TEST_POINTERS_H
#define RINGSIDE_RT_TEST_POINTERS_H

#include <ringside-rt/compiler.h>

/** Pointers to memory that cannot be read; enough to test with each. */
#define TEST_BAD_POINTERS 8

/**
 * One of them, for objects of at least 2 bytes: not mapped, not canonical, wrapping around the
 * end of the address space, running into a page that is not mapped, mapped to no memory, mapped
 * beyond what a physical address can be.
 */
void *test_bad_pointer(unsigned index);

/** What the index stands for. */
const char *test_bad_pointer_name(unsigned index);

/** A page that can be read, not written; zero. */
void *test_readonly_page(void);

#endif
