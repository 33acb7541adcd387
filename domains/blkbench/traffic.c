/* The client's own counts: what it sent, what it received, how often its receiver slept. */
#include "traffic.h"

#include <ringside-rt/blk_options.h>
#include <ringside-rt/ivmc.h>

struct traffic traffic_of(struct blk *blk)
{
    if (!blk_path_is_ivmc())
        return (struct traffic){0};
    const struct ivmc_statistics *statistics = ivmc_client_statistics(blk);
    return (struct traffic){
        .notifications = statistics->notified + statistics->notifications,
        .sleeps = statistics->sleeps,
    };
}
