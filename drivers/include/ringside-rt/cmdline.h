/*
 * The command line: words separated by blanks, each key=value or a bare flag.
 */
#ifndef RINGSIDE_RT_CMDLINE_H
#define RINGSIDE_RT_CMDLINE_H

#include <ringside-rt/compiler.h>

/** The longest command line that is kept, with its NUL; the rest is cut off, with a message. */
#define CMDLINE_SIZE 1024

/** Copies the line; called once, by boot. NULL is an empty line. */
void cmdline_init(const char *line);

/** The whole line as given. */
const char *cmdline(void);

/** The value of key=value; "" for a bare flag; NULL when the key is not there. First one wins. */
const char *cmdline_get(const char *key);

/** The value as a number (decimal or 0x...), or otherwise when the key is not there. */
uint64_t cmdline_u64(const char *key, uint64_t otherwise);

/** The same, with an optional suffix k, m or g for KiB, MiB, GiB. */
uint64_t cmdline_bytes(const char *key, uint64_t otherwise);

/** The value, or otherwise when the key is not there. */
const char *cmdline_string(const char *key, const char *otherwise);

#endif
