/*
 * Every command, once: its function is cmd_NAME in a file of its own or of its kind. To add one,
 * write that function and a line here.
 *
 * A command returns its exit status, 0 when all went well. It prints by output.h only, so that its
 * output goes where the line wants it.
 */
#ifndef SHELL_COMMANDS_H
#define SHELL_COMMANDS_H

#include <ringside-rt/compiler.h>

/* X(NAME, what follows it, what it does); in alphabetical order */
#define COMMANDS(X)                                                                                \
    X(cat, "[FILE]...", "print files, or what is typed until Ctrl-D")                              \
    X(cd, "[DIRECTORY]", "go there, or to /")                                                      \
    X(chmod, "MODE FILE...", "set permissions, like 640 or u+x")                                   \
    X(cp, "FILE... TARGET", "copy files")                                                          \
    X(df, "", "show how full the volume is")                                                       \
    X(echo, "[-n] [WORD]...", "print words")                                                       \
    X(exit, "[STATUS]", "leave, and shut the system down")                                         \
    X(help, "", "print this")                                                                      \
    X(ln, "[-s] TARGET NAME", "give a file another name, or make a symbolic link")                 \
    X(ls, "[-al] [FILE]...", "list directories")                                                   \
    X(mkdir, "[-p] DIRECTORY...", "make directories")                                              \
    X(mv, "FILE... TARGET", "rename or move files")                                                \
    X(pwd, "", "print where we are")                                                               \
    X(rm, "[-fr] FILE...", "remove files, or whole trees")                                         \
    X(rmdir, "DIRECTORY...", "remove empty directories")                                           \
    X(stat, "FILE...", "print all that is known of files")                                         \
    X(sync, "", "wait until everything is on the disk")                                            \
    X(touch, "FILE...", "make files, or set their times to now")

#define COMMAND_FUNCTION(name, arguments, what) int cmd_##name(int argc, char **argv);
COMMANDS(COMMAND_FUNCTION)
#undef COMMAND_FUNCTION

struct command {
    const char *name, *arguments, *what;
    int (*run)(int argc, char **argv);
};

extern const struct command commands[];
extern const unsigned command_count;

/* NULL: there is none of that name. */
const struct command *command_find(const char *name);

/* Says how a command is to be used; its status then. */
int command_usage(const char *name);

/* Set by exit: the shell ends, with that status. */
extern bool shell_leaving;
extern int shell_status;

/* Carries out one line; the status of its last command, or before when it has none. */
int shell_run(char *line, int before);

#endif
