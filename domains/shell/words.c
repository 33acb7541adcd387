/* Invariant: words lie in text, each with its NUL, until the next line is taken apart. */
#include "words.h"
#include "output.h"

#include <ringside-rt/print.h>
#include <ringside-rt/string.h>

/* Words without their quotes. $? may be longer than what stands for it. */
static char text[LINE_SIZE * 2];
static size_t used;

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void add(char c)
{
    if (used < sizeof(text))
        text[used++] = c;
}

static const char *add_status(const char *at, int status)
{
    char digits[12];
    snprintf(digits, sizeof(digits), "%d", status);
    for (const char *digit = digits; *digit; digit++)
        add(*digit);
    return at + 2;
}

/* From an opening quote to behind the closing one; NULL: there is none. */
static const char *add_quoted(const char *at, int status)
{
    char quote = *at++;
    while (*at && *at != quote) {
        if (quote == '"' && at[0] == '$' && at[1] == '?') {
            at = add_status(at, status);
            continue;
        }
        if (quote == '"' && *at == '\\' && at[1] && strchr("\\\"$", at[1]))
            at++;
        add(*at++);
    }
    return *at ? at + 1 : NULL;
}

/* Reads a word; NULL: a quote is not closed. */
static const char *word(const char *at, int status, char **out_word)
{
    *out_word = text + used;
    while (at && *at && !blank(*at) && !strchr(";>", *at)) {
        if (*at == '\'' || *at == '"') {
            at = add_quoted(at, status);
        } else if (at[0] == '$' && at[1] == '?') {
            at = add_status(at, status);
        } else {
            at += *at == '\\' && at[1];
            add(*at++);
        }
    }
    add(0);
    return at;
}

static bool wrong(char **line, const char *why)
{
    complain("shell: %s", why);
    *line = NULL;
    return false;
}

static const char *skip(const char *at)
{
    while (blank(*at))
        at++;
    return *at == '#' ? at + strlen(at) : at;
}

bool words_next(char **line, int status, struct simple *command)
{
    const char *at = skip(*line);
    used = 0;
    *command = (struct simple){0};
    while (*at && *at != ';') {
        bool redirect = *at == '>';
        char *next;
        if (redirect) {
            command->append = at[1] == '>';
            at = skip(at + 1 + command->append);
        }
        const char *begin = at;
        at = word(at, status, &next);
        if (!at)
            return wrong(line, "a quote is not closed");
        if (at == begin)
            return wrong(line, "> wants the name of a file");
        if (!redirect && command->argc == WORDS_MAX)
            return wrong(line, "too many words");
        if (redirect)
            command->output = next;
        else
            command->argv[command->argc++] = next;
        at = skip(at);
    }
    *line += at - *line + (*at == ';');
    return true;
}
