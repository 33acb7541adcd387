/* Invariant: every line ends with a line feed, so no two sequences of lines read the same. */
#include "log.h"

#include <ringside-rt/print.h>

#define BASIS 0xcbf29ce484222325ul
#define PRIME 0x100000001b3ul
#define NUMBER 24

static uint64_t add(uint64_t hash, const char *text, char end)
{
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * PRIME;
    return (hash ^ (unsigned char)end) * PRIME;
}

void log_begin(struct log *log)
{
    *log = (struct log){BASIS, BASIS};
}

void log_path(struct log *log, const char *word, const char *path)
{
    log->operations = add(add(log->operations, word, ' '), path, '\n');
    log->outcome = add(add(log->outcome, word, ' '), path, '\n');
}

void log_number(struct log *log, const char *word, uint64_t number)
{
    char text[NUMBER];
    snprintf(text, sizeof(text), "%lu", number);
    log_path(log, word, text);
}

void log_result(struct log *log, int64_t result)
{
    char text[NUMBER];
    snprintf(text, sizeof(text), "%ld", result < 0 ? -1 : result);
    log->outcome = add(log->outcome, text, '\n');
}
