/*
 * Running a function in user mode (ring 3), to see what it may not do.
 */
#ifndef RINGSIDE_RT_USER_H
#define RINGSIDE_RT_USER_H

#include <ringside-rt/exception.h>

/**
 * Calls fn(arg) in ring 3 with interrupts on. The image's text and the stack are all it can use;
 * it may read and write nothing else. An exception ends it.
 *
 * @param result receives what fn returned
 * @param info receives the exception; may be NULL
 * @return true when it ended by an exception
 */
bool user_call(uint64_t (*fn)(uint64_t), uint64_t arg, uint64_t *result,
               struct exception_info *info);

#endif
