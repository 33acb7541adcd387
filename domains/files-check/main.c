/*
 * Checks of what several domains see of one file system.
 *
 *   part=NAME   what this domain does: superuser, user, holder, waiter, honest, visitor
 *   order=N       log2 of ring entries; 0: the usual
 *   operations=N  of honest (400)
 */
#include "check.h"
#include <ringside-rt/cmdline.h>
#include <ringside-rt/string.h>
#include <ringside-rt/timer.h>

#define LOOK_NS 100000ul

static const struct {
    const char *name;
    void (*run)(void);
} parts[] = {
    {"superuser", permissions_of_superuser},
    {"user", permissions_of_user},
    {"holder", locks_holder},
    {"waiter", locks_waiter},
    {"honest", honest},
    {"visitor", visitor},
};

void tell(const char *name)
{
    int fd = open(name, FS_O_CREAT | FS_O_WRONLY, 0666);
    test_check(fd >= 0, "%s cannot be made: %s", name, errno_name(-errno));
    test_returns(close(fd), 0);
}

void await(const char *name)
{
    while (access(name, FS_F_OK))
        sleep_ns(LOOK_NS);
}

void test_main(void)
{
    const char *part = cmdline_string("part", "");
    const struct files_options options = {.order = (unsigned)cmdline_u64("order", 0)};
    int rc = files_open_ivmc(&options);
    if (rc)
        test_error("no files: %s", errno_name(rc));
    for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
        if (!strcmp(parts[i].name, part)) {
            parts[i].run();
            return;
        }
    }
    test_error("there is no part=%s", part);
}
