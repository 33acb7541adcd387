/*
 * What blkbench can do with a device; each prints what it found and checks it.
 */
#pragma once

#include "load.h"

/** Bytes of buffers that loads may take at once; deeper or larger ones get less depth. */
uint64_t window_bytes(void);

/** depth, or as many requests of that size as the window has room for. */
unsigned depth_within_window(uint64_t size, unsigned depth);

/** Runs a load, says what failed; the checks of all modes. */
void run_checked(struct blk *blk, const struct load *load, struct load_result *result);

/** Every combination of the sizes, operations, patterns and depths on the command line. */
void sweep(struct blk *blk);

/** Looks for what an earlier boot wrote, writes anew, reads that back. */
void generations(struct blk *blk);

/** One load for a while, with a line for each part of it. */
void timeline(struct blk *blk);
