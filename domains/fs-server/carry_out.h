/*
 * A request of a client, carried out.
 */
#ifndef CARRY_OUT_H
#define CARRY_OUT_H

#include "../../drivers/fileserver/dispatch.h"
#include <ringside-rt/ivmc.h>

/** Its result, 0 or more, or -E...; sets work->extra. May wait. */
int64_t carry_out(struct ext *volume, struct ivmc_work *work, struct files_scratch *scratch);

#endif
