/* The hypercall, with a name in its array and the port made ready. */
#include <ringside-rt/event.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/ivmc_registry.h>
#include <ringside-rt/string.h>

static bool set_name(char *array, const char *service)
{
    size_t length = strlen(service);
    if (length > IVMC_SERVICE_LENGTH)
        return false;
    memcpy(array, service, length);
    return true;
}

static int enter(const char *service, struct ivmc_register *arg)
{
    if (!set_name(arg->service, service))
        return -XEN_EINVAL;
    int rc = (int)HYPERVISOR_ivmc_op(IVMCOP_register, arg);
    if (rc == 0 && event_is_masked(arg->port))
        event_unmask(arg->port);
    return rc;
}

int ivmc_register_server(const char *service, struct ivmc_register *reply)
{
    *reply = (struct ivmc_register){.role = IVMC_SERVER};
    return enter(service, reply);
}

int ivmc_register_client(const char *service, grant_ref_t channel, uint32_t epoch,
                         struct ivmc_register *reply)
{
    *reply = (struct ivmc_register){.role = IVMC_CLIENT, .channel_ref = channel, .epoch = epoch};
    return enter(service, reply);
}

static int fetch(const char *service, struct ivmc_fetch *arg)
{
    return set_name(arg->service, service) ? (int)HYPERVISOR_ivmc_op(IVMCOP_fetch, arg)
                                           : -XEN_EINVAL;
}

int ivmc_fetch_server(const char *service, struct ivmc_fetch *record)
{
    *record = (struct ivmc_fetch){.role = IVMC_SERVER};
    return fetch(service, record);
}

int ivmc_fetch_client(const char *service, uint32_t slot, struct ivmc_fetch *record)
{
    *record = (struct ivmc_fetch){.role = IVMC_CLIENT, .slot = slot};
    return fetch(service, record);
}

int ivmc_serves(domid_t server, domid_t client)
{
    struct ivmc_serves arg = {.server = server, .client = client};
    return (int)HYPERVISOR_ivmc_op(IVMCOP_serves, &arg);
}
