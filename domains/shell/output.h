/*
 * What commands print: to the console, or to the file that the line names.
 *
 * Invariant: output is collected and written in large pieces; before a complaint, and when the
 * command is over, everything is written. A write that fails is told once for each command.
 */
#ifndef SHELL_OUTPUT_H
#define SHELL_OUTPUT_H

#include <ringside-rt/posix.h>

void out(const char *format, ...) PRINTF_LIKE(1, 2);
void out_bytes(const void *bytes, size_t length);

/* True while the output goes to the console. */
bool out_is_console(void);

/* From now on to this descriptor. */
void out_begin(int fd);

/* Writes what is left; 0, or -1 when something could not be written. */
int out_end(void);

/* A line on the console. */
void complain(const char *format, ...) PRINTF_LIKE(1, 2);

/* "COMMAND: WHAT: " and what errno means; returns 1, the status of a command that failed. */
int complain_errno(const char *command, const char *what);

#endif
