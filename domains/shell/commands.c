/* The table of commands, and those that are about the shell itself. */
#include "commands.h"
#include "output.h"

#include <ringside-rt/string.h>

#define COMMAND_ENTRY(name, arguments, what) {#name, arguments, what, cmd_##name},
const struct command commands[] = {COMMANDS(COMMAND_ENTRY)};
#undef COMMAND_ENTRY
const unsigned command_count = ARRAY_SIZE(commands);

bool shell_leaving;
int shell_status;

const struct command *command_find(const char *name)
{
    for (unsigned i = 0; i < command_count; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

int command_usage(const char *name)
{
    complain("usage: %s %s", name, command_find(name)->arguments);
    return 2;
}

int cmd_help(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    for (unsigned i = 0; i < command_count; i++) {
        const struct command *c = &commands[i];
        out("  %s %-*s  %s\n", c->name, (int)(24 - strlen(c->name)), c->arguments, c->what);
    }
    out("Words: 'as it is' \"with $?\" \\c   Lines: COMMAND > FILE, COMMAND >> FILE, ONE; OTHER\n");
    return 0;
}

int cmd_exit(int argc, char **argv)
{
    const char *end = "";
    uint64_t status = argc > 1 ? strtou64(argv[1], &end) : 0;
    if (argc > 2 || *end || status > 255)
        return command_usage(argv[0]);
    shell_leaving = true;
    shell_status = (int)status;
    return shell_status;
}
