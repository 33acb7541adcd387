/*
 * A run of PostMark: its table of files, and the four operations on one of them.
 */
#ifndef POOL_H
#define POOL_H

#include "content.h"
#include "log.h"
#include "postmark.h"

struct pool_file {
    char name[24]; /* below the location */
    uint32_t size;
    bool used;
    struct content content;
};

struct pool {
    const struct postmark_options *options;
    struct postmark_result *result;
    enum postmark_phase phase;
    struct twister twister;
    struct log log;
    struct pool_file *files;
    uint32_t slots, next; /* behind the slot that was taken last */
    uint64_t created, deleted;
    char *source, *buffer;
};

bool pool_open(struct pool *pool);
void pool_close(struct pool *pool);

/** A file of a random size; none when every slot is taken. */
void pool_create(struct pool *pool);

/** A random file; there must be one. */
struct pool_file *pool_pick(struct pool *pool);

void pool_read(struct pool *pool, const struct pool_file *file);

/** Nothing for one that is as large as files get. */
void pool_append(struct pool *pool, struct pool_file *file);
void pool_delete(struct pool *pool, struct pool_file *file);

/** Subdirectories, made or removed. */
void pool_directories(struct pool *pool, bool make);

#endif
