/* What a server can do wrong. */
#include "serve.h"

#include <ringside-rt/print.h>

#define STORM 500

static void refuse(struct serve *serve)
{
    serve->page->status = -XEN_EPERM;
    serve->page->server_epoch = serve->client.epoch;
    serve->page->server_state = IVMC_REFUSED;
}

static void refuse_oddly(struct serve *serve)
{
    refuse(serve);
    serve->page->status = 5;
}

static void no_geometry(struct serve *serve)
{
    serve_connect(serve);
    serve->page->block_bytes = 0;
}

static void odd_geometry(struct serve *serve)
{
    serve_connect(serve);
    serve->page->block_bytes = 513;
}

static void huge_geometry(struct serve *serve)
{
    serve_connect(serve);
    serve->page->block_bytes = 1u << 31;
    serve->page->blocks = UINT64_MAX / 2;
}

static void no_transfer(struct serve *serve)
{
    serve_connect(serve);
    serve->page->max_transfer = 0;
}

static void nothing(struct serve *serve)
{
    (void)serve;
}

static void garbage(struct serve *serve, unsigned slot)
{
    uint64_t *response = (uint64_t *)&serve->slots[slot].response;
    for (unsigned i = 0; i < sizeof(struct ivmc_response) / 8; i++)
        response[i] = random_next(serve->random);
    serve_enqueue(serve, serve_ring(serve, slot), slot);
}

static void status(struct serve *serve, unsigned slot)
{
    serve_answer(serve, slot, 77);
}

static void length(struct serve *serve, unsigned slot)
{
    serve->slots[slot].request.length += 512;
    serve_answer(serve, slot, 0);
}

static void sequence(struct serve *serve, unsigned slot)
{
    serve->slots[slot].request.sequence++;
    serve_answer(serve, slot, 0);
}

static void epoch(struct serve *serve, unsigned slot)
{
    serve->slots[slot].request.epoch--;
    serve_answer(serve, slot, 0);
}

static void twice(struct serve *serve, unsigned slot)
{
    serve_answer(serve, slot, 0);
    serve_answer(serve, slot, 0);
}

static void unasked(struct serve *serve, unsigned slot)
{
    serve_answer(serve, (slot + 1) % SERVE_ENTRIES, 0);
}

static void wrong_ring(struct serve *serve, unsigned slot)
{
    serve->slots[slot].request.op ^= 1; /* a read for a write, a write for a read */
    serve_answer(serve, slot, 0);
}

static void indices(struct serve *serve, unsigned slot)
{
    serve_answer(serve, slot, 0);
    serve_enqueue(serve, IVMC_WRITE_RESPONSE, (unsigned)random_below(serve->random, 32));
    serve_enqueue(serve, IVMC_READ_RESPONSE, (unsigned)random_below(serve->random, 32));
}

static void scribble(struct serve *serve, void *memory)
{
    uint64_t *words = memory;
    for (unsigned i = 0; i < PAGE_SIZE / 8; i++)
        words[i] = random_next(serve->random);
}

static void rings(struct serve *serve, unsigned slot)
{
    (void)slot;
    for (unsigned i = 0; i < IVMC_SHARED_RINGS; i++)
        scribble(serve, serve->scq[i].ring);
}

static void slots(struct serve *serve, unsigned slot)
{
    scribble(serve, serve->slots);
    serve_enqueue(serve, IVMC_READ_RESPONSE, slot);
}

static void liar(struct serve *serve, unsigned slot)
{
    serve_answer(serve, slot, 0);
}

/* More bytes than there is room for; only of what brings any. */
static void result(struct serve *serve, unsigned slot)
{
    serve->result = serve->slots[slot].request.op & IVMC_OP_READS ? 1 << 20 : 0;
    serve_answer(serve, slot, 0);
}

/* Numbers that are no descriptors, and lengths of writes that nobody asked for. */
static void numbers(struct serve *serve, unsigned slot)
{
    serve->result = 1 << 20;
    serve_answer(serve, slot, 0);
}

static void errors(struct serve *serve, unsigned slot)
{
    serve_answer(serve, slot, -XEN_EIO);
}

static void storm(struct serve *serve, unsigned slot)
{
    for (unsigned i = 0; i < STORM; i++)
        event_send(serve->port);
    serve_answer(serve, slot, -XEN_EIO);
}

static void die(struct serve *serve, unsigned slot)
{
    printf("dying at request %lu, slot %u\n", serve->requests, slot);
    asm volatile("ud2");
}

const struct variant variants[] = {
    {"refuse", refuse, NULL},
    {"refuse-oddly", refuse_oddly, NULL},
    {"no-geometry", no_geometry, liar},
    {"odd-geometry", odd_geometry, liar},
    {"huge-geometry", huge_geometry, liar},
    {"no-transfer", no_transfer, liar},
    {"deaf", nothing, NULL},
    {"mute", NULL, NULL},
    {"garbage", NULL, garbage},
    {"status", NULL, status},
    {"length", NULL, length},
    {"sequence", NULL, sequence},
    {"epoch", NULL, epoch},
    {"twice", NULL, twice},
    {"unasked", NULL, unasked},
    {"wrong-ring", NULL, wrong_ring},
    {"indices", NULL, indices},
    {"rings", NULL, rings},
    {"slots", NULL, slots},
    {"liar", NULL, liar},
    {"result", NULL, result},
    {"numbers", NULL, numbers},
    {"errors", NULL, errors},
    {"storm", NULL, storm},
    {"die", NULL, die},
};

const unsigned variant_count = ARRAY_SIZE(variants);
