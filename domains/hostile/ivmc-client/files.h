/*
 * Requests to a file system server on a channel made by hand: what they say may be anything, where
 * they point is for each attack to choose.
 */
#pragma once

#include "raw.h"

#include <ringside-rt/errno.h>
#include <ringside-rt/fs.h>
#include <ringside-rt/random.h>

/** Where everybody may make files; somebody else makes it. */
#define COMMON "/common"

/** Connects, without a request; false: the server does not take the channel. */
bool file_channel(struct raw *raw);

/** Connects, and waits until COMMON is there; false: the server does not take the channel. */
bool file_connect(struct raw *raw);

/** Puts text with its NUL into the data area; where. */
uint64_t file_text(struct raw *raw, uint64_t at, const char *text);

/** A request of that operation on FS_AT_FDCWD, with the path at the beginning of the data area. */
struct ivmc_file_request file_request(uint16_t op, const char *path, struct raw *raw);

/** Sends; the server is told of it. */
void file_send(struct raw *raw, unsigned slot, struct ivmc_file_request *request);

/** Sends in slot 0 and waits; the result or status. Nothing else may be under way. */
int64_t file_call(struct raw *raw, struct ivmc_file_request *request);

/** Opens a path; the descriptor or -E... */
int file_open(struct raw *raw, const char *path, int flags);

/** Bad luck for who computes with it. */
uint64_t file_wild(struct random *random);
