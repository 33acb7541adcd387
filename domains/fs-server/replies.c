/*
 * Each slot of the registry has a piece of the volume's private file: a head, which says whose it
 * is, and a struct reply for each small slot.
 */
#include "replies.h"

#include <ringside-rt/memory.h>
#include <ringside-rt/string.h>

#define PIECE_BYTES 524288ul
#define MAGIC 0x65646973676e6972ul /* "ringside" */

struct head {
    uint64_t magic; /* MAGIC, or there is nothing */
    uint64_t domid;
    uint64_t entries; /* what stands behind them was somebody else's */
    uint64_t reserved;
};

_Static_assert(sizeof(struct head) == sizeof(struct reply), "the head takes a reply's place");
_Static_assert(((1ul << IVMC_MAX_ORDER) + 1) * sizeof(struct reply) <= PIECE_BYTES, "they fit");

static struct ext *volume;
static struct ext_inode *file;

static uint64_t place(unsigned slot, unsigned entry)
{
    return slot * PIECE_BYTES + (entry + 1) * sizeof(struct reply);
}

int replies_open(struct ext *of)
{
    struct ext_statfs statfs;
    ext_statfs(of, &statfs);
    if (statfs.read_only)
        return -EROFS;
    volume = of;
    int rc = ext_open_private(of, &file);
    if (rc)
        file = NULL;
    return rc;
}

void replies_close(void)
{
    if (file)
        ext_put(file);
    file = NULL;
}

/* Behind the end of the file there is nothing: zeros. */
static int load(uint64_t at, void *to, size_t bytes)
{
    memset(to, 0, bytes);
    int64_t n = ext_read(file, at, to, bytes);
    return n < 0 ? (int)n : 0;
}

static int store(uint64_t at, const void *from, size_t bytes)
{
    int64_t n = ext_write(file, at, from, bytes);
    return n < 0 ? (int)n : (size_t)n < bytes ? -ENOSPC : 0;
}

int replies_owned(uint32_t *slots)
{
    int rc = 0;
    *slots = 0;
    for (unsigned slot = 0; !rc && slot < IVMC_MAX_CLIENTS; slot++) {
        struct head head;
        rc = load(slot * PIECE_BYTES, &head, sizeof(head));
        *slots |= head.magic == MAGIC ? 1u << slot : 0;
    }
    return rc;
}

int replies_begin(unsigned slot, domid_t domid, unsigned entries)
{
    size_t bytes = (entries + 1) * sizeof(struct reply);
    if (!file)
        return -EROFS;
    struct head *piece = kmalloc(bytes);
    if (!piece)
        return -ENOMEM;
    memset(piece, 0, bytes);
    *piece = (struct head){MAGIC, domid, entries, 0};
    int rc = store(slot * PIECE_BYTES, piece, bytes);
    kfree(piece);
    return rc ? rc : ext_sync(volume, EXT_WRITTEN);
}

int replies_load(unsigned slot, domid_t domid, unsigned entries, struct reply *to)
{
    struct head head;
    int rc = file ? load(slot * PIECE_BYTES, &head, sizeof(head)) : -EROFS;
    if (!rc && (head.magic != MAGIC || head.domid != domid))
        rc = -ENOENT;
    if (rc)
        return rc;
    unsigned own = head.entries < entries ? (unsigned)head.entries : entries;
    memset(to, 0, entries * sizeof(*to));
    return load(place(slot, 0), to, own * sizeof(*to));
}

int replies_end(unsigned slot)
{
    const struct head none = {0};
    return store(slot * PIECE_BYTES, &none, sizeof(none));
}

int replies_store(unsigned slot, unsigned entry, const struct reply *reply)
{
    return store(place(slot, entry), reply, sizeof(*reply));
}
