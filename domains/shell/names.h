/* A list of names that grows, and can be sorted. All zero: empty. */
#ifndef SHELL_NAMES_H
#define SHELL_NAMES_H

#include <ringside-rt/compiler.h>

struct names {
    char **all;
    size_t count, room;
};

/* False without memory. */
bool names_add(struct names *names, const char *name);

/* By the bytes of the names. */
void names_sort(struct names *names);

/* Empty again. */
void names_free(struct names *names);

#endif
