/*
 * The world of cases that is a volume.
 */
#ifndef FS_VOLUME_WORLD_H
#define FS_VOLUME_WORLD_H

#include "case.h"

const struct case_world *volume_world_open(struct ext *volume);
void volume_world_close(void);

#endif
