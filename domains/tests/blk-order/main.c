/* What must wait for what: random requests, and a comparison of each with all others. */
#include <ringside-rt/blk.h>
#include <ringside-rt/random.h>
#include <ringside-rt/test.h>

#define REQUESTS 24
#define STEPS 10000

/* A disk of a few places' pages, so that requests meet, and other pages share their places. */
#define SPAN (2 * BLK_ORDER_PLACES * PAGE_SIZE)

static struct blk_order order;
static struct blk_request requests[REQUESTS];
static bool added[REQUESTS];
static unsigned waits, passes;

static bool meet(const struct blk_request *a, const struct blk_request *b)
{
    return (a->op != BLK_READ || b->op != BLK_READ) && a->offset < b->offset + b->length &&
           b->offset < a->offset + a->length;
}

/* What is drawn in a phase: reads of four requests, and kinds of lengths. */
struct mixture {
    unsigned reads, lengths;
};

static struct blk_request drawn(struct random *random, const struct mixture *mixture)
{
    static const uint64_t longest[] = {8, 24, 512}; /* blocks: in a page or two, short, long */
    static const uint64_t spans[] = {64 * PAGE_SIZE, SPAN};
    static const enum blk_op changes[] = {BLK_WRITE, BLK_WRITE, BLK_DISCARD, BLK_WRITE_ZEROES};
    bool reads = random_below(random, 4) < mixture->reads;
    uint64_t longest_now = longest[random_below(random, mixture->lengths)];
    struct blk_request request = {.op = reads ? BLK_READ : changes[random_below(random, 4)]};
    if (random_below(random, 16) == 0) {
        request.op = BLK_FLUSH;
        return request;
    }
    request.length = 512 * (1 + random_below(random, longest_now));
    request.offset = 512 * random_below(random, spans[random_below(random, 2)] / 512);
    return request;
}

static void try(const struct blk_request *request)
{
    bool expected = false;
    for (unsigned i = 0; i < REQUESTS; i++)
        expected |= added[i] && meet(&requests[i], request);
    waits += expected;
    passes += !expected;
    if (blk_order_must_wait(&order, request) != expected)
        test_check(false, "%s is wrong for op %u at %lu of %lu bytes", expected ? "no" : "yes",
                   request->op, request->offset, request->length);
}

/* Added whether or not it should wait: who is under way is the user's affair. */
static void step(struct random *random, const struct mixture *mixture)
{
    unsigned i = (unsigned)random_below(random, REQUESTS);
    if (added[i]) {
        blk_order_remove(&order, &requests[i]);
    } else {
        requests[i] = drawn(random, mixture);
        try(&requests[i]);
        blk_order_add(&order, &requests[i]);
    }
    added[i] = !added[i];
}

static void phase(struct random *random, const struct mixture *mixture)
{
    for (unsigned n = 0; n < STEPS; n++)
        step(random, mixture);
    for (unsigned i = 0; i < REQUESTS; i++) {
        if (added[i])
            blk_order_remove(&order, &requests[i]);
        added[i] = false;
    }
    test_check(!order.first && !order.last && !order.long_ones && !order.changes,
               "all were removed, and something is left");
    for (unsigned i = 0; i < BLK_ORDER_PLACES; i++)
        if (order.at[i])
            test_check(false, "all were removed, and place %u has %u", i, order.at[i]);
}

void test_main(void)
{
    struct random random = random_seeded(1);
    for (unsigned reads = 0; reads <= 4; reads++)
        for (unsigned lengths = 1; lengths <= 3; lengths++)
            phase(&random, &(struct mixture){reads, lengths});
    test_check(waits > STEPS / 2 && passes > STEPS, "waits %u, passes %u", waits, passes);
}
