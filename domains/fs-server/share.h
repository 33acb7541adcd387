/*
 * Content of a client's files goes by DMA between the device and the client's own buffers, where
 * the client has granted its data area to the domain that does the device's DMA, too.
 */
#ifndef SHARE_H
#define SHARE_H

#include <ringside-rt/ivmc.h>

/** The device of the volume, before all others. */
void share_begin(struct blk *blk);

/** What the channel page says: whom clients may grant their data areas; 0: nobody. */
domid_t share_domid(void);

/**
 * IVMC_FILE_SHARE. When the device cannot use the area that is said on the console, and content is
 * copied as before.
 *
 * @return 0; -EBUSY: not the first of this channel; or why the device cannot use it
 */
int share(const struct ivmc_peer *peer, const struct ivmc_file_request *request);

/** The client's area is about to go; no request of its is under way. */
void share_end(const struct ivmc_peer *peer);

/** Bytes that the device's server copied. */
uint64_t share_copied(void);

#endif
