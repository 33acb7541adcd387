/* A line, command by command, each with its output where it belongs. */
#include "commands.h"
#include "output.h"
#include "words.h"

static int open_output(const struct simple *command)
{
    int how = command->append ? FS_O_APPEND : FS_O_TRUNC;
    int fd = open(command->output, FS_O_WRONLY | FS_O_CREAT | how, 0666);
    if (fd < 0)
        complain_errno("shell", command->output);
    return fd;
}

static int run_simple(struct simple *command)
{
    int fd = command->output ? open_output(command) : 1;
    if (fd < 0)
        return 1;
    out_begin(fd);
    int status = 0;
    const struct command *found = command->argc ? command_find(command->argv[0]) : NULL;
    if (found) {
        status = found->run(command->argc, command->argv);
    } else if (command->argc) {
        complain("%s: command not found (help lists what there is)", command->argv[0]);
        status = 127;
    }
    if (out_end() && !status)
        status = 1;
    if (command->output && close(fd))
        status = complain_errno("shell", command->output);
    return status;
}

int shell_run(char *line, int before)
{
    static struct simple command;
    int status = before;
    while (line && *line && !shell_leaving) {
        if (!words_next(&line, status, &command))
            status = 2;
        else if (command.argc || command.output)
            status = run_simple(&command);
    }
    return status;
}
