/*
 * Listing. Without index a cookie is the offset of an entry: entries stay where they are while
 * others go.
 */
#include "readdir.h"

/* DT_... of the types in entries; anything else: not known. */
static uint8_t type_of(const struct ext *fs, const struct ext_dirent *entry)
{
    static const uint8_t types[] = {0, 8, 4, 2, 6, 1, 12, 10};
    if (!(fs->super->feature_incompat & EXT_INCOMPAT_FILETYPE) ||
        entry->file_type >= ARRAY_SIZE(types))
        return 0;
    return types[entry->file_type];
}

void ext_list_entry(const struct ext *fs, struct ext_listing *listing,
                    const struct ext_dirent *entry, uint64_t next)
{
    struct ext_entry found = {
        .ino = entry->inode,
        .type = type_of(fs, entry),
        .name = {entry->name, entry->name_len},
        .next = next,
    };
    listing->stopped = !listing->fn(listing->arg, &found);
}

/* Entries of a block that lie at `from` or behind. */
static int list_block(struct ext *fs, struct ext_listing *listing, const char *data,
                      uint64_t base)
{
    for (uint32_t at = 0; !listing->stopped && at < fs->block_bytes;) {
        const struct ext_dirent *entry = (const struct ext_dirent *)(data + at);
        if (!ext_dirent_valid(fs, data, at))
            return -EUCLEAN;
        at += entry->rec_len;
        if (!entry->inode || base + at - entry->rec_len < listing->cookie)
            continue;
        ext_list_entry(fs, listing, entry, base + at);
    }
    return 0;
}

static int list_row(struct ext_inode *dir, struct ext_listing *listing)
{
    struct ext *fs = dir->fs;
    int rc = 0;
    for (uint64_t n = listing->cookie >> fs->block_shift;
         !rc && !listing->stopped && n < ext_dir_blocks(dir); n++) {
        struct ext_buffer *buffer;
        rc = ext_dir_block(dir, n, &buffer);
        if (rc)
            break;
        rc = list_block(fs, listing, buffer->data, n << fs->block_shift);
        ext_buffer_put(buffer);
    }
    return rc;
}

int ext_readdir(struct ext_inode *dir, uint64_t cookie,
                bool (*fn)(void *arg, const struct ext_entry *entry), void *arg)
{
    struct ext_listing listing = {.cookie = cookie, .fn = fn, .arg = arg};
    if ((dir->at.mode & S_IFMT) != S_IFDIR)
        return -ENOTDIR;
    ext_lock_shared(&dir->lock);
    int rc = 0;
    if (dir->at.links)
        rc = ext_lists_by_hash(dir) ? ext_list_by_hash(dir, &listing) : list_row(dir, &listing);
    ext_unlock(&dir->lock);
    return rc;
}
