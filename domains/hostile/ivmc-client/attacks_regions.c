/* Attacks of a server that names its client's memory to the storage server: an accomplice's. */
#include "attacks.h"

#include <ringside-rt/cmdline.h>
#include <ringside-rt/grant.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/ivmc_registry.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/string.h>
#include <ringside-rt/test.h>

#define SERVICE "own"
#define PAGES 4u

static uint64_t region(uint64_t number)
{
    return number << IVMC_REGION_SHIFT;
}

static int call(struct raw *raw, struct ivmc_request request)
{
    request.sequence = ++raw->sequence;
    raw_send(raw, 0, &request);
    bool reads = request.op == IVMC_READ;
    int slot = raw_receive(raw, reads ? IVMC_READ_RESPONSE : IVMC_WRITE_RESPONSE);
    test_equal(slot, 0);
    return raw->slots[0].response.status;
}

static struct ivmc_request attach(struct raw *raw, uint64_t owner, uint32_t ref, uint32_t pages)
{
    struct ivmc_request request = raw_request(raw);
    request.op = IVMC_ATTACH;
    request.block = owner;
    request.large = ref;
    request.length = pages;
    request.data = region(1);
    return request;
}

static int detach(struct raw *raw, uint64_t number)
{
    struct ivmc_request request = attach(raw, 0, 0, 0);
    request.op = IVMC_DETACH;
    request.data = region(number);
    return call(raw, request);
}

static int read_to(struct raw *raw, uint64_t data, uint32_t length)
{
    struct ivmc_request request = raw_request(raw);
    request.data = data;
    request.length = length;
    return call(raw, request);
}

/* Of a domain that is no client of ours; of one that is, but not so; numbers that are none. */
static void attach_wrong(struct raw *raw, struct random *random, const struct ivmc_fetch *owner)
{
    domid_t honest = (domid_t)cmdline_u64("honest", 0), domid = owner->domid;
    grant_ref_t ref = owner->channel_ref;
    for (uint32_t i = 0; i < 32; i++)
        test_equal(call(raw, attach(raw, honest, i, 1)), -XEN_ENOENT);
    test_equal(call(raw, attach(raw, raw->server, ref, 1)), -XEN_ENOENT);
    test_equal(call(raw, attach(raw, domid | 1ul << 16, ref, 1)), -XEN_EINVAL);
    test_equal(call(raw, attach(raw, DOMID_SELF, ref, 1)), -XEN_EINVAL);
    test_equal(call(raw, attach(raw, domid, ref, 0)), -XEN_EINVAL);
    test_equal(call(raw, attach(raw, domid, ref, PAGES + 1)), -XEN_EACCES);
    test_equal(call(raw, attach(raw, domid, ref, IVMC_MAX_DATA_PAGES + 1)), -XEN_ENOSPC);
    test_equal(call(raw, attach(raw, domid, ref, UINT32_MAX)), -XEN_ENOSPC);
    for (unsigned i = 0; i < 20; i++) {
        struct ivmc_request request = attach(raw, domid, ref, PAGES);
        request.data = random_below(random, 2) ? region(IVMC_MAX_REGIONS + 1 + i) : i;
        request.op = random_below(random, 2) ? IVMC_ATTACH : IVMC_DETACH;
        test_equal(call(raw, request), -XEN_EINVAL);
    }
    test_equal(read_to(raw, region(1), 512), -XEN_EINVAL);
}

/* The reads of all slots but the first: done, or of a region that is no more. */
static void receive_reads(struct raw *raw)
{
    static bool answered[1 << IVMC_MAX_ORDER];
    memset(answered, 0, raw->entries);
    for (unsigned i = 1; i < raw->entries; i++) {
        int slot = raw_receive(raw, IVMC_READ_RESPONSE);
        test_need(slot > 0); /* each read is answered */
        test_check(!answered[slot], "slot %d is answered twice", slot);
        answered[slot] = true;
        int status = raw->slots[slot].response.status;
        test_check(!status || status == -XEN_EINVAL, "a read's status is %d", status);
    }
}

/* From a sound region on: what is not in it, and what goes away under requests that name it. */
static void use(struct raw *raw, struct random *random, const struct ivmc_fetch *owner)
{
    const uint64_t bytes = PAGES * PAGE_SIZE;
    struct ivmc_request good = attach(raw, owner->domid, owner->channel_ref, PAGES);
    test_equal(call(raw, good), 0);
    test_equal(call(raw, good), -XEN_EEXIST);
    test_equal(read_to(raw, region(1), 512), 0);
    test_equal(read_to(raw, region(1) + bytes - 512, 512), 0);
    test_equal(read_to(raw, region(1) + bytes - 508, 512), -XEN_EINVAL);
    test_equal(read_to(raw, region(1) + 2, 512), -XEN_EINVAL);
    test_equal(read_to(raw, region(2) - 512, 512), -XEN_EINVAL);
    test_equal(read_to(raw, region(2), 512), -XEN_EINVAL);
    test_equal(read_to(raw, UINT64_MAX - 511, 512), -XEN_EINVAL);
    test_equal(read_to(raw, region(1), 0xfffffe00), -XEN_EINVAL);
    test_equal(detach(raw, 2), -XEN_ENOENT);
    for (unsigned slot = 1; slot < raw->entries; slot++) {
        struct ivmc_request request = raw_request(raw);
        request.data = region(1) + 512 * random_below(random, bytes / 512);
        raw_send(raw, slot, &request);
    }
    int status = detach(raw, 1);
    test_check(!status || status == -XEN_EBUSY, "detaching under reads: status %d", status);
    receive_reads(raw);
}

void attack_regions(struct raw *raw, struct random *random)
{
    static struct ivmc_register reply;
    struct ivmc_fetch owner;
    if (!reply.port)
        test_returns(ivmc_register_server(SERVICE, &reply), 0);
    for (unsigned i = 0; ivmc_fetch_client(SERVICE, 0, &owner); i++, raw_pause(100))
        test_need(i < 100);
    test_check(raw_connect(raw), "the server does not take a sound channel");
    attach_wrong(raw, random, &owner);
    use(raw, random, &owner);
}

void accomplice(void)
{
    struct ivmc_register reply;
    void *pages = page_alloc(PAGES);
    int ref = grant_access_range((domid_t)cmdline_u64("server", 0), pages, PAGES, false);
    test_need(pages && ref > 0);
    test_returns(ivmc_register_client(SERVICE, (grant_ref_t)ref, 1, &reply), 0);
    raw_pause((unsigned)cmdline_u64("lives", 1000000));
    test_end_by_fault();
}
