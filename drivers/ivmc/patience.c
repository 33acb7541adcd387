/*
 * Says so when a server keeps its client waiting: a line for each time that there was neither an
 * answer nor a new channel for PATIENCE. What to do about it is the program's affair; requests go
 * on waiting, since the server may be on its way back.
 *
 * Invariant: the timer is set as long as anything is waited for, and for once after that.
 */
#include "client.h"
#include <ringside-rt/clock.h>
#include <ringside-rt/print.h>

#define PATIENCE_S 1
#define PATIENCE_NS (PATIENCE_S * NS_PER_S)

static bool waiting(const struct ivmc_client *client)
{
    return client->gate == CLOSED || (client->gate == OPEN && client->in_flight);
}

/* Changes whenever the server has done anything for us. */
static uint64_t progress(const struct ivmc_client *client)
{
    return client->statistics.requests + client->epoch + (client->gate == OPEN);
}

static void complain(const struct ivmc_client *client)
{
    if (client->gate == CLOSED)
        printf("ivmc: %s: no server has taken our channel for %u s; waiting\n", client->service,
               PATIENCE_S);
    else
        printf("ivmc: %s: no answer to any of %u requests for %u s; waiting\n", client->service,
               client->in_flight, PATIENCE_S);
}

static void look(void *arg)
{
    struct ivmc_client *client = arg;
    bool stalled = waiting(client) && progress(client) == client->progress;
    if (stalled && !client->complained)
        complain(client);
    client->complained = stalled;
    if (waiting(client))
        ivmc_client_patience(client);
}

void ivmc_client_patience(struct ivmc_client *client)
{
    if (client->patience.set)
        return;
    client->progress = progress(client);
    timer_set(&client->patience, clock_ns() + PATIENCE_NS, look, client);
}
