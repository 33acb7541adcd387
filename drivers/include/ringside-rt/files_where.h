/*
 * Where the files of a program are, as its command line has it:
 *
 *   where=server   at a file system server (default)
 *   where=linked   in a file system that is linked in, as ringside-rt/volume_options.h has it
 */
#ifndef RINGSIDE_RT_FILES_WHERE_H
#define RINGSIDE_RT_FILES_WHERE_H

#include <ringside-rt/compiler.h>

/** 0, or -E...; buffer_bytes of memory that needs no copying can be had then. */
int files_open_cmdline(size_t buffer_bytes);

/** server or linked. */
const char *files_where(void);

/** Unmounts what was linked in, so that the disk holds everything; 0 or -E... */
int files_close_cmdline(void);

#endif
