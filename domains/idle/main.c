/*
 * Does nothing: until seconds=N of system time have passed, or until xenstore's control/shutdown
 * says poweroff when no seconds are given.
 */
#include <ringside-rt/cmdline.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>
#include <ringside-rt/timer.h>
#include <ringside-rt/xenstore.h>

static int wait_for_shutdown(void)
{
    struct xenstore_watch watch;
    char request[32] = "";
    int rc = xenstore_watch(&watch, "control/shutdown");
    if (rc)
        panic("control/shutdown: %s", errno_name(rc));
    do {
        xenstore_watch_wait(&watch);
        rc = xenstore_read(0, watch.path, request, sizeof(request));
    } while (rc < 0 || strcmp(request, "poweroff") != 0);
    return 0;
}

int main(void)
{
    if (!cmdline_get("seconds"))
        return wait_for_shutdown();
    sleep_ns(cmdline_u64("seconds", 0) * NS_PER_S);
    return 0;
}
