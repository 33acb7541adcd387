/*
 * Content of PostMark's files: each is written in pieces that all begin where the source begins.
 */
#ifndef CONTENT_H
#define CONTENT_H

#include "twister.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What a file consists of; all zero: nothing. */
struct content {
    struct piece *first, *last;
};

/** Printable characters, one draw each. */
void content_draw(struct twister *twister, char *source, size_t bytes);

/** Behind what is there; false without memory. */
bool content_append(struct content *content, uint32_t bytes);

/** Whether this is what the file has from there on. */
bool content_is(const struct content *content, const char *source, uint32_t offset,
                const char *bytes, size_t count);

void content_free(struct content *content);

#endif
