/*
 * An end to waiting: a server that never answers must not let the program hang.
 */
#pragma once

#include <ringside-rt/compiler.h>

/**
 * From now on the program ends with an error when nothing happens for so long. 0: never.
 *
 * @param what the program waits for, in words
 */
void patience_begin(uint64_t ns, const char *what);

/** Something happened, and this is what is waited for now. From any context. */
void patience_renew(const char *what);
