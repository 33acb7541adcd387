/* Words. */
#include "commands.h"
#include "output.h"

#include <ringside-rt/string.h>

int cmd_echo(int argc, char **argv)
{
    bool newline = argc < 2 || strcmp(argv[1], "-n") != 0;
    for (int i = newline ? 1 : 2; i < argc; i++)
        out("%s%s", argv[i], i < argc - 1 ? " " : "");
    if (newline)
        out("\n");
    return 0;
}
