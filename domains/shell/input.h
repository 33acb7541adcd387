/* What is typed, by lines and by pieces: nothing is lost between the two. */
#ifndef SHELL_INPUT_H
#define SHELL_INPUT_H

#include <ringside-rt/posix.h>

/* At most size bytes; 0 at the end of the input. Waits. */
size_t input_piece(char *to, size_t size);

/*
 * A line without its newline, cut off when it is too long, which is said. False at the end of the
 * input.
 */
bool input_line(char *line, size_t size);

#endif
