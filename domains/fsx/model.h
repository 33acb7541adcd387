/*
 * What POSIX says that steps give: a file system of nothing but memory, by the shortest way.
 */
#ifndef MODEL_H
#define MODEL_H

#include "step.h"

/** Bytes of a file at most. */
#define MODEL_MOST (256u << 10)

/** What a step gives, besides its result. */
struct outcome {
    int64_t result;            /* or -E... */
    const unsigned char *data; /* of a read, result bytes; of a stat, NULL */
    uint64_t size;             /* of stat: of files only */
    unsigned links;            /* of stat */
    bool directory;
    unsigned names; /* of list: bit N of a leaf or root that has that number */
};

struct model;

/** NULL without memory. */
struct model *model_new(void);
void model_free(struct model *model);

/** -EFBIG: too large for the model, the step is left out. -ENOMEM: the model has no memory. */
struct outcome model_step(struct model *model, const struct step *step);

/** All of a file. */
struct outcome model_content(struct model *model, unsigned path);

#endif
