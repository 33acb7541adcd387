/*
 * States after a power cut. An epoch's writes: none, all, all but one, only one, and every choice
 * where there are few. Invariant: `durable` is what is there for certain.
 */
#include "crash_state.h"

#include <stdlib.h>
#include <string.h>

#define EVERY_CHOICE 4u

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
                                              event->length, data};
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
    const struct recorded *events[512]; /* not durable for certain */
    unsigned count;
};

struct states {
    const char *durable;
    char *state;
    uint64_t bytes;
    unsigned events;
    bool (*judge)(void *arg, unsigned events, const char *bytes);
    void *arg;
};

/* Those of the epoch for which keeps says so. */
static bool one(const struct states *s, const struct epoch *epoch, uint64_t kept)
{
    memcpy(s->state, s->durable, s->bytes);
    for (unsigned i = 0; i < epoch->count; i++)
        if (kept >> (i < 63 ? i : 63) & 1)
            apply(s->state, epoch->events[i]);
    return s->judge(s->arg, s->events, s->state);
}

static bool choices(const struct states *s, const struct epoch *epoch)
{
    unsigned n = epoch->count < 63 ? epoch->count : 63;
    bool good = one(s, epoch, 0) && (!n || one(s, epoch, ~0ul));
    if (n <= EVERY_CHOICE) {
        for (uint64_t kept = 1; good && kept + 1 < 1ul << n; kept++)
            good = one(s, epoch, kept);
        return good;
    }
    for (unsigned i = 0; good && i < n; i++)
        good = one(s, epoch, ~(1ul << i)) && one(s, epoch, 1ul << i);
    return good;
}

bool crash_states(const struct recording *r, const char *base, uint64_t bytes,
                  bool (*judge)(void *arg, unsigned events, const char *bytes), void *arg)
{
    char *durable = malloc(bytes), *state = malloc(bytes);
    struct epoch epoch = {.count = 0};
    bool good = true;
    memcpy(durable, base, bytes);
    for (unsigned i = 0; good && i <= r->count; i++) {
        struct states s = {durable, state, bytes, i, judge, arg};
        const struct recorded *event = &r->events[i];
        bool ends = i == r->count || event->op == BLK_FLUSH || event->fua;
        if (ends || i % 3 == 0)
            good = choices(&s, &epoch);
        if (i == r->count)
            break;
        if (event->op == BLK_FLUSH) {
            for (unsigned k = 0; k < epoch.count; k++)
                apply(durable, epoch.events[k]);
            epoch.count = 0;
        } else if (event->fua) {
            apply(durable, event);
        } else if (epoch.count < 512) {
            epoch.events[epoch.count++] = event;
        }
    }
    free(durable);
    free(state);
    return good;
}
