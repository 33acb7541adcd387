/*
 * The journal, as the cache and operations see it. All of it does nothing on a volume without one.
 */
#ifndef EXT_JOURNAL_H
#define EXT_JOURNAL_H

#include <ringside-rt/ext.h>

struct ext_buffer;

/**
 * Opens the journal that the volume may have, and replays it: then everything that was read from
 * the volume before has to be looked at again.
 */
int ext_journal_open(struct ext *fs);

/** The volume says that it is in use: the journal may be written. */
int ext_journal_start(struct ext *fs);
void ext_journal_close(struct ext *fs);

/** Everything is in its place, and the journal says so. Nobody else uses the volume. */
int ext_journal_empty(struct ext *fs);

/** The buffer was written to its place: no transaction needs it any more. */
void ext_journal_in_place(struct ext_buffer *buffer);

/** Whether the running transaction can take so many blocks. */
bool ext_journal_has_room(struct ext *fs, uint32_t blocks);

/** Makes it so, or breaks the volume. */
void ext_journal_make_room(struct ext *fs);

/** Whether an operation should end rather than change more. */
bool ext_journal_is_full(const struct ext *fs);

/** The running transaction is the committing one from now on: 1; 0: it changed nothing. -E... */
int ext_journal_close_running(struct ext *fs);

/** Writes the committing transaction to the journal, durable; breaks the volume when that fails. */
int ext_journal_commit(struct ext *fs);

/** Committed blocks go to their places, bit by bit. */
void ext_journal_write_back(struct ext *fs);

/** The running transaction frees metadata: older copies must not be replayed over its next use. */
int ext_journal_revoke(struct ext *fs, uint32_t first, uint32_t count);

/** sync.c: what ext_sync does, with the times of inodes left alone. */
int ext_commit(struct ext *fs, enum ext_sync how);

#endif
