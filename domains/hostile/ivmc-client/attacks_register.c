/* Attacks before there is a channel: registering, and what the channel page says. */
#include "attacks.h"

#include <ringside-rt/ivmc_registry.h>
#include <ringside-rt/string.h>
#include <ringside-rt/test.h>

void attack_register(struct raw *raw, struct random *random)
{
    struct ivmc_register reply;
    for (unsigned i = 0; i < 20; i++) {
        grant_ref_t wild = (grant_ref_t)random_next(random);
        int rc = ivmc_register_client(raw->service, wild, ++raw->epoch, &reply);
        test_check(!rc, "registering anew: %d", rc);
        if (i % 4 == 0)
            raw_pause(10);
        raw_build(raw);
        test_returns(raw_register(raw), 0);
        test_returns(ivmc_register_client(raw->service, raw->page_ref, raw->epoch, &reply),
                     -XEN_EINVAL);
    }
    test_check(raw_connect(raw), "after all that a sound channel is not taken");
}

/* A word of the client's half of the page. */
static void spoil(struct ivmc_channel *page, struct random *random)
{
    uint32_t *words = (uint32_t *)page;
    size_t half = offsetof(struct ivmc_channel, server_state) / sizeof(uint32_t);
    words[random_below(random, half)] = (uint32_t)random_next(random);
}

void attack_page(struct raw *raw, struct random *random)
{
    raw_build(raw);
    spoil(raw->page, random);
    test_returns(raw_register(raw), 0);
    for (unsigned i = 0; i < 20; i++) {
        raw_pause(5);
        spoil(raw->page, random);
    }
    memset(raw->page, 0xff, sizeof(*raw->page));
    event_send(raw->port);
    test_check(raw_connect(raw), "after a page of nonsense a sound channel is not taken");
}
