/*
 * A flight is either in the list of those that ended, or the driver's. Handlers only put it into
 * the list; judging is the thread's.
 */
#include "flight.h"

#include "patience.h"

#include <ringside-rt/cpu.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/test.h>

struct flight {
    struct blk_request request;
    struct flights *flights;
    struct flight *next;
    /** Number 0: this flight has not carried any yet, or has been judged. */
    struct operation operation;
    /** Of a flush: all operations up to this one had been answered when it was submitted. */
    uint64_t covers;
    void *buffer;
    struct content should[OPERATION_BLOCKS_MAX];
};

static void ended(struct blk_request *request)
{
    struct flight *flight = CONTAINER_OF(request, struct flight, request);
    struct flights *flights = flight->flights;
    bool irq = irq_save();
    flight->next = flights->ended;
    flights->ended = flight;
    irq_restore(irq);
    patience_renew("an answer");
    semaphore_up(&flights->endings);
}

void flights_init(struct flights *flights, struct blk *blk, struct model *model, unsigned depth)
{
    *flights = (struct flights){.blk = blk, .model = model, .depth = depth};
    flights->all = kmalloc(depth * sizeof(struct flight));
    test_need(flights->all);
    for (unsigned i = 0; i < depth; i++) {
        struct flight *flight = &flights->all[i];
        flight->flights = flights;
        flight->buffer =
            blk_buffer_alloc(blk, (size_t)model->workload->longest * model->block_bytes);
        test_need(flight->buffer);
        ended(&flight->request);
    }
}

/* answered_to can rise only when no flight carries an operation that is older. */
static void note_answers(struct flights *flights, uint64_t newest)
{
    uint64_t oldest = newest + 1;
    for (unsigned i = 0; i < flights->depth; i++) {
        uint64_t number = flights->all[i].operation.number;
        if (number && number < oldest)
            oldest = number;
    }
    flights->answered_to = oldest - 1;
}

static void judge_read(struct flights *flights, struct flight *flight)
{
    struct model *model = flights->model;
    const struct operation *o = &flight->operation;
    for (unsigned i = 0; i < o->blocks; i++) {
        const char *data = (const char *)flight->buffer + (size_t)i * model->block_bytes;
        struct content *now = model_block(model, o->block + i);
        bool right = model_judge(model, o->block + i, data, flight->should[i], o->number);
        bool same = now->version == flight->should[i].version &&
                    now->discarded == flight->should[i].discarded;
        if (right && same)
            model_settle(model, o->block + i, data);
    }
}

static void judge(struct flights *flights, struct flight *flight)
{
    struct operation o = flight->operation;
    int status = flight->request.status;
    if (!o.number)
        return;
    if (test_check(!status, "operation %lu, %s of blocks %lu to %lu, failed: %s", o.number,
                   operation_name(o.op), o.block, o.block + o.blocks - 1, errno_name(status))) {
        flights->answered[o.op]++;
        if (o.op == BLK_READ)
            judge_read(flights, flight);
        if (o.op == BLK_FLUSH && flight->covers > flights->durable_to)
            flights->durable_to = flight->covers;
    }
    flight->operation.number = 0;
}

/* Waits for the next flight that has ended. */
static struct flight *take(struct flights *flights)
{
    semaphore_down(&flights->endings);
    bool irq = irq_save();
    struct flight *flight = flights->ended;
    flights->ended = flight->next;
    irq_restore(irq);
    judge(flights, flight);
    return flight;
}

static void fill(struct flights *flights, struct flight *flight)
{
    struct model *model = flights->model;
    const struct operation *o = &flight->operation;
    for (unsigned i = 0; i < o->blocks; i++) {
        struct blk_stamp stamp = model_stamp(model, o->block + i, o->number);
        blk_stamp_write((char *)flight->buffer + (size_t)i * model->block_bytes,
                        model->block_bytes, &stamp);
    }
}

void flights_submit(struct flights *flights, const struct operation *operation)
{
    struct flight *flight = take(flights);
    unsigned block_bytes = flights->model->block_bytes;
    flight->operation = *operation;
    note_answers(flights, operation->number - 1);
    flight->covers = flights->answered_to;
    flight->request = (struct blk_request){
        .op = operation->op,
        .flags = operation->flags,
        .offset = operation->block * block_bytes,
        .length = (uint64_t)operation->blocks * block_bytes,
        .done = ended,
    };
    if (operation->op == BLK_READ || operation->op == BLK_WRITE)
        flight->request.buffer = flight->buffer;
    if (operation->op == BLK_WRITE)
        fill(flights, flight);
    if (operation->op == BLK_READ)
        for (unsigned i = 0; i < operation->blocks; i++)
            flight->should[i] = *model_block(flights->model, operation->block + i);
    model_apply(flights->model, operation);
    test_need(blk_submit(flights->blk, &flight->request) == 0);
}

void flights_land(struct flights *flights)
{
    struct flight *landed = NULL;
    for (unsigned i = 0; i < flights->depth; i++) {
        struct flight *flight = take(flights);
        flight->next = landed;
        landed = flight;
    }
    while (landed) {
        struct flight *next = landed->next;
        ended(&landed->request);
        landed = next;
    }
}
