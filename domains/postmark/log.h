/*
 * What was asked and what came of it, as two numbers: FNV-1a (64 bits) of lines of text. Neither
 * knows of time, so a run in which a server was killed gives the same.
 */
#ifndef LOG_H
#define LOG_H

#include <stdint.h>

struct log {
    uint64_t operations, outcome;
};

void log_begin(struct log *log);

/** "WORD PATH" */
void log_path(struct log *log, const char *word, const char *path);

/** "WORD NUMBER" */
void log_number(struct log *log, const char *word, uint64_t number);

/** A result, for the outcome only; errors are the same whichever they are. */
void log_result(struct log *log, int64_t result);

#endif
