/*
 * Lines of text go through three domains: a poet, an echo that answers in capitals, and a scribe.
 *
 *   role=poet to=DOMID
 *   role=echo from=DOMID to=DOMID
 *   role=scribe from=DOMID
 *
 * Each domain owns the page that it writes to. An empty line ends the run.
 */
#include "link.h"

#include <ringside-rt/cmdline.h>
#include <ringside-rt/print.h>
#include <ringside-rt/shutdown.h>
#include <ringside-rt/string.h>

static const char *const poem[] = {
    "Three domains stand around a ring,",
    "one page is lent, one port is free;",
    "I send, you wake, and hear me sing:",
    "what crosses here is plain to see.",
};

static domid_t peer(const char *key)
{
    uint64_t id = cmdline_u64(key, DOMID_INVALID);
    if (id >= DOMID_FIRST_RESERVED)
        panic("which domain is %s=?", key);
    return (domid_t)id;
}

static int poet(void)
{
    struct link out;
    link_offer(&out, "poem", peer("to"));
    for (unsigned i = 0; i < sizeof(poem) / sizeof(poem[0]); i++) {
        printf("says   \"%s\"\n", poem[i]);
        link_send(&out, poem[i]);
    }
    link_send(&out, "");
    return 0;
}

static int echo(void)
{
    struct link in, out;
    char text[LINK_TEXT_MAX];
    link_find(&in, "poem", peer("from"));
    link_offer(&out, "echo", peer("to"));
    do {
        link_receive(&in, text);
        for (char *c = text; *c; c++)
            if (*c >= 'a' && *c <= 'z')
                *c -= 'a' - 'A';
        link_send(&out, text);
    } while (*text);
    return 0;
}

static int scribe(void)
{
    struct link in;
    char text[LINK_TEXT_MAX];
    unsigned lines = 0;
    link_find(&in, "echo", peer("from"));
    for (link_receive(&in, text); *text; link_receive(&in, text)) {
        printf("writes \"%s\"\n", text);
        lines++;
    }
    printf("%u lines have come through two other domains\n", lines);
    return lines == sizeof(poem) / sizeof(poem[0]) ? 0 : 1;
}

int main(void)
{
    const char *role = cmdline_string("role", "");
    if (strcmp(role, "poet") == 0)
        return poet();
    if (strcmp(role, "echo") == 0)
        return echo();
    if (strcmp(role, "scribe") == 0)
        return scribe();
    panic("role=poet, role=echo or role=scribe, not \"%s\"", role);
}
