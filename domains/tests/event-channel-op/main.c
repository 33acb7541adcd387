/* event_channel_op: every operation's arguments good and bad. */
#include <ringside-rt/event.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/test.h>
#include <ringside-rt/test_pointers.h>

static const evtchn_port_t no_ports[] = {0, EVENT_PORTS, 0x7fffffff, 0xffffffff};

static long status_of(evtchn_port_t port, struct evtchn_status *status)
{
    *status = (struct evtchn_status){.dom = DOMID_SELF, .port = port};
    return HYPERVISOR_event_channel_op(EVTCHNOP_status, status);
}

static void closed_ports(evtchn_port_t closed)
{
    struct evtchn_status status;
    for (unsigned i = 0; i < ARRAY_SIZE(no_ports); i++) {
        struct evtchn_unmask unmask = {no_ports[i]};
        test_returns(event_close(no_ports[i]), -XEN_EINVAL);
        test_returns(event_send(no_ports[i]), -XEN_EINVAL);
        test_returns(event_bind_vcpu(no_ports[i], 0), -XEN_EINVAL);
        if (no_ports[i])
            test_returns(HYPERVISOR_event_channel_op(EVTCHNOP_unmask, &unmask), -XEN_EINVAL);
        if (no_ports[i])
            test_returns(status_of(no_ports[i], &status), -XEN_EINVAL);
    }
    test_returns(event_close(closed), -XEN_EINVAL);
    test_returns(event_send(closed), -XEN_EINVAL);
    test_returns(status_of(closed, &status), 0);
    test_equal(status.status, EVTCHNSTAT_closed);
}

/* Both ends of a channel of our own; returns a port that is closed in the end. */
static evtchn_port_t interdomain(void)
{
    struct evtchn_status status;
    int a = event_alloc_unbound(DOMID_SELF);
    test_need(a > 0);
    evtchn_port_t port = (evtchn_port_t)a;
    test_returns(status_of(port, &status), 0);
    test_equal(status.status, EVTCHNSTAT_unbound);
    test_returns(event_send(port), 0); /* dropped */
    int b = event_bind_interdomain(DOMID_SELF, port);
    test_need(b > 0);
    test_returns(status_of(port, &status), 0);
    test_equal(status.status, EVTCHNSTAT_interdomain);
    test_equal(status.u.interdomain.port, b);
    test_returns(event_bind_interdomain(DOMID_SELF, port), -XEN_EINVAL);
    event_wait((evtchn_port_t)b); /* fires once at once */
    test_returns(event_send((evtchn_port_t)b), 0);
    event_wait(port);
    test_returns(event_bind_vcpu(port, 0), 0);
    test_returns(event_bind_vcpu(port, 99), -XEN_ENOENT);
    test_returns(event_close((evtchn_port_t)b), 0);
    test_returns(status_of(port, &status), 0);
    test_equal(status.status, EVTCHNSTAT_unbound);
    test_returns(event_close(port), 0);
    return port;
}

static void other_domains(void)
{
    struct evtchn_alloc_unbound foreign = {.dom = 0x7000, .remote_dom = DOMID_SELF};
    struct evtchn_reset reset = {0x7000};
    test_check(HYPERVISOR_event_channel_op(EVTCHNOP_alloc_unbound, &foreign) < 0, "foreign owner");
    test_returns(event_bind_interdomain(0x7000, 1), -XEN_ESRCH);
    for (unsigned i = 0; i < ARRAY_SIZE(no_ports); i++)
        test_returns(event_bind_interdomain(DOMID_SELF, no_ports[i]), -XEN_EINVAL);
    test_check(HYPERVISOR_event_channel_op(EVTCHNOP_reset, &reset) < 0, "foreign reset");
}

static void virqs_and_ipis(void)
{
    struct evtchn_status status;
    int port = event_bind_virq(VIRQ_DEBUG, 0), ipi = event_bind_ipi(0);
    test_need(port > 0 && ipi > 0);
    test_returns(status_of((evtchn_port_t)port, &status), 0);
    test_equal(status.status, EVTCHNSTAT_virq);
    test_equal(status.u.virq, VIRQ_DEBUG);
    test_returns(event_bind_virq(VIRQ_DEBUG, 0), -XEN_EEXIST);
    test_returns(event_send((evtchn_port_t)port), -XEN_EINVAL);
    test_returns(status_of((evtchn_port_t)ipi, &status), 0);
    test_equal(status.status, EVTCHNSTAT_ipi);
    test_returns(event_bind_vcpu((evtchn_port_t)ipi, 0), -XEN_EINVAL);
    test_returns(event_bind_virq(NR_VIRQS, 0), -XEN_EINVAL);
    test_returns(event_bind_virq(0xffffffff, 0), -XEN_EINVAL);
    test_returns(event_bind_virq(VIRQ_TIMER, 99), -XEN_ENOENT);
    test_returns(event_bind_ipi(99), -XEN_ENOENT);
    test_returns(event_bind_ipi(0xffffffff), -XEN_ENOENT);
    test_returns(event_close((evtchn_port_t)port), 0);
    test_returns(event_close((evtchn_port_t)ipi), 0);
    port = event_bind_virq(VIRQ_DEBUG, 0);
    test_check(port > 0, "VIRQ cannot be bound again: %d", port);
    event_close((evtchn_port_t)port);
}

static void not_implemented(void)
{
    struct evtchn_init_control init = {.control_gfn = ~0ul};
    struct evtchn_set_priority priority = {.port = 1};
    struct evtchn_bind_pirq pirq = {.pirq = 0xffffffff};
    static uint64_t nothing[4];
    test_returns(HYPERVISOR_event_channel_op(EVTCHNOP_init_control, &init), -XEN_EINVAL);
    test_check(HYPERVISOR_event_channel_op(EVTCHNOP_set_priority, &priority) < 0, "priority");
    test_check(HYPERVISOR_event_channel_op(EVTCHNOP_bind_pirq, &pirq) < 0, "pirq");
    test_returns(HYPERVISOR_event_channel_op(99, nothing), -XEN_ENOSYS);
    test_returns(HYPERVISOR_event_channel_op(0xffffffff, nothing), -XEN_ENOSYS);
}

static void bad_pointers(void)
{
    for (unsigned op = EVTCHNOP_bind_interdomain; op <= EVTCHNOP_unmask; op++) {
        for (unsigned i = 0; i < TEST_BAD_POINTERS; i++)
            test_check(HYPERVISOR_event_channel_op(op, test_bad_pointer(i)) == -XEN_EFAULT,
                       "op %u takes %s", op, test_bad_pointer_name(i));
    }
    /* Zeros: an IPI port for vCPU 0, whose number cannot be told. */
    test_returns(HYPERVISOR_event_channel_op(EVTCHNOP_bind_ipi, test_readonly_page()), -XEN_EFAULT);
}

static void all_ports(void)
{
    static evtchn_port_t mine[EVENT_PORTS];
    unsigned count = 0;
    int port;
    while (count < EVENT_PORTS && (port = event_alloc_unbound(DOMID_SELF)) > 0)
        mine[count++] = (evtchn_port_t)port;
    test_returns(event_alloc_unbound(DOMID_SELF), -XEN_ENOSPC);
    test_check(count > 64, "only %u ports", count);
    for (unsigned i = 0; i < count; i++)
        if (!test_returns(event_close(mine[i]), 0))
            break;
    port = event_alloc_unbound(DOMID_SELF);
    test_check(port > 0, "no port after closing all: %d", port);
    event_close((evtchn_port_t)port);
}

void test_main(void)
{
    closed_ports(interdomain());
    other_domains();
    virqs_and_ipis();
    not_implemented();
    bad_pointers();
    all_ports();
}
