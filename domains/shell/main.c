/*
 * A small shell on a volume, usually that of a file system server.
 *
 *   where=         as ringside-rt/files_where.h has it
 *   script=LINE    carries out the rest of the command line instead of what is typed, and ends with
 *                  the status of its last command
 *
 * It ends with exit, or with the input. A status other than 0 makes the domain one that failed.
 *
 * Invariant: when it waits for somebody to type, all that was done is durable: who ends the machine
 * at the prompt loses nothing.
 */
#include "commands.h"
#include "input.h"
#include "output.h"
#include "words.h"

#include <ringside-rt/cmdline.h>
#include <ringside-rt/files_where.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>

#define SCRIPT "script="
#define BUFFER 65536 /* what cat and cp take from files_buffer_alloc */

static char line[LINE_SIZE];

static void welcome(void)
{
    printf("Files, kept by a file system server on a disk that a storage server drives. Try\n"
           "  help    ls -la    echo hello > note    cat note    df    exit\n"
           "What you leave is here again at the next boot. From another terminal try\n"
           "  tools/ringside kill files fs    tools/ringside kill files storage\n"
           "and go on here as if nothing had happened.\n");
}

static void prompt(void)
{
    const char *at = getcwd(line, sizeof(line));
    printf("%s $ ", at ? at : "?");
}

static int interactive(void)
{
    int status = 0;
    welcome();
    while (!shell_leaving) {
        prompt();
        if (!input_line(line, sizeof(line))) {
            printf("\n");
            return 0;
        }
        status = shell_run(line, status);
        if (!shell_leaving && sync())
            printf("what was done is not safe on the disk: %s\n", strerror(errno));
    }
    return shell_status;
}

static int run_script(const char *text)
{
    strlcpy(line, text, sizeof(line));
    int status = shell_run(line, 0);
    return shell_leaving ? shell_status : status;
}

int main(void)
{
    const char *script = strstr(cmdline(), SCRIPT);
    int rc = files_open_cmdline(BUFFER);
    if (rc) {
        printf("no files: %s\n", strerror(-rc));
        return 1;
    }
    int status = script ? run_script(script + strlen(SCRIPT)) : interactive();
    rc = files_close_cmdline();
    if (rc)
        printf("the volume cannot be unmounted: %s\n", strerror(-rc));
    if (status || rc)
        printf("exit status %d\nTest result: FAILURE\n", status);
    return 0;
}
