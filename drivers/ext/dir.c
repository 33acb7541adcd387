/*
 * Directories as rows of blocks. Invariant: insert_hint is at most the first block that has room
 * for a name of middle length.
 */
#include "htree.h"
#include "volume.h"

#define USUAL_NAME 32u

uint32_t ext_dir_blocks(const struct ext_inode *dir)
{
    return dir->at.size >> dir->fs->block_shift;
}

int ext_dir_block(struct ext_inode *dir, uint32_t n, struct ext_buffer **buffer)
{
    uint32_t block, count;
    int rc = ext_map(dir, n, 1, &block, &count);
    if (!rc && !block)
        rc = -EUCLEAN;
    return rc ? rc : ext_buffer_get(dir->fs, block, buffer);
}

int ext_dir_grow(struct ext_inode *dir, uint32_t *n, struct ext_buffer **buffer)
{
    struct ext *fs = dir->fs;
    uint32_t block, count;
    *n = ext_dir_blocks(dir);
    if (dir->at.size + fs->block_bytes > 1ul << 31)
        return -ENOSPC;
    int rc = ext_map(dir, *n, 1, &block, &count);
    if (!rc && !block)
        rc = ext_map_grow(dir, *n, 1, &block, &count);
    if (!rc)
        rc = ext_buffer_blank(fs, block, buffer);
    if (rc)
        return rc;
    ext_modify(fs, *buffer);
    memset((*buffer)->data, 0, fs->block_bytes);
    ((struct ext_dirent *)(*buffer)->data)->rec_len = fs->block_bytes;
    (*buffer)->valid = true;
    dir->at.size += fs->block_bytes;
    return 0;
}

static int find_in_row(struct ext_inode *dir, struct ext_name name, struct ext_place *place)
{
    for (uint32_t n = 0; n < ext_dir_blocks(dir); n++) {
        struct ext_buffer *buffer;
        int rc = ext_dir_block(dir, n, &buffer);
        if (rc)
            return rc;
        int64_t at = ext_block_find(dir->fs, buffer->data, name);
        if (at >= 0) {
            *place = (struct ext_place){buffer, at, n};
            return 0;
        }
        ext_buffer_put(buffer);
        if (at != -ENOENT)
            return at;
    }
    return -ENOENT;
}

static bool is_indexed(const struct ext_inode *dir)
{
    return dir->flags & EXT_INDEX_FL && dir->fs->super->feature_compat & EXT_COMPAT_DIR_INDEX;
}

int ext_dir_find(struct ext_inode *dir, struct ext_name name, struct ext_place *place)
{
    bool dots = name.text[0] == '.' &&
                (name.length == 1 || (name.length == 2 && name.text[1] == '.'));
    return is_indexed(dir) && !dots ? ext_dx_find(dir, name, place)
                                    : find_in_row(dir, name, place);
}

static int add_to_row(struct ext_inode *dir, struct ext_name name, uint32_t ino, uint8_t type)
{
    struct ext *fs = dir->fs;
    struct ext_buffer *buffer;
    int rc = -ENOSPC;
    for (uint32_t n = dir->insert_hint; rc == -ENOSPC && n < ext_dir_blocks(dir); n++) {
        rc = ext_dir_block(dir, n, &buffer);
        if (rc)
            return rc;
        rc = ext_block_add(fs, buffer, name, ino, type);
        ext_buffer_put(buffer);
        if (rc == -ENOSPC && name.length <= USUAL_NAME && n == dir->insert_hint)
            dir->insert_hint++;
    }
    if (rc == -ENOSPC) {
        uint32_t n;
        rc = ext_dir_grow(dir, &n, &buffer);
        if (rc)
            return rc;
        rc = ext_block_add(fs, buffer, name, ino, type);
        ext_buffer_put(buffer);
    }
    return rc;
}

/* Where there is no other block. */
static int add_to_first(struct ext_inode *dir, struct ext_name name, uint32_t ino, uint8_t type)
{
    struct ext_buffer *buffer;
    int rc = ext_dir_block(dir, 0, &buffer);
    if (rc)
        return rc;
    rc = ext_block_add(dir->fs, buffer, name, ino, type);
    ext_buffer_put(buffer);
    return rc;
}

int ext_dir_add(struct ext_inode *dir, struct ext_name name, uint32_t ino, uint16_t mode)
{
    struct ext *fs = dir->fs;
    uint8_t type = ext_dirent_type(fs, mode);
    if (!is_indexed(dir)) {
        bool can = fs->super->feature_compat & EXT_COMPAT_DIR_INDEX &&
                   ext_hash_known(fs->super->def_hash_version);
        int rc = can && ext_dir_blocks(dir) == 1 ? add_to_first(dir, name, ino, type) : 1;
        if (rc == 1) {
            dir->flags &= ~EXT_INDEX_FL;
            return add_to_row(dir, name, ino, type);
        }
        if (rc != -ENOSPC)
            return rc;
        rc = ext_dx_make(dir);
        if (rc)
            return rc;
    }
    return ext_dx_add(dir, name, ino, type);
}

int ext_dir_empty(struct ext_inode *dir)
{
    for (uint32_t n = 0; n < ext_dir_blocks(dir); n++) {
        struct ext_buffer *buffer;
        int rc = ext_dir_block(dir, n, &buffer);
        if (rc)
            return rc;
        for (uint32_t at = 0; !rc && at < dir->fs->block_bytes;) {
            const struct ext_dirent *entry = (const struct ext_dirent *)(buffer->data + at);
            if (!ext_dirent_valid(dir->fs, buffer->data, at))
                rc = -EUCLEAN;
            else if (entry->inode && !(entry->name[0] == '.' &&
                                       (entry->name_len == 1 ||
                                        (entry->name_len == 2 && entry->name[1] == '.'))))
                rc = -ENOTEMPTY;
            at += entry->rec_len;
        }
        ext_buffer_put(buffer);
        if (rc)
            return rc;
    }
    return 0;
}

int ext_dir_init(struct ext_inode *dir, uint32_t parent)
{
    struct ext *fs = dir->fs;
    struct ext_buffer *buffer;
    uint32_t n;
    int rc = ext_dir_grow(dir, &n, &buffer);
    if (rc)
        return rc;
    rc = ext_block_add(fs, buffer, (struct ext_name){".", 1}, dir->at.ino,
                       ext_dirent_type(fs, S_IFDIR));
    if (!rc)
        rc = ext_block_add(fs, buffer, (struct ext_name){"..", 2}, parent,
                           ext_dirent_type(fs, S_IFDIR));
    ext_buffer_put(buffer);
    return rc;
}
