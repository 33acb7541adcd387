/* Short workloads for power cuts: volumes they begin on, operations, and what is there then. */
#ifndef NATIVE_CRASH_WORK_H
#define NATIVE_CRASH_WORK_H

#include <ringside-rt/ext.h>

#include "shim.h"

#define CRASH_BYTES (3ul << 20)
#define CRASH_TEXT 8192u

/** Kinds of volumes: made here, by mke2fs, with a journal of tune2fs; with a file whose content is
 * journaled. */
#define CRASH_KINDS 4u
#define CRASH_OPERATIONS 24u

/** A volume of that kind with some files, in new memory; exits when there is none. */
char *crash_volume(unsigned kind);

/** redo, session: as in struct ext_options. */
struct ext *crash_mount(struct native_disk *disk, bool redo, uint64_t session, int *rc);

/** May fail after others: then it changes nothing. */
void crash_operate(struct ext *fs, unsigned kind, unsigned operation);
const char *crash_operation_name(unsigned operation);

/** All files with their attributes and content, as text of at most CRASH_TEXT bytes. */
int crash_text(struct ext *fs, char *text);

#endif
