/*
 * A server that means harm to its client, or is only broken.
 *
 *   variant=NAME   what it does wrong, see variants.c; none: it has no right to be a server
 *   service=NAME   default storage
 *
 * The client must find out, say so, and go on living. It ends in an invalid opcode.
 */
#include "serve.h"

#include <ringside-rt/cmdline.h>
#include <ringside-rt/ivmc_registry.h>
#include <ringside-rt/string.h>
#include <ringside-rt/test.h>

static void without_rights(const char *service)
{
    struct ivmc_register reply;
    test_returns(ivmc_register_server(service, &reply), -XEN_EPERM);
    test_end_by_fault();
}

void test_main(void)
{
    const char *service = cmdline_string("service", "storage");
    const char *name = cmdline_get("variant");
    if (!name) {
        without_rights(service);
        return;
    }
    for (unsigned i = 0; i < variant_count; i++) {
        struct serve serve;
        if (strcmp(variants[i].name, name) != 0)
            continue;
        serve_init(&serve, service);
        serve_client(&serve, &variants[i]);
        test_check(true, "%lu requests", serve.requests);
        test_end_by_fault();
        return;
    }
    test_error("variant=%s: there is none", name);
}
