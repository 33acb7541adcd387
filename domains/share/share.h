/*
 * How the two domains find each other: by files, which is what they have in common.
 */
#ifndef SHARE_H
#define SHARE_H

#include <stdint.h>

/** Waits for the other one. 0 makes the folder /share, which must not be there. */
void share_begin(unsigned me);

/** Waits until the other one has come here as often. */
void share_meet(void);

/** 0 removes what share_begin made, when the other one does not look any more. */
void share_end(void);

/** For reading and writing, made when it is not there; ends the test where it cannot be. */
int share_open(const char *path);

/** A record lock; what it returns is checked: 0 or -E... */
void share_lock(int fd, int command, int type, int64_t start, int64_t length, int expected);

#endif
