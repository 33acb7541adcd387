/*
 * Event channels: one-bit notifications between domains, vCPUs and devices. Generated from
 * event_channel.abi; do not edit.
 */
#ifndef RINGSIDE_EVENT_CHANNEL_H
#define RINGSIDE_EVENT_CHANNEL_H

#include "xen.h"

/* EVTCHN_LIMITS: Sizes of the 2-level ABI, and bits of the FIFO ABI, which Ringside lacks. */
#define EVTCHN_FIFO_PRIORITY_MAX     0 /* highest priority */
#define EVTCHN_FIFO_PRIORITY_DEFAULT 7 /* priority of a new port */
#define EVTCHN_FIFO_PRIORITY_MIN     15 /* lowest priority */
#define EVTCHN_FIFO_LINK_BITS        17 /* bits of a port number in an event word */
#define EVTCHN_FIFO_NR_CHANNELS      131072 /* ports of the FIFO ABI */

/* EVTCHNSTAT: What a port is bound to. */
#define EVTCHNSTAT_closed      0 /* nothing: it is free */
#define EVTCHNSTAT_unbound     1 /* nothing yet: waits for a domain to bind to it */
#define EVTCHNSTAT_interdomain 2 /* a port of a domain */
#define EVTCHNSTAT_pirq        3 /* a physical interrupt */
#define EVTCHNSTAT_virq        4 /* a virtual interrupt */
#define EVTCHNSTAT_ipi         5 /* a vCPU, for events from the others */

/* BIND_PIRQ: Flags of EVTCHNOP_bind_pirq. */
#define BIND_PIRQ__WILL_SHARE 1 /* the line is shared */

/* EVTCHNOP: Operations of event_channel_op. */
/*
 * Connect a new port to a port that another domain made for the caller; the new port becomes
 * pending.
 */
#define EVTCHNOP_bind_interdomain 0
#define EVTCHNOP_bind_virq        1 /* Connect a new port to a virtual interrupt. */
#define EVTCHNOP_bind_pirq        2 /* Connect a new port to a physical interrupt. */
/* Free a port; the other end of an interdomain channel becomes unbound. */
#define EVTCHNOP_close            3
/* Make the other end pending; on an unbound port the event is lost. */
#define EVTCHNOP_send             4
#define EVTCHNOP_status           5 /* Tell what a port is bound to. */
#define EVTCHNOP_alloc_unbound    6 /* Make a port that remote_dom may bind to. */
#define EVTCHNOP_bind_ipi         7 /* Make a port on which vCPUs notify one of them. */
#define EVTCHNOP_bind_vcpu        8 /* Choose the vCPU that a port notifies. */
/* Clear a port's mask bit; when it is pending, notify the vCPU. */
#define EVTCHNOP_unmask           9
#define EVTCHNOP_reset            10 /* Close all ports of a domain. */
#define EVTCHNOP_init_control     11 /* Switch to the FIFO ABI. */
#define EVTCHNOP_expand_array     12 /* Add a page of event words to the FIFO ABI. */
#define EVTCHNOP_set_priority     13 /* Set a port's priority in the FIFO ABI. */

#ifndef __ASSEMBLER__

#include <stdint.h>
#include "layout.h"

/* An event channel's number within its domain; 0 is never valid. */
typedef uint32_t evtchn_port_t;

/* Argument of EVTCHNOP_alloc_unbound. */
struct evtchn_alloc_unbound {
    domid_t dom; /* in, DOMID: owner of the new port; DOMID_SELF unless privileged */
    domid_t remote_dom; /* in, DOMID: who may bind to it; DOMID_SELF is allowed */
    evtchn_port_t port; /* out: the new port */
};
RINGSIDE_SIZE(struct evtchn_alloc_unbound, 8, 8);
RINGSIDE_OFFSET(struct evtchn_alloc_unbound, dom, 0, 0);
RINGSIDE_OFFSET(struct evtchn_alloc_unbound, remote_dom, 2, 2);
RINGSIDE_OFFSET(struct evtchn_alloc_unbound, port, 4, 4);

/* Argument of EVTCHNOP_bind_interdomain. */
struct evtchn_bind_interdomain {
    domid_t remote_dom; /* in, DOMID: owner of the other end */
    evtchn_port_t remote_port; /* in: the other end, unbound and made for the caller */
    evtchn_port_t local_port; /* out: the new port of the caller */
};
RINGSIDE_SIZE(struct evtchn_bind_interdomain, 12, 12);
RINGSIDE_OFFSET(struct evtchn_bind_interdomain, remote_dom, 0, 0);
RINGSIDE_OFFSET(struct evtchn_bind_interdomain, remote_port, 4, 4);
RINGSIDE_OFFSET(struct evtchn_bind_interdomain, local_port, 8, 8);

/* Argument of EVTCHNOP_bind_virq. */
struct evtchn_bind_virq {
    uint32_t virq; /* in, VIRQ: the virtual interrupt */
    uint32_t vcpu; /* in: the vCPU it is for; 0 for a global one */
    evtchn_port_t port; /* out: the new port */
};
RINGSIDE_SIZE(struct evtchn_bind_virq, 12, 12);
RINGSIDE_OFFSET(struct evtchn_bind_virq, virq, 0, 0);
RINGSIDE_OFFSET(struct evtchn_bind_virq, vcpu, 4, 4);
RINGSIDE_OFFSET(struct evtchn_bind_virq, port, 8, 8);

/* Argument of EVTCHNOP_bind_pirq. */
struct evtchn_bind_pirq {
    uint32_t pirq; /* in: the physical interrupt */
    uint32_t flags; /* in, BIND_PIRQ */
    evtchn_port_t port; /* out: the new port */
};
RINGSIDE_SIZE(struct evtchn_bind_pirq, 12, 12);
RINGSIDE_OFFSET(struct evtchn_bind_pirq, pirq, 0, 0);
RINGSIDE_OFFSET(struct evtchn_bind_pirq, flags, 4, 4);
RINGSIDE_OFFSET(struct evtchn_bind_pirq, port, 8, 8);

/* Argument of EVTCHNOP_close. */
struct evtchn_close {
    evtchn_port_t port; /* in */
};
RINGSIDE_SIZE(struct evtchn_close, 4, 4);
RINGSIDE_OFFSET(struct evtchn_close, port, 0, 0);

/* Argument of EVTCHNOP_send. */
struct evtchn_send {
    evtchn_port_t port; /* in */
};
RINGSIDE_SIZE(struct evtchn_send, 4, 4);
RINGSIDE_OFFSET(struct evtchn_send, port, 0, 0);

/* Argument of EVTCHNOP_status. */
struct evtchn_status {
    domid_t dom; /* in, DOMID: owner of the port; DOMID_SELF unless privileged */
    evtchn_port_t port; /* in */
    uint32_t status; /* out, EVTCHNSTAT */
    uint32_t vcpu; /* out: the vCPU that is notified */
    union { /* out: more, by status */
        struct { /* out: EVTCHNSTAT_unbound */
            domid_t dom; /* out, DOMID: who may bind */
        } unbound;
        struct { /* out: EVTCHNSTAT_interdomain */
            domid_t dom; /* out, DOMID: owner of the other end */
            evtchn_port_t port; /* out: the other end */
        } interdomain;
        uint32_t pirq; /* out: EVTCHNSTAT_pirq */
        uint32_t virq; /* out, VIRQ: EVTCHNSTAT_virq */
    } u;
};
RINGSIDE_SIZE(struct evtchn_status, 24, 24);
RINGSIDE_OFFSET(struct evtchn_status, dom, 0, 0);
RINGSIDE_OFFSET(struct evtchn_status, port, 4, 4);
RINGSIDE_OFFSET(struct evtchn_status, status, 8, 8);
RINGSIDE_OFFSET(struct evtchn_status, vcpu, 12, 12);
RINGSIDE_OFFSET(struct evtchn_status, u.unbound.dom, 16, 16);
RINGSIDE_OFFSET(struct evtchn_status, u.interdomain.dom, 16, 16);
RINGSIDE_OFFSET(struct evtchn_status, u.interdomain.port, 20, 20);
RINGSIDE_OFFSET(struct evtchn_status, u.pirq, 16, 16);
RINGSIDE_OFFSET(struct evtchn_status, u.virq, 16, 16);

/* Argument of EVTCHNOP_bind_ipi. */
struct evtchn_bind_ipi {
    uint32_t vcpu; /* in: the vCPU that is notified, for good */
    evtchn_port_t port; /* out: the new port */
};
RINGSIDE_SIZE(struct evtchn_bind_ipi, 8, 8);
RINGSIDE_OFFSET(struct evtchn_bind_ipi, vcpu, 0, 0);
RINGSIDE_OFFSET(struct evtchn_bind_ipi, port, 4, 4);

/* Argument of EVTCHNOP_bind_vcpu. */
struct evtchn_bind_vcpu {
    evtchn_port_t port; /* in */
    uint32_t vcpu; /* in: the vCPU to be notified from now on */
};
RINGSIDE_SIZE(struct evtchn_bind_vcpu, 8, 8);
RINGSIDE_OFFSET(struct evtchn_bind_vcpu, port, 0, 0);
RINGSIDE_OFFSET(struct evtchn_bind_vcpu, vcpu, 4, 4);

/* Argument of EVTCHNOP_unmask. */
struct evtchn_unmask {
    evtchn_port_t port; /* in */
};
RINGSIDE_SIZE(struct evtchn_unmask, 4, 4);
RINGSIDE_OFFSET(struct evtchn_unmask, port, 0, 0);

/* Argument of EVTCHNOP_reset. */
struct evtchn_reset {
    domid_t dom; /* in, DOMID: owner of the ports; DOMID_SELF unless privileged */
};
RINGSIDE_SIZE(struct evtchn_reset, 2, 2);
RINGSIDE_OFFSET(struct evtchn_reset, dom, 0, 0);

/* Argument of EVTCHNOP_init_control. */
struct evtchn_init_control {
    uint64_t control_gfn; /* in: frame of the control block */
    uint32_t offset; /* in: where in it */
    uint32_t vcpu; /* in */
    uint8_t link_bits; /* out: bits of a port number in an event word */
    uint8_t _pad[7];
};
RINGSIDE_SIZE(struct evtchn_init_control, 24, 24);
RINGSIDE_OFFSET(struct evtchn_init_control, control_gfn, 0, 0);
RINGSIDE_OFFSET(struct evtchn_init_control, offset, 8, 8);
RINGSIDE_OFFSET(struct evtchn_init_control, vcpu, 12, 12);
RINGSIDE_OFFSET(struct evtchn_init_control, link_bits, 16, 16);

/* Argument of EVTCHNOP_expand_array. */
struct evtchn_expand_array {
    uint64_t array_gfn; /* in: frame to be added */
};
RINGSIDE_SIZE(struct evtchn_expand_array, 8, 8);
RINGSIDE_OFFSET(struct evtchn_expand_array, array_gfn, 0, 0);

/* Argument of EVTCHNOP_set_priority. */
struct evtchn_set_priority {
    evtchn_port_t port; /* in */
    uint32_t priority; /* in: 0 is the highest, 15 the lowest */
};
RINGSIDE_SIZE(struct evtchn_set_priority, 8, 8);
RINGSIDE_OFFSET(struct evtchn_set_priority, port, 0, 0);
RINGSIDE_OFFSET(struct evtchn_set_priority, priority, 4, 4);

#endif /* __ASSEMBLER__ */

#endif
