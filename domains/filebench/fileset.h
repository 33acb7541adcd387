/*
 * A set of files, in folders: some are there, the others can be made.
 */
#ifndef FILESET_H
#define FILESET_H

#include "personality.h"

#include <ringside-rt/random.h>

struct fileset_entry {
    uint32_t bytes; /* when it is written whole */
    bool exists;
    bool busy;     /* is being made or removed */
    unsigned open; /* descriptors of it */
};

struct fileset {
    const char *name;
    uint32_t files, width;
    struct fileset_entry *entries;
};

#define FILESET_PATH 64

/** gamma: sizes vary (shape 1.5), else all are the average. False without memory. */
bool fileset_init(struct fileset *set, const struct fileset_shape *shape, uint32_t files,
                  bool gamma, struct random *random);
void fileset_free(struct fileset *set);

/** Makes its folders; 0 or -1 with errno. */
int fileset_make_folders(const struct fileset *set);

/** Removes its files and folders, those that are there; 0 or -1 with errno. */
int fileset_remove_all(const struct fileset *set);

/**
 * One at random of those that exist, or do not, and are not busy; -1: none does. Waits while all
 * of them are busy. unopened: one that nobody has open, or -1.
 */
int fileset_pick(struct fileset *set, struct random *random, bool exists, bool unopened);

void fileset_path(const struct fileset *set, unsigned entry, char path[FILESET_PATH]);

#endif
