/*
 * The console: a page with two rings, and a hypercall for emergencies. Generated from console.abi;
 * do not edit.
 */
#ifndef RINGSIDE_CONSOLE_H
#define RINGSIDE_CONSOLE_H

/* XENCONS_CONNECTION: State of the console's other end. */
#define XENCONSOLE_CONNECTED    0 /* somebody reads and writes */
#define XENCONSOLE_DISCONNECTED 1 /* nobody does */

/* CONSOLEIO: Operations of console_io. */
#define CONSOLEIO_write 0 /* Write count bytes. */
#define CONSOLEIO_read  1 /* Read at most count bytes, without waiting. */

#ifndef __ASSEMBLER__

#include <stdint.h>
#include "layout.h"

/* A position in a ring; it runs freely, its lower bits are the index. */
typedef uint32_t XENCONS_RING_IDX;

/* The console page, see HVM_PARAM_CONSOLE_PFN. */
struct xencons_interface {
    char in[1024]; /* out: input */
    char out[2048]; /* in: output */
    XENCONS_RING_IDX in_cons; /* in: next byte of input the guest takes */
    XENCONS_RING_IDX in_prod; /* out: next byte of input the console puts */
    XENCONS_RING_IDX out_cons; /* out: next byte of output the console takes */
    XENCONS_RING_IDX out_prod; /* in: next byte of output the guest puts */
    uint8_t connection; /* out, XENCONS_CONNECTION */
};
RINGSIDE_SIZE(struct xencons_interface, 3092, 3092);
RINGSIDE_OFFSET(struct xencons_interface, in, 0, 0);
RINGSIDE_OFFSET(struct xencons_interface, out, 1024, 1024);
RINGSIDE_OFFSET(struct xencons_interface, in_cons, 3072, 3072);
RINGSIDE_OFFSET(struct xencons_interface, in_prod, 3076, 3076);
RINGSIDE_OFFSET(struct xencons_interface, out_cons, 3080, 3080);
RINGSIDE_OFFSET(struct xencons_interface, out_prod, 3084, 3084);
RINGSIDE_OFFSET(struct xencons_interface, connection, 3088, 3088);

#endif /* __ASSEMBLER__ */

#endif
