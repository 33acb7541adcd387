/*
 * Extended attributes laid out: entries sorted from the front, values from the back. Invariant: an
 * inode and its block together hold each attribute once; a block that several inodes share is
 * not changed but left to the others.
 */
#include "xattr.h"

#define ENTRY_BYTES(name_len) (((name_len) + sizeof(struct ext_xattr_entry) + 3) & ~3ul)
#define VALUE_BYTES(length) (((length) + 3ul) & ~3ul)

static size_t bytes_of(const struct ext_xattr *xattr)
{
    return ENTRY_BYTES(xattr->name_length) + VALUE_BYTES(xattr->value_length);
}

static int compare(const struct ext_xattr *a, const struct ext_xattr *b)
{
    if (a->index != b->index)
        return a->index - b->index;
    if (a->name_length != b->name_length)
        return a->name_length - b->name_length;
    return memcmp(a->name, b->name, a->name_length);
}

static void sort(struct ext_xattrs *set)
{
    for (unsigned i = 1; i < set->count; i++)
        for (unsigned k = i; k && compare(&set->list[k - 1], &set->list[k]) > 0; k--) {
            struct ext_xattr other = set->list[k];
            set->list[k] = set->list[k - 1];
            set->list[k - 1] = other;
        }
}

/* As e2fsprogs and Linux compute it over an entry and its value. */
static uint32_t hash_of(const struct ext_xattr_entry *entry, const char *value)
{
    uint32_t hash = 0;
    for (unsigned i = 0; i < entry->name_len; i++)
        hash = (hash << 5 | hash >> 27) ^ (uint8_t)entry->name[i];
    for (size_t i = 0; i < VALUE_BYTES(entry->value_size); i += 4) {
        uint32_t word;
        memcpy(&word, value + i, 4);
        hash = (hash << 16 | hash >> 16) ^ word;
    }
    return hash;
}

/* Those that are (not) inside; entries at `at`, offsets from base. The area is all zero. */
static void lay_out(const struct ext_xattrs *set, bool inside, char *at, char *base, char *end)
{
    for (unsigned i = 0; i < set->count; i++) {
        const struct ext_xattr *xattr = &set->list[i];
        if (xattr->inside != inside)
            continue;
        struct ext_xattr_entry *entry = (struct ext_xattr_entry *)at;
        end -= VALUE_BYTES(xattr->value_length);
        entry->name_len = xattr->name_length;
        entry->name_index = xattr->index;
        entry->value_offs = xattr->value_length ? end - base : 0;
        entry->value_size = xattr->value_length;
        memcpy(entry->name, xattr->name, xattr->name_length);
        memcpy(end, xattr->value, xattr->value_length);
        entry->hash = hash_of(entry, end);
        at += ENTRY_BYTES(xattr->name_length);
    }
}

/* Which go where; 4 bytes of zero end each list of entries. -ENOSPC. */
static int place(struct ext_inode *inode, struct ext_xattrs *set, unsigned *outside)
{
    struct ext *fs = inode->fs;
    uint32_t head = EXT_GOOD_OLD_INODE + inode->extra_isize + 4;
    bool has_inner = inode->extra_isize && fs->inode_bytes > head + 4;
    size_t inner = has_inner ? fs->inode_bytes - head - 4 : 0;
    size_t outer = fs->block_bytes - sizeof(struct ext_xattr_header) - 4;
    *outside = 0;
    for (unsigned i = 0; i < set->count; i++) {
        size_t bytes = bytes_of(&set->list[i]);
        set->list[i].inside = bytes <= inner;
        if (bytes <= inner) {
            inner -= bytes;
        } else if (bytes <= outer) {
            outer -= bytes;
            ++*outside;
        } else {
            return -ENOSPC;
        }
    }
    return 0;
}

static uint32_t sectors(const struct ext *fs)
{
    return 1u << (fs->block_shift - 9);
}

/* The inode has no block any more; it goes unless others share it. */
static int drop_block(struct ext_inode *inode)
{
    struct ext *fs = inode->fs;
    uint32_t block = inode->file_acl;
    struct ext_buffer *buffer;
    if (!block)
        return 0;
    int rc = ext_blocks_valid(fs, block, 1) ? ext_buffer_get(fs, block, &buffer) : -EUCLEAN;
    if (rc)
        return rc;
    struct ext_xattr_header *header = (struct ext_xattr_header *)buffer->data;
    bool shared = header->magic == EXT_XATTR_MAGIC && header->refcount > 1;
    if (shared) {
        ext_modify(fs, buffer);
        header->refcount--;
    }
    ext_buffer_put(buffer);
    rc = shared ? 0 : ext_blocks_free(fs, block, 1, true);
    if (rc)
        return rc;
    inode->file_acl = 0;
    inode->at.sectors -= inode->at.sectors >= sectors(fs) ? sectors(fs) : 0;
    return 0;
}

static int new_block(struct ext_inode *inode, struct ext_buffer **buffer)
{
    struct ext *fs = inode->fs;
    uint32_t block, count;
    int rc = ext_blocks_alloc(fs, ext_ino_goal(fs, inode->at.ino), 1, &block, &count);
    if (rc)
        return rc;
    rc = ext_buffer_blank(fs, block, buffer);
    if (rc) {
        int second = ext_blocks_free(fs, block, 1, true);
        return second ? second : rc;
    }
    inode->file_acl = block;
    inode->at.sectors += sectors(fs);
    return ext_super_add_feature(fs, EXT_COMPAT_EXT_ATTR, 0);
}

/* A block of its own, new or its old one. */
static int own_block(struct ext_inode *inode, struct ext_buffer **buffer)
{
    if (inode->file_acl) {
        int rc = ext_buffer_get(inode->fs, inode->file_acl, buffer);
        if (rc)
            return rc;
        if (((struct ext_xattr_header *)(*buffer)->data)->refcount <= 1)
            return 0;
        ext_buffer_put(*buffer);
        uint32_t shared = inode->file_acl;
        inode->file_acl = 0;
        rc = new_block(inode, buffer);
        uint32_t own = inode->file_acl;
        inode->file_acl = shared;
        if (rc)
            return rc;
        rc = drop_block(inode);
        inode->file_acl = own;
        return rc;
    }
    return new_block(inode, buffer);
}

static int store_outside(struct ext_inode *inode, const struct ext_xattrs *set)
{
    struct ext *fs = inode->fs;
    struct ext_buffer *buffer;
    int rc = own_block(inode, &buffer);
    if (rc)
        return rc;
    ext_modify(fs, buffer);
    memset(buffer->data, 0, fs->block_bytes);
    buffer->valid = true;
    struct ext_xattr_header *header = (struct ext_xattr_header *)buffer->data;
    header->magic = EXT_XATTR_MAGIC;
    header->refcount = 1;
    header->blocks = 1;
    lay_out(set, false, buffer->data + sizeof(*header), buffer->data,
            buffer->data + fs->block_bytes);
    ext_buffer_put(buffer);
    return 0;
}

static int store_inside(struct ext_inode *inode, const struct ext_xattrs *set)
{
    struct ext *fs = inode->fs;
    uint32_t start = EXT_GOOD_OLD_INODE + inode->extra_isize, magic = EXT_XATTR_MAGIC;
    struct ext_buffer *buffer;
    char *raw;
    if (!inode->extra_isize || start + 8 > fs->inode_bytes)
        return 0;
    int rc = ext_inode_raw(inode, &buffer, &raw);
    if (rc)
        return rc;
    ext_modify(fs, buffer);
    memset(raw + start, 0, fs->inode_bytes - start);
    bool any = false;
    for (unsigned i = 0; i < set->count; i++)
        any |= set->list[i].inside;
    if (any) {
        memcpy(raw + start, &magic, 4);
        lay_out(set, true, raw + start + 4, raw + start + 4, raw + fs->inode_bytes);
    }
    ext_buffer_put(buffer);
    return 0;
}

int ext_xattrs_store(struct ext_inode *inode, struct ext_xattrs *set)
{
    unsigned outside;
    sort(set);
    int rc = place(inode, set, &outside);
    if (!rc)
        rc = outside ? store_outside(inode, set) : drop_block(inode);
    if (!rc)
        rc = store_inside(inode, set);
    inode->at.changed = ext_now(inode->fs);
    int stored = ext_inode_store(inode);
    return rc ? rc : stored;
}

int ext_xattr_free(struct ext_inode *inode)
{
    return drop_block(inode);
}
