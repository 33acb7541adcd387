/* The protocol as a server has to keep it; variants.c does not. */
#include "serve.h"

#include <ringside-rt/grant.h>
#include <ringside-rt/ivmc_registry.h>
#include <ringside-rt/test.h>
#include <ringside-rt/timer.h>

#define POLL_NS (50 * NS_PER_US)
#define LIFE_NS (3 * NS_PER_S)

static bool client_there(struct serve *serve, struct ivmc_fetch *record)
{
    return ivmc_fetch_client(serve->service, 0, record) == 0 && record->channel_ref;
}

void serve_init(struct serve *serve, const char *service)
{
    struct ivmc_register reply;
    *serve = (struct serve){.service = service, .random = random_default()};
    test_need(ivmc_register_server(service, &reply) == 0);
    uint64_t end = clock_ns() + LIFE_NS;
    while (!client_there(serve, &serve->client)) {
        if (clock_ns() > end)
            test_error("no client of %s", service);
        sleep_ns(POLL_NS);
    }
}

static void *map(const struct serve *serve, grant_ref_t ref)
{
    struct grant_mapping mapping;
    test_need(grant_map(serve->client.domid, ref, 0, &mapping) == GNTST_okay);
    return mapping.address;
}

static void attach(struct serve *serve)
{
    serve->page = map(serve, serve->client.channel_ref);
    struct ivmc_channel page = *serve->page;
    if (page.order != SERVE_ORDER)
        test_error("the client must have order=%u", SERVE_ORDER);
    for (unsigned i = 0; i < IVMC_SHARED_RINGS; i++)
        scq_attach(&serve->scq[i], map(serve, page.rings.first_ref + i), SERVE_ORDER);
    serve->slots = map(serve, page.slots.first_ref);
    int port = event_bind_interdomain(serve->client.domid, page.port);
    test_need(port > 0);
    serve->port = (evtchn_port_t)port;
}

void serve_connect(struct serve *serve)
{
    serve->page->status = 0;
    serve->page->block_bytes = 512;
    serve->page->blocks = 4096;
    serve->page->max_transfer = 65536;
    serve->page->server_epoch = serve->client.epoch;
    write_barrier();
    serve->page->server_state = IVMC_CONNECTED;
}

unsigned serve_ring(const struct serve *serve, unsigned slot)
{
    uint16_t op = serve->slots[slot].request.op;
    bool reads = op == IVMC_READ || op & IVMC_OP_READS;
    return reads ? IVMC_READ_RESPONSE : IVMC_WRITE_RESPONSE;
}

void serve_enqueue(struct serve *serve, unsigned ring, unsigned slot)
{
    scq_enqueue(&serve->scq[ring], slot);
}

void serve_answer(struct serve *serve, unsigned slot, int status)
{
    struct ivmc_request request = serve->slots[slot].request;
    serve->slots[slot].response = (struct ivmc_response){
        .sequence = request.sequence,
        .epoch = request.epoch,
        .status = status,
        .length = request.length,
        .result = serve->result,
    };
    serve_enqueue(serve, serve_ring(serve, slot), slot);
}

static void look(struct serve *serve, const struct variant *variant)
{
    for (unsigned ring = IVMC_WRITE_REQUEST; ring <= IVMC_READ_REQUEST; ring++) {
        int slot = scq_dequeue(&serve->scq[ring]);
        if (slot < 0)
            continue;
        serve->requests++;
        if (variant->answer)
            variant->answer(serve, (unsigned)slot);
        event_send(serve->port);
    }
}

void serve_client(struct serve *serve, const struct variant *variant)
{
    uint64_t end = clock_ns() + LIFE_NS;
    struct ivmc_fetch now;
    attach(serve);
    if (variant->connect)
        variant->connect(serve);
    else
        serve_connect(serve);
    event_send(serve->port);
    while (clock_ns() < end && client_there(serve, &now) && now.epoch == serve->client.epoch) {
        look(serve, variant);
        sleep_ns(POLL_NS);
    }
}
