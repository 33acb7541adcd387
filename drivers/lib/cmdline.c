/* The command line, kept twice: as given, and cut into words that stay valid for ever. */
#include <ringside-rt/cmdline.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>

static char whole[CMDLINE_SIZE];
static char words[CMDLINE_SIZE];
static size_t words_size;

void cmdline_init(const char *line)
{
    if (line && strlcpy(whole, line, sizeof(whole)) >= sizeof(whole))
        printf("command line cut after %d characters\n", CMDLINE_SIZE - 1);
    words_size = strlcpy(words, whole, sizeof(words)) + 1;
    for (size_t i = 0; i < words_size; i++)
        if (words[i] == ' ' || words[i] == '\t' || words[i] == '\n')
            words[i] = 0;
}

const char *cmdline(void)
{
    return whole;
}

const char *cmdline_get(const char *key)
{
    size_t n = strlen(key);
    for (size_t i = 0; i < words_size; i += strlen(words + i) + 1) {
        const char *word = words + i;
        if (strncmp(word, key, n) != 0)
            continue;
        if (word[n] == '=')
            return word + n + 1;
        if (word[n] == 0)
            return word + n;
    }
    return NULL;
}

uint64_t cmdline_u64(const char *key, uint64_t otherwise)
{
    const char *value = cmdline_get(key);
    return value ? strtou64(value, NULL) : otherwise;
}

uint64_t cmdline_bytes(const char *key, uint64_t otherwise)
{
    const char *value = cmdline_get(key);
    return value ? strtobytes(value, NULL) : otherwise;
}

const char *cmdline_string(const char *key, const char *otherwise)
{
    const char *value = cmdline_get(key);
    return value ? value : otherwise;
}
