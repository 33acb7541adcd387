/*
 * What a run consists of: steps that are drawn beforehand, each complete in itself, so that any of
 * them can be left out and the rest done again.
 */
#ifndef STEP_H
#define STEP_H

#include <ringside-rt/random.h>

#define STEP_SLOTS 4              /* descriptors */
#define STEP_ROOTS 6              /* names in the folder of a run */
#define STEP_LEAVES 4             /* names in each folder that one of them may be */
#define STEP_PATHS (STEP_ROOTS * (1 + STEP_LEAVES))
#define STEP_LONGEST (96u << 10)  /* bytes of a file that steps make */
#define STEP_TRANSFER (24u << 10) /* bytes of a read or write */

/* The kinds, and how often each is drawn. */
#define STEP_KINDS(KIND)                                                                           \
    KIND(open, 12) KIND(append, 4) KIND(create, 8) KIND(close, 4) KIND(reopen, 4) KIND(read, 8)    \
    KIND(pread, 8) KIND(write, 12) KIND(pwrite, 12) KIND(seek, 4) KIND(ftruncate, 6)               \
    KIND(truncate, 4) KIND(fsync, 3) KIND(stat, 6) KIND(fstat, 3) KIND(list, 3) KIND(unlink, 6)    \
    KIND(rename, 8) KIND(link, 4) KIND(mkdir, 5) KIND(rmdir, 3)

enum step_kind {
#define STEP_ENUM(name, weight) STEP_##name,
    STEP_KINDS(STEP_ENUM)
};

struct step {
    enum step_kind kind;
    unsigned path, other; /* below STEP_PATHS */
    unsigned slot;
    uint32_t offset, length;
    uint64_t seed; /* of what is written */
};

struct step step_draw(struct random *random);

/** The name of a path: "n1" or "n1/m2". */
void step_path(unsigned path, char *text, size_t size);

/** One line, without its end. */
void step_print(const struct step *step);

/** What a step with that seed writes. */
void step_fill(uint64_t seed, unsigned char *data, size_t length);

#endif
