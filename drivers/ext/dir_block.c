/*
 * One block of a directory: entries one behind the other that fill it. Invariant: an entry is used
 * only after it was seen to be whole; none crosses the end of its block.
 */
#include "volume.h"

bool ext_dirent_valid(const struct ext *fs, const char *data, uint32_t offset)
{
    if (fs->block_bytes - offset < 12)
        return false;
    const struct ext_dirent *entry = (const struct ext_dirent *)(data + offset);
    return entry->rec_len % 4 == 0 && entry->rec_len >= EXT_DIRENT_BYTES(1) &&
           entry->rec_len <= fs->block_bytes - offset && entry->inode <= fs->inodes &&
           (!entry->inode || (entry->name_len && EXT_DIRENT_BYTES(entry->name_len) <=
                                                     entry->rec_len));
}

static bool is_named(const struct ext_dirent *entry, struct ext_name name)
{
    return entry->inode && entry->name_len == name.length &&
           memcmp(entry->name, name.text, name.length) == 0;
}

int64_t ext_block_find(const struct ext *fs, const char *data, struct ext_name name)
{
    for (uint32_t at = 0; at < fs->block_bytes;) {
        if (!ext_dirent_valid(fs, data, at))
            return -EUCLEAN;
        const struct ext_dirent *entry = (const struct ext_dirent *)(data + at);
        if (is_named(entry, name))
            return at;
        at += entry->rec_len;
    }
    return -ENOENT;
}

/* Bytes of an entry that its name does not need. */
static uint32_t spare(const struct ext_dirent *entry)
{
    return entry->inode ? entry->rec_len - EXT_DIRENT_BYTES(entry->name_len) : entry->rec_len;
}

uint8_t ext_dirent_type(const struct ext *fs, uint16_t mode)
{
    static const uint8_t types[16] = {[1] = 5, [2] = 3, [4] = 2, [6] = 4, [8] = 1, [10] = 7,
                                      [12] = 6};
    return fs->super->feature_incompat & EXT_INCOMPAT_FILETYPE ? types[mode >> 12] : 0;
}

int ext_block_add(struct ext *fs, struct ext_buffer *buffer, struct ext_name name, uint32_t ino,
                  uint8_t type)
{
    uint32_t need = EXT_DIRENT_BYTES(name.length), at = 0;
    struct ext_dirent *entry;
    for (;; at += entry->rec_len) {
        if (at >= fs->block_bytes)
            return -ENOSPC;
        if (!ext_dirent_valid(fs, buffer->data, at))
            return -EUCLEAN;
        entry = (struct ext_dirent *)(buffer->data + at);
        if (spare(entry) >= need)
            break;
    }
    ext_modify(fs, buffer);
    if (entry->inode) {
        uint32_t used = EXT_DIRENT_BYTES(entry->name_len);
        struct ext_dirent *rest = (struct ext_dirent *)((char *)entry + used);
        rest->rec_len = entry->rec_len - used;
        entry->rec_len = used;
        entry = rest;
    }
    entry->inode = ino;
    entry->name_len = name.length;
    entry->file_type = type;
    memcpy(entry->name, name.text, name.length);
    return 0;
}

struct ext_dirent *ext_dirent_at(const struct ext_place *place)
{
    return (struct ext_dirent *)(place->buffer->data + place->offset);
}

void ext_dir_remove(struct ext_inode *dir, const struct ext_place *place)
{
    struct ext_dirent *entry = ext_dirent_at(place), *before = NULL;
    ext_modify(dir->fs, place->buffer);
    for (uint32_t at = 0; at < place->offset; at += before->rec_len)
        before = (struct ext_dirent *)(place->buffer->data + at);
    if (before)
        before->rec_len += entry->rec_len;
    else
        entry->inode = 0;
    if (place->n < dir->insert_hint)
        dir->insert_hint = place->n;
}

void ext_dir_replace(struct ext_inode *dir, const struct ext_place *place, uint32_t ino,
                     uint16_t mode)
{
    ext_modify(dir->fs, place->buffer);
    struct ext_dirent *entry = ext_dirent_at(place);
    entry->inode = ino;
    entry->file_type = ext_dirent_type(dir->fs, mode);
}
