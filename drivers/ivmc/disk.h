/*
 * A block device at a storage server: what its files share.
 */
#ifndef IVMC_DISK_H
#define IVMC_DISK_H

#include "client.h"

enum disk_region_state {
    ABSENT,
    /** The server was asked, and has not answered. */
    ATTACHING,
    ATTACHED,
    /** It was asked to forget it. The number cannot be used meanwhile. */
    DETACHING
};

/* Memory of another domain that the server reaches; its number is its place in the table. */
struct disk_region {
    enum disk_region_state state;
    struct blk_area area;
    int status; /* what became of attaching */
    struct thread *waiter;
};

struct ivmc_disk {
    struct ivmc_client client;
    struct blk blk;
    struct disk_region regions[IVMC_MAX_REGIONS + 1]; /* 0 is not used */
};

static inline struct ivmc_disk *disk_of(struct ivmc_client *client)
{
    return CONTAINER_OF(client, struct ivmc_disk, client);
}

/* disk_region.c: blk_ops.attach and detach */
int ivmc_disk_attach(struct blk *blk, const struct blk_area *area);
void ivmc_disk_detach(struct blk *blk, const void *start);

/* ivmc_use.resume: a new server hears of all that is attached. */
int ivmc_disk_attach_again(struct ivmc_client *client);

/* An answer about a region has come. */
void ivmc_disk_region_over(struct ivmc_disk *disk, const struct flight *flight, int status);

/* Whether memory lies in one of the regions; what a request says then. */
bool ivmc_disk_in_region(const struct ivmc_disk *disk, const void *buffer, size_t bytes);
uint64_t ivmc_disk_region_offset(const struct ivmc_disk *disk, const void *buffer);

#endif
