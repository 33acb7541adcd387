/*
 * Reading cases and running them. A line is first multiplied by its alternatives, then cut into
 * operations, then each operation into words.
 */
#include "case.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    int number;
} errors[] = {
#define E(name) {#name, name}
    E(EPERM),   E(ENOENT),  E(EINTR),        E(EIO),        E(ENXIO),    E(E2BIG),
    E(EBADF),   E(EAGAIN),  E(ENOMEM),       E(EACCES),     E(EBUSY),    E(EEXIST),
    E(EXDEV),   E(ENOTDIR), E(EISDIR),       E(EINVAL),     E(EMFILE),   E(EFBIG),
    E(ENOSPC),  E(EROFS),   E(EMLINK),       E(ERANGE),     E(EDEADLK),  E(ENAMETOOLONG),
    E(ENOLCK),  E(ELOOP),   E(ENOTEMPTY),    E(ENODATA),    E(ESTALE),   E(EOVERFLOW),
    E(EUCLEAN), E(ENOSYS),  E(EOPNOTSUPP),
#undef E
};

int64_t case_number(const char *word)
{
    for (size_t i = 0; i < ARRAY_SIZE(errors); i++)
        if (!strcmp(word, errors[i].name))
            return -errors[i].number;
    char *end;
    int64_t number = strtoll(word, &end, 0);
    if (!*word || *end) {
        fprintf(stderr, "neither an error nor a number: %s\n", word);
        exit(2);
    }
    return number;
}

const char *case_error(int64_t value, char *buffer, size_t size)
{
    for (size_t i = 0; i < ARRAY_SIZE(errors); i++)
        if (value == -errors[i].number)
            return errors[i].name;
    snprintf(buffer, size, "%lld (%#llo)", (long long)value, (unsigned long long)value);
    return buffer;
}

/* {N} and {/N}: the text they stand for. */
static char *repeat(char *to, const char *end, unsigned length, bool path)
{
    if (length > (size_t)(end - to)) {
        fprintf(stderr, "a line gets too long\n");
        exit(2);
    }
    for (unsigned i = 0; i < length; i++)
        to[i] = !path ? 'n' : i % 2 ? '/' : '.';
    return to + length;
}

static void spell_out(const char *line, char *to, size_t size)
{
    const char *end = to + size - 2;
    while (*line && to < end) {
        char *rest;
        bool path = line[0] == '{' && line[1] == '/';
        unsigned length = *line == '{' ? (unsigned)strtoul(line + 1 + path, &rest, 10) : 0;
        if (*line == '{' && *rest == '}') {
            to = repeat(to, end, length, path);
            line = rest + 1;
        } else {
            *to++ = *line++;
        }
    }
    *to = 0;
}

struct run {
    const struct case_world *world;
    const char *file;
    unsigned line, run, failed;
};

static void complain(struct run *run, const char *text, const char *operation, int64_t got)
{
    char number[64];
    fprintf(stderr, "%s:%u: %.200s\n    %.100s gave %s\n", run->file, run->line, text, operation,
            case_error(got, number, sizeof(number)));
    run->failed++;
}

/* One operation with what it should return; false: the case is over. */
static bool step(struct run *run, const char *text, char *operation)
{
    struct case_words words = {.count = 0};
    const char *expected = NULL;
    char shown[128], *save;
    snprintf(shown, sizeof(shown), "%s", operation);
    for (char *word = strtok_r(operation, " \t", &save); word; word = strtok_r(NULL, " \t", &save))
        if (!strcmp(word, "=>"))
            expected = strtok_r(NULL, " \t", &save);
        else if (words.count < CASE_WORDS)
            words.word[words.count++] = word;
    if (!words.count) {
        fprintf(stderr, "%s:%u: an empty operation\n", run->file, run->line);
        exit(2);
    }
    int64_t got = case_operation(run->world, &words);
    bool right = expected ? got == case_number(expected) : got >= 0;
    if (!right)
        complain(run, text, shown, got);
    return right;
}

static void run_case(struct run *run, const char *text)
{
    static char spelled[CASE_LINE];
    char *save;
    spell_out(text, spelled, sizeof(spelled));
    run->run++;
    run->world->begin();
    for (char *operation = strtok_r(spelled, ";", &save); operation;
         operation = strtok_r(NULL, ";", &save))
        if (!step(run, text, operation))
            break;
    run->world->end();
}

/* Runs the line once for each of its alternatives. */
static void multiply(struct run *run, const char *line)
{
    const char *open = strchr(line, '<'), *close = open ? strchr(open, '>') : NULL;
    if (!open || !close) {
        run_case(run, line);
        return;
    }
    for (const char *from = open + 1; from <= close;) {
        size_t length = strcspn(from, "|>");
        char *one = malloc(strlen(line) + 1);
        sprintf(one, "%.*s%.*s%s", (int)(open - line), line, (int)length, from, close + 1);
        multiply(run, one);
        free(one);
        from += length + 1;
    }
}

/* The next line, with those behind it that begin with a blank; without comments. */
static bool read_line(FILE *in, char *line, unsigned *number)
{
    size_t length = 0;
    int more = ' ';
    bool any = false;
    while (more == ' ' && fgets(line + length, (int)(CASE_LINE - length), in)) {
        ++*number;
        length += strcspn(line + length, "#\n");
        line[length] = 0;
        more = fgetc(in);
        ungetc(more, in);
        any = true;
    }
    return any;
}

unsigned case_run_file(const struct case_world *world, const char *file, bool on_linux,
                       unsigned *count)
{
    static const char not_linux[] = "not-linux ";
    static char line[CASE_LINE];
    struct run run = {.world = world, .file = file};
    FILE *in = fopen(file, "r");
    if (!in) {
        perror(file);
        exit(2);
    }
    while (read_line(in, line, &run.line)) {
        bool special = !strncmp(line, not_linux, strlen(not_linux));
        if (*line && !(special && on_linux))
            multiply(&run, line + (special ? strlen(not_linux) : 0));
    }
    fclose(in);
    *count += run.run;
    return run.failed;
}
