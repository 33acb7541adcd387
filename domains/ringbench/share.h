/*
 * Two domains on one ring: one owns the memory and decides what is run, the other follows. All the
 * owner's words are in the first page of the memory.
 */
#ifndef RINGBENCH_SHARE_H
#define RINGBENCH_SHARE_H

#include <ringside-rt/compiler.h>
#include <ringside/abi.h>

/** What the domains tell each other. A rising number begins the next run, of this kind. */
struct share {
    uint64_t run, finished;
    uint32_t kind, mode, vcpus, end;
    uint64_t operations;
};

/** Grants the pages to the peer and announces them. */
void share_offer(domid_t peer, void *pages, unsigned count);

/** Waits for the peer's announcement and maps its pages. */
void *share_map(domid_t peer, unsigned count);

/** Waits, letting others run, until the word has the value. */
void share_wait(const uint64_t *word, uint64_t value);

#endif
