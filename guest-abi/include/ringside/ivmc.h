/*
 * The IVMC registry: how the two ends of a channel between domains find each other. Generated from
 * ivmc.abi; do not edit.
 */
#ifndef RINGSIDE_IVMC_H
#define RINGSIDE_IVMC_H

#include "grant_table.h"
#include "event_channel.h"
#include "xen.h"

/* IVMC_ROLE: Which end of a service a record is about. */
#define IVMC_SERVER 0 /* the domain that provides the service */
#define IVMC_CLIENT 1 /* a domain that uses it */

/* IVMC_LIMITS: Bounds of the registry. */
#define IVMC_SERVICE_BYTES 16 /* longest name of a service, with its NUL */
#define IVMC_MAX_CLIENTS   16 /* clients that one service can have registered */

/* IVMCOP: Operations of ivmc_op. */
/*
 * Enter or replace the caller's record, and notify the other role. The record goes when the domain
 * stops, and the other role is notified again. With the server's go all its clients' records, since
 * their channels are void: they build them anew and register with a greater epoch.
 */
#define IVMCOP_register 0
/* Read the server's record, or the first client's record at or after a slot. */
#define IVMCOP_fetch    1
/*
 * Ask whether a client of the caller is in turn the server of another domain, in whatever service:
 * whether it may name that domain's memory.
 */
#define IVMCOP_serves   2

#ifndef __ASSEMBLER__

#include <stdint.h>
#include "layout.h"

/* Argument of IVMCOP_register. */
struct ivmc_register {
    char service[16]; /* in: name of the service, NUL-padded */
    uint32_t role; /* in, IVMC_ROLE */
    /*
     * in: of a client: its channel page (struct ivmc_channel), granted to the server; of a server:
     * ignored
     */
    grant_ref_t channel_ref;
    /*
     * in: of a client: 1 for its first channel, greater each time it builds it anew; of a server:
     * ignored
     */
    uint32_t epoch;
    uint32_t slot; /* out: of a client: its slot, the same each time; of a server: 0 */
    /*
     * out: the caller's welcome port: it fires whenever a record of the other role changes; the
     * same each time
     */
    evtchn_port_t port;
    uint32_t generation; /* out: how often the server registered since the machine started */
};
RINGSIDE_SIZE(struct ivmc_register, 40, 40);
RINGSIDE_OFFSET(struct ivmc_register, service, 0, 0);
RINGSIDE_OFFSET(struct ivmc_register, role, 16, 16);
RINGSIDE_OFFSET(struct ivmc_register, channel_ref, 20, 20);
RINGSIDE_OFFSET(struct ivmc_register, epoch, 24, 24);
RINGSIDE_OFFSET(struct ivmc_register, slot, 28, 28);
RINGSIDE_OFFSET(struct ivmc_register, port, 32, 32);
RINGSIDE_OFFSET(struct ivmc_register, generation, 36, 36);

/* Argument of IVMCOP_fetch. */
struct ivmc_fetch {
    char service[16]; /* in: name of the service, NUL-padded */
    uint32_t role; /* in, IVMC_ROLE */
    uint32_t slot; /* inout: in: where to begin looking, for clients; out: the slot of the record */
    domid_t domid; /* out, DOMID: who registered */
    /*
     * out: of a client: which unit of the service the system description gives it, from 1; of a
     * server: 0
     */
    uint16_t unit;
    grant_ref_t channel_ref; /* out: as registered */
    uint32_t epoch; /* out: as registered */
    uint32_t generation; /* out: how often the server registered since the machine started */
    /*
     * out: whom the system description says that the domain's programs are; it cannot say so itself
     */
    uint32_t uid;
    uint32_t gid; /* out: and of which group */
    /*
     * out: counts registrations; a record whose serial is another is another one, though all else
     * be the same: its domain was built anew
     */
    uint32_t serial;
};
RINGSIDE_SIZE(struct ivmc_fetch, 52, 52);
RINGSIDE_OFFSET(struct ivmc_fetch, service, 0, 0);
RINGSIDE_OFFSET(struct ivmc_fetch, role, 16, 16);
RINGSIDE_OFFSET(struct ivmc_fetch, slot, 20, 20);
RINGSIDE_OFFSET(struct ivmc_fetch, domid, 24, 24);
RINGSIDE_OFFSET(struct ivmc_fetch, unit, 26, 26);
RINGSIDE_OFFSET(struct ivmc_fetch, channel_ref, 28, 28);
RINGSIDE_OFFSET(struct ivmc_fetch, epoch, 32, 32);
RINGSIDE_OFFSET(struct ivmc_fetch, generation, 36, 36);
RINGSIDE_OFFSET(struct ivmc_fetch, uid, 40, 40);
RINGSIDE_OFFSET(struct ivmc_fetch, gid, 44, 44);
RINGSIDE_OFFSET(struct ivmc_fetch, serial, 48, 48);

/* Argument of IVMCOP_serves. */
struct ivmc_serves {
    domid_t server; /* in, DOMID: a client of the caller */
    domid_t client; /* in, DOMID: whoever it may be */
};
RINGSIDE_SIZE(struct ivmc_serves, 4, 4);
RINGSIDE_OFFSET(struct ivmc_serves, server, 0, 0);
RINGSIDE_OFFSET(struct ivmc_serves, client, 2, 2);

#endif /* __ASSEMBLER__ */

#endif
