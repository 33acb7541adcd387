/*
 * IVMC: channels between a client domain and a server domain (ringside/ivmc_channel.h says what
 * they share). Clients use block devices, ringside-rt/blk.h; this is the server, and what can be
 * counted on both sides.
 */
#ifndef RINGSIDE_RT_IVMC_H
#define RINGSIDE_RT_IVMC_H

#include <ringside-rt/blk.h>

/** Counted since the device was opened. */
struct ivmc_statistics {
    uint64_t requests;      /* answered */
    uint64_t notified;      /* events sent to the server */
    uint64_t notifications; /* events received from it */
    uint64_t sleeps;        /* of the thread that takes responses */
    uint64_t waits;         /* for a free slot */
    uint64_t recoveries;    /* channels built anew */
    uint64_t resent;        /* requests sent once more */
    uint64_t answered_late; /* found answered when a server had died */
};

/** Of a device from blk_open_ivmc. */
const struct ivmc_statistics *ivmc_client_statistics(const struct blk *blk);

/** Geometry of what stands behind a unit of the service. */
struct ivmc_geometry {
    uint64_t blocks;
    uint32_t block_bytes;
    uint32_t max_transfer;
};

/**
 * A request on its way through the server, kept by the channel. What a backend gets has been
 * checked: the blocks are on the device, the data lies in the client's data area.
 */
struct ivmc_work {
    uint16_t op;      /* IVMC_OP */
    uint16_t flags;   /* IVMC_FLAGS */
    uint32_t length;  /* bytes */
    uint64_t block;   /* first block */
    uint64_t address; /* guest-physical, of the data, which lies in one piece; 0: none */
    uint64_t sequence;
    bool busy;
    struct ivmc_server_channel *channel;
    /** The backend's own, as large as it asked for. */
    uint64_t backend[] __attribute__((aligned(16)));
};

/** Who carries requests out. */
struct ivmc_backend {
    /** Bytes that it wants in each ivmc_work. */
    size_t work_bytes;
    /** -XEN_ENODEV: there is no such unit. */
    int (*geometry)(unsigned unit, struct ivmc_geometry *geometry);
    /**
     * Begins a request; ivmc_server_done follows, perhaps at once.
     *
     * @return 0, or -XEN_EBUSY: no room before another request is done
     */
    int (*submit)(unsigned unit, struct ivmc_work *work);
    /** All requests of a batch have been submitted. */
    void (*kick)(void);
};

/** A request is over: 0 or -XEN_E..., and the bytes transferred. Any context, interrupts off. */
void ivmc_server_done(struct ivmc_work *work, int status, uint32_t length);

/**
 * Serves a service until the domain is asked to shut down; from the main thread.
 *
 * @return 0 then, or why it could not begin
 */
int ivmc_serve(const char *service, const struct ivmc_backend *backend);

#endif
