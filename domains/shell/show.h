/* Properties of files in the forms in which ls and stat print them. */
#ifndef SHELL_SHOW_H
#define SHELL_SHOW_H

#include <ringside-rt/posix.h>

/* drwxr-xr-x; ten characters and a NUL */
void show_mode(mode_t mode, char *to);

/* 2025-10-13 07:01:02, in UTC; 20 bytes with the NUL. Years 1 to 9999, else -. */
void show_time(int64_t seconds, char *to);

/* "regular file" and so on */
const char *show_kind(mode_t mode);

#endif
