/*
 * Where the files are, as the command line has it.
 */
#ifndef WHERE_H
#define WHERE_H

#include <ringside-rt/compiler.h>

/** 0, or -E...; buffer_bytes of memory that needs no copying can be had then. */
int where_open(size_t buffer_bytes);

/** Unmounts what was linked in. */
void where_close(void);

#endif
