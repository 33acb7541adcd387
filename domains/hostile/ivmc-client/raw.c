/* The protocol's first steps, as the client driver makes them. */
#include "raw.h"

#include <ringside-rt/grant.h>
#include <ringside-rt/ivmc_registry.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/string.h>
#include <ringside-rt/test.h>
#include <ringside-rt/timer.h>

#define TRIES 200
#define TRY_US 100

void raw_pause(unsigned us)
{
    sleep_ns(us * NS_PER_US);
}

/* Consecutive references, as an area must have them. */
static grant_ref_t grant_pages(const struct raw *raw, const void *memory, unsigned pages)
{
    int first = grant_access(raw->server, memory, false);
    test_need(first > 0);
    for (unsigned i = 1; i < pages; i++)
        test_need(grant_access(raw->server, (const char *)memory + i * PAGE_SIZE, false) ==
                  first + (int)i);
    return (grant_ref_t)first;
}

static void find_server(struct raw *raw)
{
    struct ivmc_fetch server;
    for (unsigned i = 0; i < TRIES; i++, raw_pause(TRY_US)) {
        if (ivmc_fetch_server(raw->service, &server) == 0) {
            raw->server = server.domid;
            return;
        }
    }
    test_error("no server of %s", raw->service);
}

void raw_init(struct raw *raw, const char *service)
{
    *raw = (struct raw){.service = service};
    find_server(raw);
    test_need(scq_bytes(RAW_ORDER) <= PAGE_SIZE);
    uint8_t *rings = page_alloc(IVMC_SHARED_RINGS);
    raw->page = page_alloc(1);
    raw->slots = page_alloc(1);
    raw->data = page_alloc(RAW_DATA_PAGES);
    test_need(rings && raw->page && raw->slots && raw->data);
    raw->page_ref = grant_pages(raw, raw->page, 1);
    raw->rings_ref = grant_pages(raw, rings, IVMC_SHARED_RINGS);
    raw->slots_ref = grant_pages(raw, raw->slots, 1);
    raw->data_ref = grant_pages(raw, raw->data, RAW_DATA_PAGES);
    for (unsigned i = 0; i < IVMC_SHARED_RINGS; i++) {
        raw->rings[i] = (struct ivmc_ring *)(rings + i * PAGE_SIZE);
        scq_attach(&raw->scq[i], raw->rings[i], RAW_ORDER);
    }
}

void raw_build(struct raw *raw)
{
    int port = event_alloc_unbound(raw->server);
    test_need(port > 0);
    if (raw->port)
        event_close(raw->port);
    raw->port = (evtchn_port_t)port;
    for (unsigned i = 0; i < IVMC_SHARED_RINGS; i++) {
        memset(raw->rings[i], 0, PAGE_SIZE);
        scq_init_empty(&raw->scq[i]);
        raw->rings[i]->receiver = IVMC_ACTIVE;
    }
    memset(raw->slots, 0, PAGE_SIZE);
    *raw->page = (struct ivmc_channel){
        .magic = IVMC_MAGIC,
        .version = IVMC_VERSION,
        .epoch = ++raw->epoch,
        .order = RAW_ORDER,
        .path = IVMC_DIRECT,
        .port = raw->port,
        .ring_stride = PAGE_SIZE,
        .rings = {raw->rings_ref, IVMC_SHARED_RINGS},
        .slots = {raw->slots_ref, 1},
        .data = {raw->data_ref, RAW_DATA_PAGES},
    };
}

int raw_register(struct raw *raw)
{
    struct ivmc_register reply;
    return ivmc_register_client(raw->service, raw->page_ref, raw->epoch, &reply);
}

bool raw_connect(struct raw *raw)
{
    raw_build(raw);
    if (raw_register(raw))
        return false;
    for (unsigned i = 0; i < TRIES; i++, raw_pause(TRY_US)) {
        if (READ_ONCE(raw->page->server_epoch) != raw->epoch)
            continue;
        if (READ_ONCE(raw->page->server_state) != IVMC_CONNECTING)
            return raw->page->server_state == IVMC_CONNECTED;
    }
    return false;
}

struct ivmc_request raw_request(struct raw *raw)
{
    return (struct ivmc_request){
        .sequence = ++raw->sequence,
        .epoch = raw->epoch,
        .op = IVMC_READ,
        .length = 512,
        .large = 0xffffffff,
    };
}

void raw_send(struct raw *raw, unsigned slot, const struct ivmc_request *request)
{
    unsigned ring = request->op == IVMC_READ ? IVMC_READ_REQUEST : IVMC_WRITE_REQUEST;
    raw->slots[slot % RAW_ENTRIES].request = *request;
    scq_enqueue(&raw->scq[ring], slot % RAW_ENTRIES);
    event_send(raw->port);
}

int raw_receive(struct raw *raw, unsigned ring)
{
    for (unsigned i = 0; i < TRIES; i++, raw_pause(TRY_US)) {
        int index = scq_dequeue(&raw->scq[ring]);
        if (index != SCQ_EMPTY)
            return index;
    }
    return -1;
}
