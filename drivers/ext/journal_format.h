/*
 * The journal as it lies on the volume (Linux's JBD, without checksums); big-endian. Block 0 is its
 * superblock. From `start` on lie transactions, each of: blocks that revoke, descriptors each with
 * the blocks that it describes, and a commit block. All carry the transaction's sequence.
 */
#ifndef EXT_JOURNAL_FORMAT_H
#define EXT_JOURNAL_FORMAT_H

#include <ringside-rt/compiler.h>

#define JBD_MAGIC 0xc03b3998u
#define JBD_INCOMPAT_REVOKE 1u

enum { JBD_DESCRIPTOR = 1, JBD_COMMIT, JBD_SUPER_V1, JBD_SUPER_V2, JBD_REVOKE };
enum { JBD_ESCAPED = 1, JBD_SAME_UUID = 2, JBD_LAST_TAG = 8 };

#define JBD_UUID_BYTES 16u

struct jbd_header {
    uint32_t magic, type, sequence;
};

struct jbd_super {
    struct jbd_header header;
    uint32_t block_bytes, length, first;
    uint32_t sequence, start; /* of the first transaction; start 0: there is none */
    uint32_t error;
    uint32_t compat, incompat, ro_compat;
    uint8_t uuid[JBD_UUID_BYTES];
    uint32_t users; /* of it: 1 */
    uint32_t unused[45];
    uint32_t interrupted; /* ours, padding to others: of the transaction before, without commit */
};

_Static_assert(__builtin_offsetof(struct jbd_super, interrupted) == 0xf8, "before its checksum");

struct jbd_tag {
    uint32_t block, flags;
};

struct jbd_revoke {
    struct jbd_header header;
    uint32_t bytes; /* with this */
    uint32_t blocks[];
};

static inline uint32_t big_endian(uint32_t value)
{
    return __builtin_bswap32(value);
}

#endif
