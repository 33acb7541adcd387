/* Names, and what lies behind them. */
#ifndef SHELL_PATHS_H
#define SHELL_PATHS_H

#include <ringside-rt/posix.h>

bool is_directory(const char *path);

/* Behind the last slash that something follows. */
const char *base_name(const char *path);

/*
 * Where something named like source goes: target itself, or, when that is a directory, its name in
 * there. Kept until the next call.
 */
const char *path_into(const char *target, const char *source);

/* Calls fn with each entry but . and .. until it returns other than 0; that, or -1 and errno. */
int directory_each(const char *path, int (*fn)(void *arg, const struct fs_dirent *entry),
                   void *arg);

#endif
