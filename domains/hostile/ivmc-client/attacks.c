/* Attacks on a channel that is connected: its memory, its requests, its notifications. */
#include "attacks.h"

#include <ringside-rt/cmdline.h>
#include <ringside-rt/grant.h>
#include <ringside-rt/print.h>
#include <ringside-rt/test.h>

static void connect(struct raw *raw)
{
    test_check(raw_connect(raw), "epoch %u: the server does not take a sound channel", raw->epoch);
}

static uint64_t wild(struct random *random)
{
    static const uint64_t edges[] = {
        0, 1, 511, 512, 4096, 0x7fffffff, 0x80000000, 0xffffffff, 1ul << 32, 1ul << 52, 1ul << 63,
        UINT64_MAX, UINT64_MAX - 511, UINT64_MAX / 512, UINT64_MAX / 512 + 1,
    };
    uint64_t choice = random_below(random, 2 * ARRAY_SIZE(edges));
    return choice < ARRAY_SIZE(edges) ? edges[choice] : random_next(random);
}

static void some_requests(struct raw *raw)
{
    for (unsigned slot = 0; slot < 4; slot++) {
        struct ivmc_request request = raw_request(raw);
        raw_send(raw, slot, &request);
    }
}

void attack_memory(struct raw *raw, struct random *random)
{
    connect(raw);
    some_requests(raw);
    for (unsigned i = 0; i < 200; i++) {
        uint64_t *ring = (uint64_t *)raw->rings[random_below(random, IVMC_SHARED_RINGS)];
        ring[random_below(random, raw->stride / 8)] = wild(random);
        ((uint64_t *)raw->slots)[random_below(random, raw->slots_bytes / 8)] = wild(random);
        if (i % 8 == 0)
            ((uint64_t *)raw->page)[random_below(random, 16)] = wild(random);
        event_send(raw->port);
        if (i % 32 == 0)
            raw_pause(20);
    }
}

void attack_indices(struct raw *raw, struct random *random)
{
    connect(raw);
    for (unsigned i = 0; i < 8; i++) {
        struct scq *scq = &raw->scq[random_below(random, IVMC_SHARED_RINGS)];
        some_requests(raw);
        for (unsigned n = 0; n < 2 * raw->entries; n++)
            scq->entries[n] ^= random_next(random) & 0x7f;
        scq->ring->tail += random_below(random, 3);
        scq->ring->threshold = 3 * raw->entries - 1;
        event_send(raw->port);
        raw_pause(20);
    }
}

void attack_duplicates(struct raw *raw, struct random *random)
{
    connect(raw);
    struct ivmc_request request = raw_request(raw);
    unsigned slot = (unsigned)random_below(random, raw->entries);
    raw->slots[slot].request = request;
    for (unsigned i = 0; i < 3; i++)
        scq_enqueue(&raw->scq[IVMC_READ_REQUEST], slot);
    scq_enqueue(&raw->scq[IVMC_WRITE_REQUEST], slot);
    event_send(raw->port);
    raw_pause(50);
}

void attack_requests(struct raw *raw, struct random *random)
{
    /* Blocks that are another client's must not be written to by what happens to be in order. */
    uint64_t first = cmdline_u64("first", 0);
    connect(raw);
    for (unsigned i = 0; i < raw->entries; i++) {
        struct ivmc_request request = raw_request(raw);
        switch (random_below(random, 8)) {
        case 0:
            request.op = (uint16_t)wild(random);
            break;
        case 1:
            request.flags = (uint16_t)wild(random);
            break;
        case 2:
            request.block = wild(random);
            break;
        case 3:
            request.length = (uint32_t)wild(random);
            break;
        case 4:
            request.data = wild(random);
            break;
        case 5:
            request.sequence = wild(random);
            break;
        case 6:
            request.large = (uint32_t)wild(random);
            break;
        default:
            request.data = wild(random);
            request.length = (uint32_t)wild(random);
        }
        if (request.op != IVMC_READ && request.block < first)
            request.block = UINT64_MAX - request.block;
        raw_send(raw, i, &request);
    }
    /* One answer for each: an error or not, but an answer. */
    for (unsigned i = 0; i < raw->entries; i++) {
        int slot = raw_receive(raw, i % 2 ? IVMC_WRITE_RESPONSE : IVMC_READ_RESPONSE);
        if (slot >= 0)
            test_check(raw->slots[slot].response.status <= 0, "status %d",
                       raw->slots[slot].response.status);
        else
            break;
    }
    struct ivmc_request late = raw_request(raw);
    late.epoch += (uint32_t)wild(random);
    raw_send(raw, 0, &late);
    raw_pause(50);
}

void attack_revoke(struct raw *raw, struct random *random)
{
    connect(raw);
    some_requests(raw);
    test_check(!grant_end_access(raw->data_ref), "the data area was taken back while in use");
    test_check(!grant_end_access(raw->slots_ref), "the slots were taken back while in use");
    struct grant_entry_v1 *entry = grant_entry(raw->data_ref);
    struct grant_entry_v1 saved = *entry;
    entry->flags = 0; /* by force */
    entry->frame = (uint32_t)random_next(random);
    some_requests(raw);
    raw_pause(50);
    *entry = saved;
    struct grant_entry_v1 *rings = grant_entry(raw->rings_ref);
    saved = *rings;
    rings->domid = DOMID_INVALID;
    raw_register(raw); /* the same epoch again: refused */
    raw_pause(50);
    *rings = saved;
}

void attack_storm(struct raw *raw, struct random *random)
{
    connect(raw);
    for (unsigned i = 0; i < 2000; i++)
        event_send(raw->port);
    if (random_below(random, 2))
        some_requests(raw);
}

void attack_unread(struct raw *raw, struct random *random)
{
    connect(raw);
    for (unsigned i = 0; i < IVMC_SHARED_RINGS; i++)
        raw->rings[i]->receiver = (int32_t)wild(random);
    for (unsigned slot = 0; slot < raw->entries; slot++) {
        struct ivmc_request request = raw_request(raw);
        raw_send(raw, slot, &request);
        raw->rings[random_below(random, IVMC_SHARED_RINGS)]->waiters = (uint32_t)wild(random);
    }
    raw_pause(50);
}

void attack_unannounced(struct raw *raw, struct random *random)
{
    connect(raw);
    raw_pause(200); /* the server has gone to sleep */
    struct ivmc_request request = raw_request(raw);
    unsigned slot = (unsigned)random_below(random, raw->entries);
    raw->slots[slot].request = request;
    scq_enqueue(&raw->scq[IVMC_READ_REQUEST], slot);
    raw_pause(2000 * 1000); /* longer than the server's own watchdog waits */
}

void attack_greedy(struct raw *raw, struct random *random)
{
    connect(raw);
    for (unsigned slot = 0; slot < raw->entries; slot++) {
        struct ivmc_request request = raw_request(raw);
        request.length = (uint32_t)raw->data_bytes;
        raw->slots[slot].request = request;
        scq_enqueue(&raw->scq[IVMC_READ_REQUEST], slot);
    }
    event_send(raw->port);
    raw_pause((unsigned)random_below(random, 1000));
}

/*
 * Every entry some laps ahead of its neighbour. An operation on the ring goes round so often: with
 * many laps one is enough to be taken for broken, with few it takes several.
 */
static void make_dear(struct scq *scq, bool empty, struct random *random)
{
    uint64_t entries = 2 * scq->n, laps = random_below(random, 2) ? 30 : empty ? 6 : 1;
    for (uint64_t i = 0; i < entries; i++)
        scq->entries[i] = (laps * (i + 1) * entries) << 1 |
                          (empty ? 2 * entries - 1 : entries | i % (entries / 2));
}

void attack_dear(struct raw *raw, struct random *random)
{
    connect(raw);
    for (unsigned slot = 0; slot < raw->entries; slot++)
        raw->slots[slot].request = raw_request(raw);
    make_dear(&raw->scq[IVMC_READ_REQUEST], false, random);
    raw->rings[IVMC_READ_REQUEST]->tail = 1ul << 40;
    raw->rings[IVMC_READ_REQUEST]->threshold = random_below(random, 2) ? INT64_MAX : 1;
    make_dear(&raw->scq[IVMC_READ_RESPONSE], true, random);
    event_send(raw->port);
    raw_pause(100 * 1000);
}

void attack_answers(struct raw *raw, struct random *random)
{
    connect(raw);
    make_dear(&raw->scq[IVMC_READ_RESPONSE], true, random);
    for (unsigned slot = 0; slot < raw->entries; slot++) {
        raw->slots[slot].request = raw_request(raw);
        scq_enqueue(&raw->scq[IVMC_READ_REQUEST], slot);
    }
    event_send(raw->port);
    raw_pause(100 * 1000);
}

void attack_die(struct raw *raw, struct random *random)
{
    (void)random;
    connect(raw);
    some_requests(raw);
    printf("dying with requests under way\n");
    asm volatile("ud2");
}
