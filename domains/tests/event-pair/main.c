/* Event channels between two domains: both directions, foreign ports, closing. peer=DOMID. */
#include <ringside-rt/event.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/test.h>
#include <ringside-rt/test_pair.h>

enum { PORT };

static struct test_pair pair;
static volatile uint64_t *words;

static unsigned status_of(evtchn_port_t port)
{
    struct evtchn_status status = {.dom = DOMID_SELF, .port = port};
    test_returns(HYPERVISOR_event_channel_op(EVTCHNOP_status, &status), 0);
    return status.status;
}

static void first(void)
{
    int port = event_alloc_unbound(pair.peer);
    test_need(port > 0);
    words[PORT] = (uint64_t)port;
    /* Made for the other domain, not for us. */
    test_returns(event_bind_interdomain(DOMID_SELF, (evtchn_port_t)port), -XEN_EINVAL);
    test_pair_step(&pair); /* it binds */
    test_pair_step(&pair);
    test_equal(status_of((evtchn_port_t)port), EVTCHNSTAT_interdomain);
    for (unsigned i = 0; i < 10; i++) {
        event_wait((evtchn_port_t)port);
        test_returns(event_send((evtchn_port_t)port), 0);
    }
    test_pair_step(&pair); /* it closes */
    test_pair_step(&pair);
    test_equal(status_of((evtchn_port_t)port), EVTCHNSTAT_unbound);
    test_returns(event_send((evtchn_port_t)port), 0);
    test_returns(event_close((evtchn_port_t)port), 0);
    test_pair_step(&pair); /* it binds again */
    test_pair_step(&pair);
}

static void second(void)
{
    test_pair_step(&pair);
    evtchn_port_t remote = (evtchn_port_t)words[PORT];
    struct evtchn_status foreign = {.dom = pair.peer, .port = remote};
    test_returns(HYPERVISOR_event_channel_op(EVTCHNOP_status, &foreign), -XEN_EPERM);
    test_returns(event_bind_interdomain(pair.peer, remote + 1000), -XEN_EINVAL);
    int port = event_bind_interdomain(pair.peer, remote);
    test_check(port > 0, "cannot bind: %d", port);
    test_returns(event_bind_interdomain(pair.peer, remote), -XEN_EINVAL);
    event_wait((evtchn_port_t)port);
    test_pair_step(&pair);
    for (unsigned i = 0; i < 10; i++) {
        test_returns(event_send((evtchn_port_t)port), 0);
        event_wait((evtchn_port_t)port);
    }
    test_pair_step(&pair);
    test_returns(event_close((evtchn_port_t)port), 0);
    test_pair_step(&pair);
    test_pair_step(&pair);
    test_returns(event_bind_interdomain(pair.peer, remote), -XEN_EINVAL);
    test_pair_step(&pair);
}

void test_main(void)
{
    test_pair_meet(&pair);
    words = test_pair_words(&pair);
    if (pair.first)
        first();
    else
        second();
}
