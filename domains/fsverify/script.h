/*
 * What threads do with files.
 */
#ifndef SCRIPT_H
#define SCRIPT_H

/** All of it once, in a directory of its own that goes again; what it appends to stays. */
void script_run(unsigned thread, unsigned round);

/** Holds locks while `rounds` go on elsewhere; see rival. */
void lock_hold(void);
void lock_release(void);

/** Tries to get the locks that the holder has until it says that it has given them back. */
void lock_rival(void);

#endif
