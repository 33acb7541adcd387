/*
 * Filebench's personalities as tables: sets of files, and the operations that each thread does
 * again and again (filebench 1.5, workloads/fileserver.f, varmail.f, webserver.f).
 */
#ifndef PERSONALITY_H
#define PERSONALITY_H

#include <stdint.h>

#define PERSONALITY_SETS 2
#define PERSONALITY_OPS 31
#define PERSONALITY_FDS 2

/* The kinds of operations, and whether they move bytes. */
#define FLOWOP_KINDS(KIND)                                                                         \
    KIND(createfile) KIND(openfile) KIND(closefile) KIND(deletefile) KIND(statfile)                \
    KIND(writewholefile) KIND(readwholefile) KIND(appendfilerand) KIND(fsync)

enum flowop_kind {
#define FLOWOP_ENUM(name) FLOWOP_##name,
    FLOWOP_KINDS(FLOWOP_ENUM) FLOWOP_COUNT
};

struct flowop {
    enum flowop_kind kind;
    uint8_t set; /* of the file that it chooses */
    uint8_t fd;  /* of the thread */
};

struct fileset_shape {
    const char *name;
    uint32_t files, width; /* in the original; width: files in a folder */
    uint32_t bytes;        /* of a file, on average */
    unsigned percent;      /* that are there at the beginning */
};

struct personality {
    const char *name;
    unsigned threads, files_scale, threads_scale; /* ours are the original's, divided */
    struct fileset_shape sets[PERSONALITY_SETS];
    unsigned set_count, op_count;
    struct flowop ops[PERSONALITY_OPS];
};

/** NULL: there is none of that name. */
const struct personality *personality(const char *name);

const char *flowop_name(enum flowop_kind kind);

#endif
