/* Rendezvous through xenstore, then steps through a shared page and an event channel. */
#include <ringside-rt/cmdline.h>
#include <ringside-rt/event.h>
#include <ringside-rt/grant.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>
#include <ringside-rt/test.h>
#include <ringside-rt/test_pair.h>
#include <ringside-rt/xenstore.h>

#define NODE "data/test-pair"

/* Each domain writes its own step only. */
struct test_pair_page {
    uint64_t step[2];
    volatile uint64_t words[TEST_PAIR_WORDS];
};

static void offer(struct test_pair *pair)
{
    char perms[32];
    pair->page = page_alloc(1);
    int ref = grant_access(pair->peer, pair->page, false);
    int port = event_alloc_unbound(pair->peer);
    test_need(ref > 0 && port > 0);
    pair->port = (evtchn_port_t)port;
    snprintf(perms, sizeof(perms), "n%u r%u", pair->self, pair->peer);
    test_need(xenstore_write(0, NODE, "%d %d", ref, port) == 0);
    test_need(xenstore_set_perms(0, NODE, perms) == 0);
}

static void accept(struct test_pair *pair)
{
    char path[64], text[64];
    struct grant_mapping mapping;
    const char *end;
    snprintf(path, sizeof(path), "/local/domain/%u/%s", pair->peer, NODE);
    test_need(xenstore_wait_read(path, text, sizeof(text)) > 0);
    grant_ref_t ref = (grant_ref_t)strtou64(text, &end);
    evtchn_port_t remote = (evtchn_port_t)strtou64(end + 1, NULL);
    test_need(grant_map(pair->peer, ref, 0, &mapping) == GNTST_okay);
    int port = event_bind_interdomain(pair->peer, remote);
    test_need(port > 0);
    pair->page = mapping.address;
    pair->port = (evtchn_port_t)port;
}

void test_pair_meet(struct test_pair *pair)
{
    if (!cmdline_get("peer"))
        test_skip("needs another domain: peer=DOMID");
    pair->peer = (domid_t)cmdline_u64("peer", 0);
    int self = xenstore_domid();
    test_need(self > 0);
    pair->self = (domid_t)self;
    pair->first = pair->self < pair->peer;
    if (pair->first)
        offer(pair);
    else
        accept(pair);
    test_pair_step(pair);
}

void test_pair_step(struct test_pair *pair)
{
    uint64_t step = pair->page->step[!pair->first] + 1;
    full_barrier();
    WRITE_ONCE(pair->page->step[!pair->first], step);
    event_send(pair->port);
    while (READ_ONCE(pair->page->step[pair->first]) < step)
        event_wait(pair->port);
    full_barrier();
}

volatile uint64_t *test_pair_words(struct test_pair *pair)
{
    return pair->page->words;
}
