/*
 * Event channels. A port either has a handler, which runs with interrupts off on the vCPU that the
 * port notifies, or it is waited for with event_wait.
 *
 * Functions that return a port return -XEN_E... on failure.
 */
#ifndef RINGSIDE_RT_EVENT_H
#define RINGSIDE_RT_EVENT_H

#include <ringside-rt/compiler.h>
#include <ringside/abi.h>

/** The vector on which all vCPUs get their upcalls. */
#define EVENT_VECTOR 0xe0

/** Ports of the 2-level ABI in 64-bit mode: 0 (never valid) to 4095. */
#define EVENT_PORTS 4096

typedef void (*event_handler_t)(evtchn_port_t port, void *arg);

/** Maps the shared info page and asks for upcalls. */
void event_init(void);

/** The page shared with the hypervisor. */
extern struct shared_info shared_info;

/** A port that only the remote domain may bind to. */
int event_alloc_unbound(domid_t remote);

/** The other end of a remote domain's unbound port. The new port fires once at once. */
int event_bind_interdomain(domid_t remote, evtchn_port_t remote_port);

int event_bind_virq(unsigned virq, unsigned vcpu);

/** A port through which any vCPU notifies this one. */
int event_bind_ipi(unsigned vcpu);

/** Moves a port to another vCPU; 0 or an error. */
int event_bind_vcpu(evtchn_port_t port, unsigned vcpu);

/** Closes the port and forgets its handler; 0 or an error. */
int event_close(evtchn_port_t port);

/** 0 or an error. */
int event_send(evtchn_port_t port);

/**
 * The handler is called for every event from now on, and at once when one came already. NULL takes
 * it away.
 */
void event_handler_set(evtchn_port_t port, event_handler_t handler, void *arg);

/**
 * Waits until the port fired since the last wait, and forgets that. One waiter a port. On vCPU 0
 * other threads run meanwhile; on others only ports that notify the caller can be waited for.
 */
void event_wait(evtchn_port_t port);

/** Like event_wait, without waiting: whether it fired. */
bool event_poll(evtchn_port_t port);

/** A masked port stays pending, but makes no upcall. */
void event_mask(evtchn_port_t port);
void event_unmask(evtchn_port_t port);
bool event_is_masked(evtchn_port_t port);

/** The bit in the shared info page. */
bool event_is_pending(evtchn_port_t port);

/** Clears the pending bit and returns what it was: takes an event away from a masked port. */
bool event_take_pending(evtchn_port_t port);

#endif
