/*
 * What clients were answered, kept on the volume: a request that a client sends again to a new
 * server is not carried out twice.
 *
 * Invariant: the answer is stored in the operation that did what was asked, so after a crash both
 * are there or neither is. (On a volume without a journal nothing holds them together.) An answer
 * stays until the client uses its small slot again, for which it must have seen it.
 */
#ifndef REPLIES_H
#define REPLIES_H

#include <ringside-rt/ext.h>
#include <ringside/abi.h>

/** As it stands on the volume. */
struct reply {
    uint64_t sequence; /* of the request; 0: none */
    int64_t result;
    uint64_t extra;
    uint64_t reserved;
};

/** Opens the file that has them. -EROFS: nothing can be kept; then the others say so too. */
int replies_open(struct ext *volume);
void replies_close(void);

/** Which slots of the registry (bits) have answers of clients that did not leave. */
int replies_owned(uint32_t *slots);

/** The slot is this client's from now on, without an answer; that is written. */
int replies_begin(unsigned slot, domid_t domid, unsigned entries);

/** What is there of this client; -ENOENT: it is of another, or of nobody. */
int replies_load(unsigned slot, domid_t domid, unsigned entries, struct reply *to);

/** The client is gone. */
int replies_end(unsigned slot);

/** Within the operation that it is about. entry: the client's small slot. */
int replies_store(unsigned slot, unsigned entry, const struct reply *reply);

#endif
