/*
 * What programs with a block device have in common on their command lines:
 *
 *   path=copy|direct|nvme  through a storage server, the data by way of large slots (default) or
 *                          straight to and from our buffers; or a controller of this domain's own
 *   service=NAME           the storage server's service; default storage
 *   order=N                log2 of the entries of a ring
 *   region=BYTES           path=direct: size of the I/O region
 *   nsid=N                 path=nvme: the namespace; default 1
 */
#ifndef RINGSIDE_RT_BLK_OPTIONS_H
#define RINGSIDE_RT_BLK_OPTIONS_H

#include <ringside-rt/blk.h>

/**
 * Opens the device that the command line names. Says on the console what went wrong.
 *
 * @param buffer_bytes what the program is going to take from blk_buffer_alloc; the I/O region is
 *        made large enough for it, unless region= says otherwise
 * @return 0 or -XEN_E...; -XEN_EINVAL when there is no such path
 */
int blk_open_cmdline(size_t buffer_bytes, struct blk **blk);

/** copy, direct or nvme, as the command line has it. */
const char *blk_path_name(void);

/** Whether a storage server stands between us and the device. */
bool blk_path_is_ivmc(void);

#endif
