/* Invariant: every fd is opened by an operation before the others of its group use it. */
#include "personality.h"

#include <ringside-rt/compiler.h>
#include <ringside-rt/string.h>

#define CREATE {FLOWOP_createfile, 0, 0}
#define OPEN {FLOWOP_openfile, 0, 0}
#define CLOSE {FLOWOP_closefile, 0, 0}
#define DELETE {FLOWOP_deletefile, 0, 0}
#define STAT {FLOWOP_statfile, 0, 0}
#define WRITE_WHOLE {FLOWOP_writewholefile, 0, 0}
#define READ_WHOLE {FLOWOP_readwholefile, 0, 0}
#define APPEND {FLOWOP_appendfilerand, 0, 0}
#define APPEND_LOG {FLOWOP_appendfilerand, 1, 1}
#define FSYNC {FLOWOP_fsync, 0, 0}
#define READ_ONE OPEN, READ_WHOLE, CLOSE

static const struct personality all[] = {
    {
        .name = "fileserver",
        .threads = 50,
        .files_scale = 100,
        .threads_scale = 5,
        .sets = {{"bigfileset", 10000, 20, 128 << 10, 80}},
        .set_count = 1,
        .op_count = 11,
        .ops = {CREATE, WRITE_WHOLE, CLOSE, OPEN, APPEND, CLOSE, READ_ONE, DELETE, STAT},
    },
    {
        .name = "varmail",
        .threads = 16,
        .files_scale = 10,
        .threads_scale = 2,
        .sets = {{"bigfileset", 1000, 1000000, 16 << 10, 80}},
        .set_count = 1,
        .op_count = 13,
        .ops = {DELETE, CREATE, APPEND, FSYNC, CLOSE, OPEN, READ_WHOLE, APPEND, FSYNC, CLOSE,
                READ_ONE},
    },
    {
        .name = "webserver",
        .threads = 100,
        .files_scale = 10,
        .threads_scale = 10,
        .sets = {{"bigfileset", 1000, 20, 16 << 10, 100}, {"logfiles", 1, 20, 16 << 10, 100}},
        .set_count = 2,
        .op_count = 31,
        .ops = {READ_ONE, READ_ONE, READ_ONE, READ_ONE, READ_ONE, READ_ONE, READ_ONE, READ_ONE,
                READ_ONE, READ_ONE, APPEND_LOG},
    },
};

const struct personality *personality(const char *name)
{
    for (unsigned i = 0; i < ARRAY_SIZE(all); i++)
        if (strcmp(all[i].name, name) == 0)
            return &all[i];
    return NULL;
}

const char *flowop_name(enum flowop_kind kind)
{
    static const char *const names[] = {
#define FLOWOP_NAME(name) #name,
        FLOWOP_KINDS(FLOWOP_NAME)};
    return names[kind];
}
