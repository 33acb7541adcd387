/*
 * The storage server: serves the units of a service to its clients.
 *
 *   service=NAME   default storage
 *   backend=nvme   unit n is namespace n of the first NVMe controller (default)
 *   backend=ram    every unit is memory, blocks=N of 512 bytes; gone when the server is
 */
#include "backends.h"
#include <ringside-rt/cmdline.h>
#include <ringside-rt/fault.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>

FAULT_FUNCTIONS;

int main(void)
{
    const char *service = cmdline_string("service", "storage");
    const char *name = cmdline_string("backend", "nvme");
    const struct ivmc_backend *backend = !strcmp(name, "nvme")  ? &backend_nvme
                                         : !strcmp(name, "ram") ? &backend_ram
                                                                : NULL;
    if (!backend) {
        printf("backend=%s: there is none\n", name);
        return 1;
    }
    int rc = ivmc_serve(service, backend);
    if (rc) {
        printf("cannot serve %s: %s\n", service, errno_name(rc));
        return 1;
    }
    return 0;
}
