/*
 * The time after a restart, in which clients say what the last server knew of them.
 *
 * Invariant: until all clients of the last server have done so, or had their time, no other request
 * is carried out: nothing that one of them had open or locked can be deleted or locked by another.
 */
#ifndef RECOVERY_H
#define RECOVERY_H

#include <ringside-rt/ext.h>
#include <ringside-rt/ivmc.h>

/**
 * Waits for the clients in these slots of the registry. When they have come, inodes without names
 * that none of them has opened are deleted, and what was held is given to `submit`.
 */
int recovery_begin(struct ext *volume, uint32_t slots, void (*submit)(struct ivmc_work *work));

/** Whether the client had been one of the last server's, and has not come yet. Once. */
bool recovery_claim(unsigned slot);

/** The client has said everything, or has nothing to say. */
void recovery_heard(unsigned slot);

/** Keeps a request until the time is over; false: it is over. */
bool recovery_hold(struct ivmc_work *work);

#endif
