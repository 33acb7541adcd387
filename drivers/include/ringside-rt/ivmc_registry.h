/*
 * The IVMC registry: entering ourselves as the server or a client of a service, and finding the
 * others (hypercall ivmc_op, ringside/ivmc.h). Results are 0 or a negative errno, as there.
 *
 * A welcome port fires whenever a record of the other role comes, changes or goes. It does not fire
 * for what was there before: register first, then fetch.
 */
#ifndef RINGSIDE_RT_IVMC_REGISTRY_H
#define RINGSIDE_RT_IVMC_REGISTRY_H

#include <ringside-rt/compiler.h>
#include <ringside/abi.h>

/** Longest name of a service, without its NUL. */
#define IVMC_SERVICE_LENGTH (IVMC_SERVICE_BYTES - 1)

/**
 * Enters or replaces our record as the server. The welcome port, reply->port, is unmasked.
 *
 * @param reply everything that the registry told
 * @return -XEN_EPERM, -XEN_EEXIST, -XEN_ENOSPC; -XEN_EINVAL also for a name that is too long
 */
int ivmc_register_server(const char *service, struct ivmc_register *reply);

/**
 * The same for a client, with its channel page.
 *
 * @param epoch 1 for the first channel of this life of the domain, then always greater
 */
int ivmc_register_client(const char *service, grant_ref_t channel, uint32_t epoch,
                         struct ivmc_register *reply);

/** The server's record; -XEN_ENOENT when there is none. */
int ivmc_fetch_server(const char *service, struct ivmc_fetch *record);

/**
 * The first client's record at or after a slot; -XEN_ENOENT when there is none. To see all, begin
 * with 0 and go on behind record->slot.
 */
int ivmc_fetch_client(const char *service, uint32_t slot, struct ivmc_fetch *record);

/**
 * Whether a client of ours is the server of another domain.
 *
 * @return 0: it is; -XEN_EPERM: it is no client of ours; -XEN_ENOENT: it is not
 */
int ivmc_serves(domid_t server, domid_t client);

#endif
