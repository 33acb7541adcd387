/* In xenstore, in the node of this domain that outlives it. */
#include "session.h"

#include <ringside-rt/hypercall.h>
#include <ringside-rt/print.h>
#include <ringside-rt/xenstore.h>

static const char *path(void)
{
    static char text[32];
    snprintf(text, sizeof(text), "/ringside/kept/%d", xenstore_domid());
    return text;
}

uint64_t session_last(void)
{
    uint64_t session;
    return xenstore_read_u64(0, path(), &session) ? 0 : session;
}

void session_keep(uint64_t session)
{
    int rc = xenstore_write(0, path(), "%lu", session);
    if (rc)
        panic("%s cannot be written: %s", path(), errno_name(rc));
}
