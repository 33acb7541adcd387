/* Listing. A cookie is the offset of an entry: entries stay where they are while others go. */
#include "volume.h"

struct listing {
    bool (*fn)(void *arg, const struct ext_entry *entry);
    void *arg;
    bool stopped;
};

/* DT_... of the types in entries; anything else: not known. */
static uint8_t type_of(const struct ext *fs, const struct ext_dirent *entry)
{
    static const uint8_t types[] = {0, 8, 4, 2, 6, 1, 12, 10};
    if (!(fs->super->feature_incompat & EXT_INCOMPAT_FILETYPE) ||
        entry->file_type >= ARRAY_SIZE(types))
        return 0;
    return types[entry->file_type];
}

/* Entries of a block that lie at `from` or behind. */
static int list_block(struct ext *fs, struct listing *listing, const char *data, uint64_t base,
                      uint64_t from)
{
    for (uint32_t at = 0; !listing->stopped && at < fs->block_bytes;) {
        const struct ext_dirent *entry = (const struct ext_dirent *)(data + at);
        if (!ext_dirent_valid(fs, data, at))
            return -EUCLEAN;
        at += entry->rec_len;
        if (!entry->inode || base + at - entry->rec_len < from)
            continue;
        struct ext_entry found = {
            .ino = entry->inode,
            .type = type_of(fs, entry),
            .name = {entry->name, entry->name_len},
            .next = base + at,
        };
        listing->stopped = !listing->fn(listing->arg, &found);
    }
    return 0;
}

static int list_row(struct ext_inode *dir, uint64_t cookie, struct listing *listing)
{
    struct ext *fs = dir->fs;
    int rc = 0;
    for (uint64_t n = cookie >> fs->block_shift;
         !rc && !listing->stopped && n < ext_dir_blocks(dir); n++) {
        struct ext_buffer *buffer;
        rc = ext_dir_block(dir, n, &buffer);
        if (rc)
            break;
        rc = list_block(fs, listing, buffer->data, n << fs->block_shift, cookie);
        ext_buffer_put(buffer);
    }
    return rc;
}

int ext_readdir(struct ext_inode *dir, uint64_t cookie,
                bool (*fn)(void *arg, const struct ext_entry *entry), void *arg)
{
    struct listing listing = {.fn = fn, .arg = arg};
    if ((dir->at.mode & S_IFMT) != S_IFDIR)
        return -ENOTDIR;
    ext_lock_shared(&dir->lock);
    int rc = dir->at.links ? list_row(dir, cookie, &listing) : 0;
    ext_unlock(&dir->lock);
    return rc;
}
