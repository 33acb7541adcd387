/*
 * IVMC: channels between a client domain and a server domain (ringside/ivmc_channel.h says what
 * they share). Clients use block devices, ringside-rt/blk.h; this is the server, and what can be
 * counted on both sides.
 */
#ifndef RINGSIDE_RT_IVMC_H
#define RINGSIDE_RT_IVMC_H

#include <ringside-rt/blk.h>
#include <ringside-rt/grant.h>

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
    uint64_t server_copied; /* bytes that CPUs copied at the server and behind it, as it says */
};

/** Of a device from blk_open_ivmc. */
const struct ivmc_statistics *ivmc_client_statistics(const struct blk *blk);

/** Geometry of what stands behind a unit of the service. */
struct ivmc_geometry {
    uint64_t blocks;
    uint32_t block_bytes;
    uint32_t max_transfer;
};

/** Memory of another domain that a client of ours, its server, may name in its requests. */
struct ivmc_region {
    struct grant_range map; /* no address: there is none */
    unsigned users;         /* requests with the backend that name it */
};

/** A client, as a backend sees it. */
struct ivmc_peer {
    domid_t domid;
    unsigned unit; /* of the service, as the system description has it */
    uint32_t uid, gid; /* of its programs, as the system description has it */
    unsigned channel; /* its name, for probes */
    unsigned slot; /* of the registry, the same as long as the domain lives */
    unsigned entries; /* small slots: requests that can be under way */
    /** Its data area, mapped: all that requests may point into. It writes there at any time. */
    uint8_t *data;
    uint64_t data_bytes;
    /** Of a block device; set by connect. */
    struct ivmc_geometry geometry;
    /** Whom the client may grant its data area too, so that we need not copy; set by connect. */
    domid_t dma_domid;
    /** By number; that of 0 is never there. See ivmc_backend.regions. */
    struct ivmc_region regions[IVMC_MAX_REGIONS + 1];
    void *backend; /* the backend's own */
};

/** A request on its way through the server, kept by the channel. */
struct ivmc_work {
    /** Copied once out of shared memory; the backend's check has seen it before submit does. */
    struct ivmc_request request;
    uint64_t address; /* guest-physical, of the data, which lies in one piece; 0: none */
    /** Go into the response; 0 at first. */
    int64_t result;
    uint64_t extra;
    bool busy;
    uint8_t region; /* that the data lies in; 0: in the data area */
    struct ivmc_peer *peer;
    /** The backend's own, as large as it asked for. */
    uint64_t backend[] __attribute__((aligned(16)));
};

/** Who carries requests out. */
struct ivmc_backend {
    /** Bytes that it wants in each ivmc_work. */
    size_t work_bytes;
    /** Requests may take for ever and nothing be wrong: they wait for locks, or another server. */
    bool waits;
    /** It is a block device, whose clients may attach regions. */
    bool regions;
    /**
     * Called once, before all others, while the watchdog runs already. NULL: nothing to be done.
     *
     * @return 0, or why it cannot be had
     */
    int (*open)(void);
    /** A client has come; it is refused with the error. -XEN_ENODEV: there is no such unit. */
    int (*connect)(struct ivmc_peer *peer);
    /** It is going: requests of its that wait for other clients are to end. NULL: none does. */
    void (*leave)(struct ivmc_peer *peer);
    /** It is gone, and so are its requests. NULL: nothing to be done. */
    void (*disconnect)(struct ivmc_peer *peer);
    /** Whether a request can be carried out; sets address. Everything in it may be anything. */
    int (*check)(struct ivmc_work *work);
    /**
     * Begins a request; ivmc_server_done follows, perhaps at once.
     *
     * @return 0, or -XEN_EBUSY: no room before another request is done
     */
    int (*submit)(struct ivmc_work *work);
    /** All requests of a batch have been submitted. */
    void (*kick)(void);
    /** Bytes that the servers behind this one copied. NULL: there is none. */
    uint64_t (*copied_behind)(void);
    /** Nothing is under way any more, and nothing follows. NULL: nothing to be done. */
    void (*close)(void);
};

/** The client's small slot of a request: it is the client's again when it has the answer. */
unsigned ivmc_work_slot(const struct ivmc_work *work);

/** The check of backends that are block devices. */
int ivmc_block_check(struct ivmc_work *work);

/** A request is over: 0 or -XEN_E..., and the bytes transferred. Any context, interrupts off. */
void ivmc_server_done(struct ivmc_work *work, int status, uint32_t length);

/**
 * Serves a service until the domain is asked to shut down; from the main thread.
 *
 * @return 0 then, or why it could not begin
 */
int ivmc_serve(const char *service, const struct ivmc_backend *backend);

#endif
