/*
 * Steps of random sequences, and what a step gives: the same from a volume and from the model.
 */
#ifndef FS_STEP_H
#define FS_STEP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STEP_SLOTS 6           /* descriptors that sequences use */
#define STEP_DATA (128 * 1024) /* bytes that a step reads or writes at most */

#define STEP_OPS(OP)                                                                               \
    OP(open) OP(close) OP(read) OP(write) OP(pread) OP(pwrite) OP(lseek) OP(ftruncate) OP(dup)     \
    OP(truncate) OP(mkdir) OP(rmdir) OP(unlink) OP(rename) OP(link) OP(symlink) OP(readlink)       \
    OP(stat) OP(list) OP(fsync) OP(chmod) OP(append_vector)

enum step_op {
#define STEP_ENUM(name) STEP_##name,
    STEP_OPS(STEP_ENUM) STEP_OP_COUNT
};

struct step {
    enum step_op op;
    const char *path, *other;
    int slot, other_slot;
    int flags;
    uint32_t offset, length;
    uint32_t seed; /* of what is written */
};

/** What a call returned, and a sum over what it told. */
struct outcome {
    int64_t result;
    uint64_t told;
};

/** The next step of a stream of random numbers. */
struct step step_random(uint64_t *state);
void step_print(const struct step *step);

/** What a step with that seed writes. */
void step_fill(uint32_t seed, uint8_t *data, size_t length);
uint64_t step_sum(uint64_t sum, const void *data, size_t length);
/** Sums up an entry of a directory; the order of entries does not matter. */
uint64_t step_entry(const char *name, unsigned kind);

/* model.c: a file system of nothing but memory and the words of POSIX. */
struct model;
struct model *model_new(void);
void model_free(struct model *model);
struct outcome model_step(struct model *model, const struct step *step);

/* subject.c: the same step on a volume. */
struct fs_process;
struct outcome subject_step(struct fs_process *process, const struct step *step);

#endif
