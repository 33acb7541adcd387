/* Invariant: the pieces of a file stand in the order in which they were written, none is empty. */
#include "content.h"

#include <ringside-rt/memory.h>
#include <ringside-rt/string.h>

#define PRINTABLE 95
#define BLANK 32

struct piece {
    uint32_t bytes;
    struct piece *next;
};

void content_draw(struct twister *twister, char *source, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        source[i] = (char)(BLANK + twister_below(twister, PRINTABLE));
}

bool content_append(struct content *content, uint32_t bytes)
{
    struct piece *piece = bytes ? kmalloc(sizeof(*piece)) : NULL;
    if (!piece)
        return !bytes;
    piece->bytes = bytes;
    if (content->last)
        content->last->next = piece;
    else
        content->first = piece;
    content->last = piece;
    return true;
}

bool content_is(const struct content *content, const char *source, uint32_t offset,
                const char *bytes, size_t count)
{
    for (const struct piece *piece = content->first; piece && count; piece = piece->next) {
        if (offset >= piece->bytes) {
            offset -= piece->bytes;
            continue;
        }
        size_t part = piece->bytes - offset < count ? piece->bytes - offset : count;
        if (memcmp(bytes, source + offset, part) != 0)
            return false;
        bytes += part;
        count -= part;
        offset = 0;
    }
    return !count;
}

void content_free(struct content *content)
{
    for (struct piece *piece = content->first, *next; piece; piece = next) {
        next = piece->next;
        kfree(piece);
    }
    *content = (struct content){0};
}
