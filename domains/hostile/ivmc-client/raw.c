/* The protocol's first steps, as the client driver makes them. */
#include "raw.h"

#include <ringside-rt/cmdline.h>
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
static grant_ref_t grant_pages(const struct raw *raw, const void *memory, size_t bytes)
{
    unsigned pages = (unsigned)(bytes / PAGE_SIZE);
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
    unsigned order = (unsigned)cmdline_u64("order", IVMC_MIN_ORDER);
    *raw = (struct raw){
        .service = service,
        .order = order,
        .entries = 1u << order,
        .stride = ALIGN_UP(scq_bytes(order), PAGE_SIZE),
        .slots_bytes = ALIGN_UP(sizeof(struct ivmc_slot) << order, PAGE_SIZE),
        .data_bytes = cmdline_u64("pages", 4) * PAGE_SIZE,
    };
    find_server(raw);
    uint8_t *rings = page_alloc(IVMC_SHARED_RINGS * raw->stride / PAGE_SIZE);
    raw->page = page_alloc(1);
    raw->slots = page_alloc(raw->slots_bytes / PAGE_SIZE);
    raw->data = page_alloc(raw->data_bytes / PAGE_SIZE);
    test_need(rings && raw->page && raw->slots && raw->data);
    raw->page_ref = grant_pages(raw, raw->page, PAGE_SIZE);
    raw->rings_ref = grant_pages(raw, rings, IVMC_SHARED_RINGS * raw->stride);
    raw->slots_ref = grant_pages(raw, raw->slots, raw->slots_bytes);
    raw->data_ref = grant_pages(raw, raw->data, raw->data_bytes);
    for (unsigned i = 0; i < IVMC_SHARED_RINGS; i++) {
        raw->rings[i] = (struct ivmc_ring *)(rings + i * raw->stride);
        scq_attach(&raw->scq[i], raw->rings[i], order);
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
        memset(raw->rings[i], 0, raw->stride);
        scq_init_empty(&raw->scq[i]);
        raw->rings[i]->receiver = IVMC_ACTIVE;
    }
    memset(raw->slots, 0, raw->slots_bytes);
    *raw->page = (struct ivmc_channel){
        .magic = IVMC_MAGIC,
        .version = IVMC_VERSION,
        .epoch = ++raw->epoch,
        .order = raw->order,
        .path = IVMC_DIRECT,
        .port = raw->port,
        .ring_stride = (uint32_t)raw->stride,
        .rings = {raw->rings_ref, (uint32_t)(IVMC_SHARED_RINGS * raw->stride / PAGE_SIZE)},
        .slots = {raw->slots_ref, (uint32_t)(raw->slots_bytes / PAGE_SIZE)},
        .data = {raw->data_ref, (uint32_t)(raw->data_bytes / PAGE_SIZE)},
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
    raw->slots[slot % raw->entries].request = *request;
    scq_enqueue(&raw->scq[ring], slot % raw->entries);
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
