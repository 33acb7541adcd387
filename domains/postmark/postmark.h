/*
 * PostMark's algorithm (J. Katcher, PostMark: A New File System Benchmark, Network Appliance, 1997,
 * TR3022; program version 1.5): a pool of files is made, transactions read or append and create or
 * delete, then everything is deleted. Same seed, same operations, as the program of that name.
 */
#ifndef POSTMARK_H
#define POSTMARK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define POSTMARK_NO_BIAS (-1)

struct postmark_options {
    const char *location;             /* "" or a path that ends with a slash */
    uint32_t number, transactions;    /* files of the pool */
    uint32_t low, high;               /* bytes of a file: low to high - 1; both the same: low */
    uint32_t read_block, write_block; /* bytes of a call */
    int bias_read, bias_create;       /* of 10; POSTMARK_NO_BIAS: neither of the two */
    uint32_t seed, subdirectories;
    bool verify; /* what is read is compared with what was written */
    uint64_t (*now)(void); /* nanoseconds */
};

enum postmark_phase { POSTMARK_CREATE, POSTMARK_TRANSACTIONS, POSTMARK_DELETE, POSTMARK_PHASES };

struct postmark_result {
    uint64_t ns[POSTMARK_PHASES];
    uint64_t created[POSTMARK_PHASES], deleted[POSTMARK_PHASES], read, appended;
    uint64_t bytes_read, bytes_written;
    uint64_t verified; /* bytes */
    uint64_t errors;   /* calls that failed, files that were not as written; they are described */
    bool out_of_files; /* the transactions ended early */
    uint64_t operations; /* FNV-1a of what was asked, in order */
    uint64_t outcome;    /* the same, and of what came of it */
};

/** Bytes of memory that are taken from files_buffer_alloc. */
size_t postmark_buffer_bytes(const struct postmark_options *options);

/** False: no memory, or options that make no sense; nothing was done then. */
bool postmark_run(const struct postmark_options *options, struct postmark_result *result);

#endif
