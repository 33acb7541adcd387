/*
 * States after a power cut. An epoch's writes: none, all, all but one, only one, and every choice
 * where there are few. After a kill: all that was answered, and nothing or all of what was not.
 * Invariant: `durable` is what is there for certain.
 */
#include "crash_state.h"

#include <stdlib.h>
#include <string.h>

#define EVERY_CHOICE 4u
#define MOST 512u

void recording_hear(void *arg, const struct native_event *event)
{
    struct recording *r = arg;
    if (r->count == r->room) {
        r->room = r->room * 2 + 64;
        r->events = realloc(r->events, r->room * sizeof(*r->events));
    }
    char *data = event->length ? malloc(event->length) : NULL;
    if (data)
        memcpy(data, event->data, event->length);
    r->events[r->count++] = (struct recorded){event->op, event->flags & BLK_FUA, event->offset,
                                              event->length, event->submitted, data};
}

void recording_clear(struct recording *r)
{
    for (unsigned i = 0; i < r->count; i++)
        free(r->events[i].data);
    free(r->events);
    *r = (struct recording){0};
}

static void apply(char *bytes, const struct recorded *event)
{
    if (event->op == BLK_WRITE)
        memcpy(bytes + event->offset, event->data, event->length);
}

struct epoch {
    const struct recorded *events[MOST]; /* not durable for certain */
    unsigned count;
};

/* What the device was told and has not answered after so many events. */
static void add_under_way(const struct recording *r, unsigned events, struct epoch *epoch)
{
    for (unsigned i = events; i < r->count && epoch->count < MOST; i++)
        if (r->events[i].submitted <= events && r->events[i].op == BLK_WRITE)
            epoch->events[epoch->count++] = &r->events[i];
}

struct cut {
    const struct crash_states *states;
    const char *certain;
    unsigned events;
    void (*judge)(void *arg, unsigned events);
};

/* Those of the epoch for which keeps says so. */
static void one(const struct cut *cut, const struct epoch *epoch, uint64_t kept)
{
    memcpy(cut->states->left, cut->certain, cut->states->bytes);
    for (unsigned i = 0; i < epoch->count; i++)
        if (kept >> (i < 63 ? i : 63) & 1)
            apply(cut->states->left, epoch->events[i]);
    cut->judge(cut->states->arg, cut->events);
}

static void choices(const struct cut *cut, const struct epoch *epoch)
{
    unsigned n = epoch->count < 63 ? epoch->count : 63;
    one(cut, epoch, 0);
    if (n)
        one(cut, epoch, ~0ul);
    if (n <= EVERY_CHOICE) {
        for (uint64_t kept = 1; kept + 1 < 1ul << n; kept++)
            one(cut, epoch, kept);
        return;
    }
    for (unsigned i = 0; i < n; i++) {
        one(cut, epoch, ~(1ul << i));
        one(cut, epoch, 1ul << i);
    }
}

void crash_states(const struct crash_states *states, void (*judge)(void *arg, unsigned events))
{
    const struct recording *r = states->recording;
    char *durable = malloc(states->bytes);
    struct epoch epoch = {.count = 0};
    memcpy(durable, states->base, states->bytes);
    for (unsigned i = 0; i <= r->count; i++) {
        const struct cut cut = {states, durable, i, judge};
        unsigned answered = epoch.count;
        const struct recorded *event = &r->events[i];
        bool ends = i == r->count || event->op == BLK_FLUSH || event->fua;
        if (ends || i % 3 == 0) {
            add_under_way(r, i, &epoch);
            choices(&cut, &epoch);
            epoch.count = answered;
        }
        if (i == r->count)
            break;
        if (event->op == BLK_FLUSH) {
            for (unsigned k = 0; k < epoch.count; k++)
                apply(durable, epoch.events[k]);
            epoch.count = 0;
        } else if (event->fua) {
            apply(durable, event);
        } else if (epoch.count < MOST) {
            epoch.events[epoch.count++] = event;
        }
    }
    free(durable);
}

void kill_states(const struct crash_states *states, void (*judge)(void *arg, unsigned events))
{
    const struct recording *r = states->recording;
    char *now = malloc(states->bytes);
    memcpy(now, states->base, states->bytes);
    for (unsigned i = 0; i <= r->count; i++) {
        const struct cut cut = {states, now, i, judge};
        struct epoch epoch = {.count = 0};
        add_under_way(r, i, &epoch);
        one(&cut, &epoch, 0);
        if (epoch.count)
            one(&cut, &epoch, ~0ul);
        if (i < r->count)
            apply(now, &r->events[i]);
    }
    free(now);
}
