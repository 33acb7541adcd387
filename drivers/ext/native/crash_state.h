/*
 * What a device was told, and every state in which a power cut may leave it: any writes of the last
 * flush epoch may be missing, all before are there; what was under way may be there or not.
 */
#ifndef NATIVE_CRASH_STATE_H
#define NATIVE_CRASH_STATE_H

#include "shim.h"

struct recorded {
    enum blk_op op;
    bool fua;
    uint64_t offset, length, submitted;
    char *data;
};

struct recording {
    struct recorded *events;
    unsigned count, room;
};

/** For native_disk.heard; arg: a recording. */
void recording_hear(void *recording, const struct native_event *event);
void recording_clear(struct recording *recording);

struct crash_states {
    const struct recording *recording;
    const char *base; /* the device before the first event */
    char *left;       /* where a state is put */
    uint64_t bytes;
    void *arg;
};

/**
 * Calls judge with the device as a power cut may leave it when so many events had happened, for all
 * counts and choices of what is missing.
 */
void crash_states(const struct crash_states *states, void (*judge)(void *arg, unsigned events));

/** The same when the program alone is gone: only what was under way may be missing. */
void kill_states(const struct crash_states *states, void (*judge)(void *arg, unsigned events));

#endif
