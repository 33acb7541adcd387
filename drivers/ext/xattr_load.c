/*
 * Extended attributes as they lie on the volume: entries from the front, values anywhere behind.
 * Invariant: no entry and no value is looked at that is not whole within its area.
 */
#include "xattr.h"

#define ENTRY_BYTES(name_len) (((name_len) + sizeof(struct ext_xattr_entry) + 3) & ~3ul)

/* Entries at `at`, values at offsets from `base`; both before end. */
static int parse(struct ext_xattrs *set, const char *at, const char *base, const char *end,
                 bool inside)
{
    uint32_t nothing = 0;
    while (end - at >= 4 && memcmp(at, &nothing, 4)) {
        const struct ext_xattr_entry *entry = (const struct ext_xattr_entry *)at;
        if ((size_t)(end - at) < sizeof(*entry) ||
            (size_t)(end - at) < ENTRY_BYTES(entry->name_len) || !entry->name_len)
            return -EUCLEAN;
        if (entry->value_inum || set->count == EXT_XATTRS_MAX ||
            (entry->value_size && (entry->value_offs > end - base ||
                                   entry->value_size > (size_t)(end - base) - entry->value_offs)))
            return -EUCLEAN;
        set->list[set->count++] = (struct ext_xattr){
            .index = entry->name_index,
            .name_length = entry->name_len,
            .inside = inside,
            .value_length = entry->value_size,
            .name = entry->name,
            .value = base + entry->value_offs,
        };
        at += ENTRY_BYTES(entry->name_len);
    }
    return end - at >= 4 ? 0 : -EUCLEAN;
}

static int load_inside(struct ext_inode *inode, struct ext_xattrs *set)
{
    struct ext *fs = inode->fs;
    uint32_t start = EXT_GOOD_OLD_INODE + inode->extra_isize, magic;
    struct ext_buffer *buffer;
    char *raw, *copy = set->bytes;
    if (!inode->extra_isize || start + 8 > fs->inode_bytes)
        return 0;
    int rc = ext_inode_raw(inode, &buffer, &raw);
    if (rc)
        return rc;
    memcpy(copy, raw, fs->inode_bytes);
    ext_buffer_put(buffer);
    memcpy(&magic, copy + start, 4);
    if (magic != EXT_XATTR_MAGIC)
        return 0;
    return parse(set, copy + start + 4, copy + start + 4, copy + fs->inode_bytes, true);
}

static int load_block(struct ext_inode *inode, struct ext_xattrs *set)
{
    struct ext *fs = inode->fs;
    struct ext_buffer *buffer;
    char *copy = set->bytes + fs->inode_bytes;
    if (!inode->file_acl)
        return 0;
    if (!ext_blocks_valid(fs, inode->file_acl, 1))
        return -EUCLEAN;
    int rc = ext_buffer_get(fs, inode->file_acl, &buffer);
    if (rc)
        return rc;
    memcpy(copy, buffer->data, fs->block_bytes);
    ext_buffer_put(buffer);
    const struct ext_xattr_header *header = (const struct ext_xattr_header *)copy;
    if (header->magic != EXT_XATTR_MAGIC || header->blocks != 1 || !header->refcount)
        return -EUCLEAN;
    return parse(set, copy + sizeof(*header), copy, copy + fs->block_bytes, false);
}

int ext_xattrs_load(struct ext_inode *inode, struct ext_xattrs *set)
{
    *set = (struct ext_xattrs){
        .list = kmalloc((EXT_XATTRS_MAX + 1) * sizeof(struct ext_xattr)),
        .bytes = kmalloc(inode->fs->inode_bytes + inode->fs->block_bytes),
    };
    if (!set->list || !set->bytes)
        return -ENOMEM;
    int rc = load_inside(inode, set);
    return rc ? rc : load_block(inode, set);
}

void ext_xattrs_free(struct ext_xattrs *set)
{
    kfree(set->list);
    kfree(set->bytes);
}
