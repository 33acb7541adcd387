/*
 * Does what a personality says: a pool of files first, then threads that each go through the list
 * of operations a number of times.
 */
#ifndef ENGINE_H
#define ENGINE_H

#include "fileset.h"

struct engine_options {
    const struct personality *personality;
    uint32_t files[PERSONALITY_SETS];
    unsigned threads, loops; /* loops of each thread */
    uint32_t io_bytes;       /* of a read or write at most */
    uint32_t append_bytes;   /* appends are of 0 to this, evenly (filebench's "mean") */
    bool gamma;
    uint64_t seed;
};

struct flowop_counts {
    uint64_t done, skipped, bytes, ns, worst_ns;
};

struct engine_result {
    struct flowop_counts flowops[FLOWOP_COUNT];
    uint64_t pool_files, pool_ns, ns;
    uint64_t read_bytes, written_bytes;
    uint64_t errors; /* described on the console */
};

/** Memory that is taken from files_buffer_alloc. */
size_t engine_buffer_bytes(const struct engine_options *options);

/** False: no memory. */
bool engine_run(const struct engine_options *options, struct engine_result *result);

#endif
