/* Closed ports, ports of other domains, ports that cannot be. */
#include <ringside-rt/console.h>
#include <ringside-rt/event.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/test.h>
#include <ringside-rt/xenstore.h>

void test_main(void)
{
    for (evtchn_port_t port = 0; port < 2 * EVENT_PORTS; port++) {
        if (port == console_port() || port == xenstore_port())
            continue;
        test_check(event_send(port) == -XEN_EINVAL, "sent to port %u", port);
        test_check(event_close(port) == -XEN_EINVAL, "closed port %u", port);
        test_check(event_bind_vcpu(port, 0) == -XEN_EINVAL, "moved port %u", port);
    }
    for (unsigned domid = 0; domid < 16; domid++)
        for (evtchn_port_t port = 0; port < 64; port++) {
            struct evtchn_status status = {.dom = (domid_t)domid, .port = port};
            test_check(event_bind_interdomain((domid_t)domid, port) < 0,
                       "bound to port %u of domain %u", port, domid);
            if (domid != (unsigned)xenstore_domid())
                test_check(HYPERVISOR_event_channel_op(EVTCHNOP_status, &status) < 0,
                           "saw port %u of domain %u", port, domid);
        }
    for (unsigned bit = 12; bit < 32; bit++)
        test_returns(event_send(1u << bit), -XEN_EINVAL);
    test_end_by_fault();
}
