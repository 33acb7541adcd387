/*
 * Xenstore: a page with two rings, and messages in them. Generated from xs_wire.abi; do not edit.
 */
#ifndef RINGSIDE_XS_WIRE_H
#define RINGSIDE_XS_WIRE_H

/* XENSTORE_LIMITS: Sizes. */
#define XENSTORE_RING_SIZE    1024 /* bytes of a ring */
#define XENSTORE_PAYLOAD_MAX  4096 /* bytes behind the header of a message */
#define XENSTORE_ABS_PATH_MAX 3072 /* characters of a path from the root */
#define XENSTORE_REL_PATH_MAX 2048 /* characters of a path from the domain's own directory */

/* xsd_sockmsg_type: Kinds of messages. Texts end with NUL, except values and READ's reply. */
#define XS_CONTROL              0 /* for the control domain */
#define XS_DIRECTORY            1 /* path; reply: names of the children */
#define XS_READ                 2 /* path; reply: the value */
#define XS_GET_PERMS            3 /* path; reply: permissions such as n0 */
#define XS_WATCH                4 /* path and token; the watch fires once at once */
#define XS_UNWATCH              5 /* path and token */
#define XS_TRANSACTION_START    6 /* empty text; reply: the transaction's id */
#define XS_TRANSACTION_END      7 /* T commits, F drops */
#define XS_INTRODUCE            8 /* for the control domain */
#define XS_RELEASE              9 /* for the control domain */
#define XS_GET_DOMAIN_PATH      10 /* domain id; reply: its directory */
#define XS_WRITE                11 /* path and value */
#define XS_MKDIR                12 /* path */
#define XS_RM                   13 /* path */
#define XS_SET_PERMS            14 /* path and permissions */
#define XS_WATCH_EVENT          15 /* to the guest: path and token of a watch that fired */
#define XS_ERROR                16 /* to the guest: name of an error */
#define XS_IS_DOMAIN_INTRODUCED 17 /* domain id; reply: T or F */
#define XS_RESUME               18 /* for the control domain */
#define XS_SET_TARGET           19 /* for the control domain */
#define XS_RESET_WATCHES        21 /* drops the domain's watches and transactions */
#define XS_DIRECTORY_PART       22 /* path and offset; reply: a part of the children's names */
#define XS_INVALID              0xffff /* never a kind */

/* XENSTORE_SERVER_FEATURE: What the server can do. */
#define XENSTORE_SERVER_FEATURE_RECONNECTION 1 /* connection can ask for a new start */
#define XENSTORE_SERVER_FEATURE_ERROR        2 /* error tells what went wrong */

/* XENSTORE_CONNECTION: State of the connection. */
#define XENSTORE_CONNECTED 0 /* works */
#define XENSTORE_RECONNECT 1 /* guest: start anew */

/* XENSTORE_ERROR: What went wrong with the rings. */
#define XENSTORE_ERROR_NONE    0 /* nothing */
#define XENSTORE_ERROR_COMM    1 /* talking to the guest failed */
#define XENSTORE_ERROR_RINGIDX 2 /* a position is impossible */
#define XENSTORE_ERROR_PROTO   3 /* a message is impossible */

#ifndef __ASSEMBLER__

#include <stdint.h>
#include "layout.h"

/* A position in a ring; it runs freely, its lower bits are the index. */
typedef uint32_t XENSTORE_RING_IDX;

/* Header of a message. */
struct xsd_sockmsg {
    uint32_t type; /* inout, xsd_sockmsg_type */
    uint32_t req_id; /* inout: chosen by the guest and repeated in the reply */
    uint32_t tx_id; /* inout: transaction; 0 is none */
    uint32_t len; /* inout: bytes that follow */
};
RINGSIDE_SIZE(struct xsd_sockmsg, 16, 16);
RINGSIDE_OFFSET(struct xsd_sockmsg, type, 0, 0);
RINGSIDE_OFFSET(struct xsd_sockmsg, req_id, 4, 4);
RINGSIDE_OFFSET(struct xsd_sockmsg, tx_id, 8, 8);
RINGSIDE_OFFSET(struct xsd_sockmsg, len, 12, 12);

/* The xenstore page, see HVM_PARAM_STORE_PFN. */
struct xenstore_domain_interface {
    char req[1024]; /* in: requests */
    char rsp[1024]; /* out: replies and watch events */
    XENSTORE_RING_IDX req_cons; /* out: next byte of a request the server takes */
    XENSTORE_RING_IDX req_prod; /* in: next byte of a request the guest puts */
    XENSTORE_RING_IDX rsp_cons; /* in: next byte of a reply the guest takes */
    XENSTORE_RING_IDX rsp_prod; /* out: next byte of a reply the server puts */
    uint32_t server_features; /* out, XENSTORE_SERVER_FEATURE */
    uint32_t connection; /* inout, XENSTORE_CONNECTION */
    uint32_t error; /* out, XENSTORE_ERROR */
};
RINGSIDE_SIZE(struct xenstore_domain_interface, 2076, 2076);
RINGSIDE_OFFSET(struct xenstore_domain_interface, req, 0, 0);
RINGSIDE_OFFSET(struct xenstore_domain_interface, rsp, 1024, 1024);
RINGSIDE_OFFSET(struct xenstore_domain_interface, req_cons, 2048, 2048);
RINGSIDE_OFFSET(struct xenstore_domain_interface, req_prod, 2052, 2052);
RINGSIDE_OFFSET(struct xenstore_domain_interface, rsp_cons, 2056, 2056);
RINGSIDE_OFFSET(struct xenstore_domain_interface, rsp_prod, 2060, 2060);
RINGSIDE_OFFSET(struct xenstore_domain_interface, server_features, 2064, 2064);
RINGSIDE_OFFSET(struct xenstore_domain_interface, connection, 2068, 2068);
RINGSIDE_OFFSET(struct xenstore_domain_interface, error, 2072, 2072);

#endif /* __ASSEMBLER__ */

#endif
