/* What workloads consist of, on names in a directory of each one's own. */
#ifndef WORK_H
#define WORK_H

#include <stdbool.h>

/** How many operations there are. */
extern const unsigned work_operations;

/** Once, before all else. */
void work_open(void);

/** A directory with a file and a directory in it, durable; ends the test when it fails. */
void work_begin(unsigned number);

/** May fail, as on a name that is not there. */
void work_do(unsigned operation);

/** All is durable afterwards: by sync, or by fsync of one file. */
void work_end(bool by_sync);

#endif
