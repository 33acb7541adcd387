/*
 * A line cut into words: blanks part them, quotes and backslashes hold them together, # begins a
 * remark. $? outside of single quotes is the status of the last command.
 */
#ifndef SHELL_WORDS_H
#define SHELL_WORDS_H

#include <ringside-rt/compiler.h>

#define WORDS_MAX 256
#define LINE_SIZE 4096

/* One command of a line. */
struct simple {
    int argc;
    char *argv[WORDS_MAX + 1]; /* NULL behind the last */
    const char *output;        /* the file behind > or >>; NULL: the console */
    bool append;
};

/*
 * Takes the next command off *line, which is changed; words live as long as the line and until
 * the next call. False: there is none, or it is wrong, which is said, and *line is NULL.
 */
bool words_next(char **line, int status, struct simple *command);

#endif
