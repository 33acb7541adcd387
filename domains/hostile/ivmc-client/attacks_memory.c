/* Attacks by memory that changes, or goes, while the server uses it. */
#include "attacks.h"

#include <ringside-rt/cmdline.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/smp.h>
#include <ringside-rt/test.h>

static void send_all(struct raw *raw)
{
    for (unsigned slot = 0; slot < raw->entries; slot++) {
        struct ivmc_request request = raw_request(raw);
        raw_send(raw, slot, &request);
    }
}

static void reservation(unsigned op, const void *memory, size_t bytes)
{
    for (size_t at = 0; at < bytes; at += PAGE_SIZE) {
        xen_pfn_t gfn = ((uintptr_t)memory + at) >> PAGE_SHIFT;
        struct xen_memory_reservation arg = {
            .extent_start = &gfn,
            .nr_extents = 1,
            .domid = DOMID_SELF,
        };
        test_returns(HYPERVISOR_memory_op(op, &arg), 1);
    }
}

static void all_memory(const struct raw *raw, unsigned op)
{
    reservation(op, raw->page, PAGE_SIZE);
    reservation(op, raw->rings[0], IVMC_SHARED_RINGS * raw->stride);
    reservation(op, raw->slots, raw->slots_bytes);
    reservation(op, raw->data, raw->data_bytes);
}

void attack_vanish(struct raw *raw, struct random *random)
{
    test_check(raw_connect(raw), "the server does not take a sound channel");
    send_all(raw);
    raw_pause((unsigned)random_below(random, 20));
    all_memory(raw, XENMEM_decrease_reservation);
    event_send(raw->port);
    raw_pause(100);
    all_memory(raw, XENMEM_populate_physmap);
}

static struct raw *raced;
static uint64_t first_block;

/* Blocks that are another client's are not touched by what happens to be in order. */
static void change(struct ivmc_request *request, struct random *random)
{
    uint64_t any = random_next(random);
    WRITE_ONCE(request->op, (uint16_t)(any % 7));
    WRITE_ONCE(request->flags, (uint16_t)(any >> 8 & 3));
    WRITE_ONCE(request->block, first_block + (any >> 10 & 1 ? any >> 16 : any >> 16 & 63));
    WRITE_ONCE(request->length, (uint32_t)(any >> 20 & 7) * 512);
    WRITE_ONCE(request->data, any >> 24 & 0xffff);
    WRITE_ONCE(request->epoch, raced->epoch + !(any >> 56));
}

static void change_for_ever(void *random)
{
    for (;;) {
        uint64_t any = random_next(random);
        unsigned ring = (unsigned)(any & 3);
        change(&raced->slots[any >> 8 & (raced->entries - 1)].request, random);
        if (any >> 60 == 0) {
            WRITE_ONCE(raced->scq[ring].entries[any >> 16 & (raced->entries - 1)], any >> 32);
            WRITE_ONCE(raced->rings[ring]->receiver, (int32_t)(any >> 40 & 3) - 1);
        }
    }
}

void attack_race(struct raw *raw, struct random *random)
{
    static struct random other;
    test_check(raw_connect(raw), "the server does not take a sound channel");
    if (!raced) {
        raced = raw;
        first_block = cmdline_u64("first", 0);
        other = *random;
        test_returns(smp_start(1, change_for_ever, &other), 0);
    }
    for (unsigned i = 0; i < 10; i++) {
        send_all(raw);
        raw_pause(200);
    }
}
