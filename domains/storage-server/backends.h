/*
 * What a storage server can have behind it.
 */
#ifndef BACKENDS_H
#define BACKENDS_H

#include <ringside-rt/ivmc.h>

extern const struct ivmc_backend backend_nvme, backend_ram;

#endif
