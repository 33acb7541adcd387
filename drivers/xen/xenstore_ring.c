/*
 * The wire of xenstore: bytes in and out of the two rings, one request under way at a time, and a
 * thread's own answer told from watch events, which may come before it.
 */
#include <ringside-rt/cpu.h>
#include <ringside-rt/event.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/paging.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>
#include <ringside-rt/thread_queue.h>
#include <ringside-rt/xenstore_ring.h>

static struct xenstore_domain_interface *ring;
static evtchn_port_t port;
static struct mutex lock;           /* who may read and write the rings */
static struct thread_queue waiters; /* for anything to happen on the rings */
static uint32_t last_request;
static char payload[XENSTORE_PAYLOAD_MAX + 1];

static void activity(evtchn_port_t from, void *arg)
{
    struct thread *waiter;
    (void)from;
    (void)arg;
    while ((waiter = thread_queue_take(&waiters)))
        thread_wake(waiter);
}

static bool can_put(void)
{
    return ring->req_prod - READ_ONCE(ring->req_cons) < sizeof(ring->req);
}

static bool can_get(void)
{
    return READ_ONCE(ring->rsp_prod) != ring->rsp_cons;
}

/* Sleeps until something happens, unless what we wait for is true already. */
static void wait_unless(bool (*condition)(void))
{
    bool irq = irq_save();
    if (!condition()) {
        thread_queue_add(&waiters, thread_current());
        thread_block();
    }
    irq_restore(irq);
}

static void start(void)
{
    uint64_t gfn, event;
    if (hvm_param_get(HVM_PARAM_STORE_PFN, &gfn) || !gfn ||
        hvm_param_get(HVM_PARAM_STORE_EVTCHN, &event) || !event)
        return;
    paging_map(gfn << PAGE_SHIFT, gfn << PAGE_SHIFT, 1, PAGING_WRITE);
    port = (evtchn_port_t)event;
    ring = (struct xenstore_domain_interface *)(gfn << PAGE_SHIFT);
    event_handler_set(port, activity, NULL);
}

struct xenstore_domain_interface *xenstore_ring(void)
{
    if (!ring)
        start();
    return ring;
}

unsigned xenstore_port(void)
{
    return xenstore_ring() ? port : 0;
}

static void put(const void *bytes, size_t length)
{
    const char *from = bytes;
    while (length) {
        if (!can_put()) {
            event_send(port);
            wait_unless(can_put);
            continue;
        }
        ring->req[ring->req_prod % sizeof(ring->req)] = *from++;
        write_barrier();
        WRITE_ONCE(ring->req_prod, ring->req_prod + 1);
        length--;
    }
}

/* What does not fit into room bytes is taken off the ring and dropped. */
static void get(void *bytes, size_t length, size_t room)
{
    char *to = bytes;
    for (size_t i = 0; i < length;) {
        if (!can_get()) {
            event_send(port); /* there is room for more */
            wait_unless(can_get);
            continue;
        }
        read_barrier();
        char byte = ring->rsp[ring->rsp_cons % sizeof(ring->rsp)];
        WRITE_ONCE(ring->rsp_cons, ring->rsp_cons + 1);
        if (i++ < room)
            *to++ = byte;
    }
    event_send(port);
}

/* Takes one message off the ring; watch events are handed on here. */
static void receive(struct xsd_sockmsg *header)
{
    get(header, sizeof(*header), sizeof(*header));
    get(payload, header->len, XENSTORE_PAYLOAD_MAX);
    if (header->len > XENSTORE_PAYLOAD_MAX)
        header->len = XENSTORE_PAYLOAD_MAX;
    payload[header->len] = 0;
    if (header->type == XS_WATCH_EVENT)
        xenstore_watch_fired(payload, payload + strlen(payload) + 1);
}

/* -XEN_E... for the name in an error answer. */
static int error_of(const char *name)
{
    for (int number = 1; number < 128; number++)
        if (strcmp(errno_name(number), name) == 0)
            return -number;
    return -XEN_EIO;
}

int xenstore_call(uint32_t type, uint32_t transaction, const void *request, size_t length,
                  void *reply, size_t size)
{
    if (!xenstore_ring())
        return -XEN_ENODEV;
    mutex_lock(&lock);
    struct xsd_sockmsg header = {type, ++last_request, transaction, (uint32_t)length};
    put(&header, sizeof(header));
    put(request, length);
    event_send(port);
    do
        receive(&header);
    while (header.type == XS_WATCH_EVENT || header.req_id != last_request);
    int result = (int)header.len;
    if (header.type == XS_ERROR) {
        result = error_of(payload);
    } else if (reply) {
        if (size <= header.len)
            result = -XEN_E2BIG;
        else
            memcpy(reply, payload, header.len + 1);
    }
    mutex_unlock(&lock);
    return result;
}

void xenstore_wait_watch(const unsigned *fired)
{
    struct xsd_sockmsg header;
    while (!*fired) {
        mutex_lock(&lock);
        while (!*fired && can_get())
            receive(&header);
        mutex_unlock(&lock);
        if (!*fired)
            wait_unless(can_get);
    }
}
