/* Giving up the CPU, and shutting down. Generated from sched.abi; do not edit. */
#ifndef RINGSIDE_SCHED_H
#define RINGSIDE_SCHED_H

#include "event_channel.h"
#include "xen.h"

/* SHUTDOWN: Why a domain shuts down. */
#define SHUTDOWN_poweroff   0 /* it is done */
#define SHUTDOWN_reboot     1 /* to be started again */
#define SHUTDOWN_suspend    2 /* to be saved */
#define SHUTDOWN_crash      3 /* it noticed that it is broken */
#define SHUTDOWN_watchdog   4 /* its watchdog was not fed */
#define SHUTDOWN_soft_reset 5 /* to be reset with its memory kept */

/* SHUTDOWN_RANGE: Bounds of reasons. */
#define SHUTDOWN_MAX 5 /* the greatest reason */

/* SCHEDOP: Operations of sched_op. */
#define SCHEDOP_yield           0 /* Let other vCPUs run. */
#define SCHEDOP_block           1 /* Enable upcalls and sleep until an event is pending. */
#define SCHEDOP_shutdown        2 /* Shut the calling domain down, all vCPUs. */
/*
 * Sleep until one of the ports is pending, masked or not, or the time has come; pending bits stay.
 */
#define SCHEDOP_poll            3
#define SCHEDOP_remote_shutdown 4 /* Shut another domain down. */
#define SCHEDOP_shutdown_code   5 /* Note the reason that a later shutdown without one gets. */
/* Set, feed or remove a watchdog, which shuts the domain down when it is not fed in time. */
#define SCHEDOP_watchdog        6
#define SCHEDOP_pin_override    7 /* Run on a given pCPU for a while. */

#ifndef __ASSEMBLER__

#include <stdint.h>
#include "layout.h"

/* Argument of SCHEDOP_shutdown and SCHEDOP_shutdown_code. */
struct sched_shutdown {
    uint32_t reason; /* in, SHUTDOWN */
};
RINGSIDE_SIZE(struct sched_shutdown, 4, 4);
RINGSIDE_OFFSET(struct sched_shutdown, reason, 0, 0);

/* Argument of SCHEDOP_poll. */
struct sched_poll {
    evtchn_port_t *ports; /* in: the ports to wait for */
    uint32_t nr_ports; /* in: how many, at most 128 */
    uint64_t timeout; /* in: system time in ns at which to give up; 0 is never */
};
RINGSIDE_SIZE(struct sched_poll, 24, 16);
RINGSIDE_OFFSET(struct sched_poll, ports, 0, 0);
RINGSIDE_OFFSET(struct sched_poll, nr_ports, 8, 4);
RINGSIDE_OFFSET(struct sched_poll, timeout, 16, 8);

/* struct sched_poll in the layout of a 32-bit caller. */
struct compat_sched_poll {
    uint32_t ports; /* in: the ports to wait for */
    uint32_t nr_ports; /* in: how many, at most 128 */
    /* in: system time in ns at which to give up; 0 is never */
    uint64_t timeout __attribute__((packed, aligned(4)));
};
RINGSIDE_SIZE(struct compat_sched_poll, 16, 16);
RINGSIDE_OFFSET(struct compat_sched_poll, ports, 0, 0);
RINGSIDE_OFFSET(struct compat_sched_poll, nr_ports, 4, 4);
RINGSIDE_OFFSET(struct compat_sched_poll, timeout, 8, 8);

/* Argument of SCHEDOP_remote_shutdown. */
struct sched_remote_shutdown {
    domid_t domain_id; /* in, DOMID: the domain to be shut down */
    uint32_t reason; /* in, SHUTDOWN */
};
RINGSIDE_SIZE(struct sched_remote_shutdown, 8, 8);
RINGSIDE_OFFSET(struct sched_remote_shutdown, domain_id, 0, 0);
RINGSIDE_OFFSET(struct sched_remote_shutdown, reason, 4, 4);

/* Argument of SCHEDOP_watchdog. */
struct sched_watchdog {
    uint32_t id; /* in: 0 for a new watchdog */
    uint32_t timeout; /* in: seconds until it bites; 0 removes it */
};
RINGSIDE_SIZE(struct sched_watchdog, 8, 8);
RINGSIDE_OFFSET(struct sched_watchdog, id, 0, 0);
RINGSIDE_OFFSET(struct sched_watchdog, timeout, 4, 4);

/* Argument of SCHEDOP_pin_override. */
struct sched_pin_override {
    int32_t pcpu; /* in: the pCPU to run on; negative ends the override */
};
RINGSIDE_SIZE(struct sched_pin_override, 4, 4);
RINGSIDE_OFFSET(struct sched_pin_override, pcpu, 0, 0);

#endif /* __ASSEMBLER__ */

#endif
