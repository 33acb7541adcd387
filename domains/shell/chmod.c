/* Permissions: in octal, or one clause like u+x, go-w, a=r. */
#include "commands.h"
#include "output.h"

#include <ringside-rt/string.h>

static bool octal(const char *text, mode_t *mode)
{
    *mode = 0;
    for (const char *at = text; *at; at++) {
        if (*at < '0' || *at > '7' || *mode > 0777)
            return false;
        *mode = *mode * 8 + (mode_t)(*at - '0');
    }
    return *text;
}

/* All bits of the letters at the beginning; false: there are none. */
static bool letters(const char **at, const char *known, const mode_t *bits, mode_t *all)
{
    *all = 0;
    for (; **at && strchr(known, **at); (*at)++)
        *all |= bits[strchr(known, **at) - known];
    return *all;
}

/* What becomes of before. */
static bool symbolic(const char *text, mode_t before, mode_t *mode)
{
    static const mode_t whos[] = {0700, 0070, 0007, 0777}, bits[] = {0444, 0222, 0111};
    mode_t who, what;
    if (!letters(&text, "ugoa", whos, &who))
        who = 0777;
    char how = *text;
    if (!how || !strchr("+-=", how))
        return false;
    text++;
    if ((!letters(&text, "rwx", bits, &what) && how != '=') || *text)
        return false;
    what &= who;
    *mode = how == '+' ? before | what : how == '-' ? before & ~what : (before & ~who) | what;
    return true;
}

int cmd_chmod(int argc, char **argv)
{
    int status = 0;
    if (argc < 3)
        return command_usage("chmod");
    for (int i = 2; i < argc; i++) {
        struct stat s;
        mode_t mode;
        if (stat(argv[i], &s)) {
            status = complain_errno("chmod", argv[i]);
            continue;
        }
        if (!octal(argv[1], &mode) && !symbolic(argv[1], s.mode & 07777, &mode))
            return command_usage("chmod");
        if (chmod(argv[i], mode))
            status = complain_errno("chmod", argv[i]);
    }
    return status;
}
