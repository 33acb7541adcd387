/*
 * What a storage server can have behind it.
 */
#ifndef BACKENDS_H
#define BACKENDS_H

#include <ringside-rt/ivmc.h>

/** NULL, after saying why, when it cannot be had. */
const struct ivmc_backend *backend_nvme(void);
const struct ivmc_backend *backend_ram(void);

/** Everything durable; nothing is under way any more. */
void backend_close(void);

#endif
