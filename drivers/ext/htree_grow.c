/*
 * Indexes grow: a full leaf becomes two, then its pair. Invariant: what is changed is changed when
 * nothing can fail any more, so that the index is whole after each function.
 */
#include "htree.h"

struct moved {
    uint32_t hash;
    uint16_t offset, bytes;
};

struct split {
    char *copy; /* of the leaf */
    struct moved *list; /* its entries */
    uint32_t count;
};

static void clear_node(struct ext *fs, char *data)
{
    memset(data, 0, fs->block_bytes);
    ((struct ext_dirent *)data)->rec_len = fs->block_bytes;
}

/* The entries of a leaf, by hash. */
static int take_apart(struct ext_inode *dir, uint8_t version, const char *data, struct split *s)
{
    struct ext *fs = dir->fs;
    memcpy(s->copy, data, fs->block_bytes);
    s->count = 0;
    for (uint32_t at = 0; at < fs->block_bytes;) {
        const struct ext_dirent *entry = (const struct ext_dirent *)(s->copy + at);
        if (!ext_dirent_valid(fs, s->copy, at))
            return -EUCLEAN;
        if (entry->inode) {
            struct ext_name name = {entry->name, entry->name_len};
            struct moved one = {ext_name_hash(fs, version, name), at,
                                EXT_DIRENT_BYTES(entry->name_len)};
            uint32_t k = s->count++;
            for (; k && s->list[k - 1].hash > one.hash; k--)
                s->list[k] = s->list[k - 1];
            s->list[k] = one;
        }
        at += entry->rec_len;
    }
    return s->count >= 2 ? 0 : -ENOSPC;
}

/* Entries [from, to) fill a block. */
static void put_together(struct ext *fs, const struct split *s, uint32_t from, uint32_t to,
                         char *data)
{
    uint32_t at = 0;
    memset(data, 0, fs->block_bytes);
    for (uint32_t i = from; i < to; i++) {
        struct ext_dirent *entry = (struct ext_dirent *)(data + at);
        memcpy(entry, s->copy + s->list[i].offset, s->list[i].bytes);
        entry->rec_len = i + 1 == to ? fs->block_bytes - at : s->list[i].bytes;
        at += s->list[i].bytes;
    }
}

/* Half of the bytes stay. */
static uint32_t middle_of(const struct split *s)
{
    uint32_t all = 0, below = 0, middle = 0;
    for (uint32_t i = 0; i < s->count; i++)
        all += s->list[i].bytes;
    while (middle < s->count - 1 && (!middle || below + s->list[middle].bytes <= all / 2))
        below += s->list[middle++].bytes;
    return middle;
}

/* A pair behind the one that is followed; there is room. */
static void insert_pair(struct ext *fs, struct ext_dx_level *level, uint32_t hash, uint32_t block)
{
    uint32_t count = ext_dx_count(level->entries), at = level->at + 1;
    ext_modify(fs, level->buffer);
    memmove(level->entries + at + 1, level->entries + at,
            (count - at) * sizeof(struct ext_dx_entry));
    level->entries[at] = (struct ext_dx_entry){hash, block};
    ext_dx_set_count(level->entries, count + 1);
}

static int split_leaf(struct ext_inode *dir, struct ext_dx_way *way, struct ext_buffer *leaf,
                      struct split *s)
{
    struct ext *fs = dir->fs;
    struct ext_buffer *new;
    uint32_t n;
    int rc = take_apart(dir, way->version, leaf->data, s);
    if (!rc)
        rc = ext_dir_grow(dir, &n, &new);
    if (rc)
        return rc;
    uint32_t middle = middle_of(s), hash = s->list[middle].hash;
    put_together(fs, s, middle, s->count, new->data);
    ext_buffer_put(new);
    ext_modify(fs, leaf);
    put_together(fs, s, 0, middle, leaf->data);
    insert_pair(fs, &way->level[way->depth - 1], hash | (s->list[middle - 1].hash == hash), n);
    return 0;
}

/* The root's pairs move to a node of their own. */
static int add_level(struct ext_inode *dir, struct ext_dx_way *way)
{
    struct ext *fs = dir->fs;
    struct ext_dx_level *top = &way->level[0];
    struct ext_buffer *node;
    uint32_t n, count = ext_dx_count(top->entries);
    int rc = ext_dir_grow(dir, &n, &node);
    if (rc)
        return rc;
    clear_node(fs, node->data);
    struct ext_dx_entry *entries = (struct ext_dx_entry *)(node->data + EXT_DX_NODE_OFFSET);
    memcpy(entries, top->entries, count * sizeof(*entries));
    entries[0].hash = (fs->block_bytes - EXT_DX_NODE_OFFSET) / sizeof(*entries) | count << 16;
    ext_buffer_put(node);
    ext_modify(fs, top->buffer);
    ((struct ext_dx_root *)top->buffer->data)->levels = 1;
    top->entries[0].block = n;
    ext_dx_set_count(top->entries, 1);
    return 0;
}

/* The upper half of a node's pairs move to a new one. */
static int split_node(struct ext_inode *dir, struct ext_dx_way *way)
{
    struct ext *fs = dir->fs;
    struct ext_dx_entry *old = way->level[1].entries;
    struct ext_buffer *node;
    uint32_t n, count = ext_dx_count(old), half = count / 2;
    if (ext_dx_count(way->level[0].entries) == ext_dx_limit(way->level[0].entries))
        return -ENOSPC;
    int rc = ext_dir_grow(dir, &n, &node);
    if (rc)
        return rc;
    clear_node(fs, node->data);
    struct ext_dx_entry *entries = (struct ext_dx_entry *)(node->data + EXT_DX_NODE_OFFSET);
    uint32_t hash = old[half].hash;
    memcpy(entries, old + half, (count - half) * sizeof(*entries));
    entries[0].hash = ext_dx_limit(old) | (count - half) << 16;
    ext_buffer_put(node);
    ext_modify(fs, way->level[1].buffer);
    ext_dx_set_count(old, half);
    insert_pair(fs, &way->level[0], hash, n);
    return 0;
}

/* Once more from the top after each change; a few are enough. */
static int make_space(struct ext_inode *dir, struct ext_dx_way *way, struct ext_buffer *leaf)
{
    const struct ext_dx_entry *entries = way->level[way->depth - 1].entries;
    if (ext_dx_count(entries) == ext_dx_limit(entries))
        return way->depth == 1 ? add_level(dir, way) : split_node(dir, way);
    struct split s = {.copy = kmalloc(dir->fs->block_bytes),
                      .list = kmalloc(dir->fs->block_bytes / 12 * sizeof(struct moved))};
    int rc = s.copy && s.list ? split_leaf(dir, way, leaf, &s) : -ENOMEM;
    kfree(s.copy);
    kfree(s.list);
    return rc;
}

int ext_dx_add(struct ext_inode *dir, struct ext_name name, uint32_t ino, uint8_t type)
{
    int rc = -ENOSPC;
    for (unsigned tries = 0; rc == -ENOSPC && tries < 8; tries++) {
        struct ext_dx_way way;
        struct ext_buffer *leaf;
        rc = ext_dx_enter(dir, name, &way);
        if (!rc)
            rc = ext_dir_block(dir, ext_dx_leaf(&way), &leaf);
        if (!rc) {
            rc = ext_block_add(dir->fs, leaf, name, ino, type);
            int space = rc == -ENOSPC ? make_space(dir, &way, leaf) : 0;
            ext_buffer_put(leaf);
            if (space) {
                ext_dx_leave(&way);
                return space;
            }
        }
        ext_dx_leave(&way);
    }
    return rc;
}

/* Entries but the dots go to a new block; what they leave is the root of an index. */
int ext_dx_make(struct ext_inode *dir)
{
    struct ext *fs = dir->fs;
    struct ext_buffer *first, *leaf;
    uint32_t n, at = 24, to = 0;
    int rc = ext_dir_block(dir, 0, &first);
    if (rc)
        return rc;
    const struct ext_dx_root *old = (const struct ext_dx_root *)first->data;
    if (old->dot.rec_len != 12 || old->dot_dot.rec_len != 12 || old->dot.name_len != 1 ||
        old->dot_dot.name_len != 2)
        rc = -EUCLEAN;
    for (uint32_t i = at; !rc && i < fs->block_bytes;) {
        rc = ext_dirent_valid(fs, first->data, i) ? 0 : -EUCLEAN;
        i += ((const struct ext_dirent *)(first->data + i))->rec_len;
    }
    if (!rc)
        rc = ext_dir_grow(dir, &n, &leaf);
    if (rc) {
        ext_buffer_put(first);
        return rc;
    }
    struct ext_dirent *last = NULL;
    memset(leaf->data, 0, fs->block_bytes);
    while (at < fs->block_bytes) {
        const struct ext_dirent *entry = (const struct ext_dirent *)(first->data + at);
        at += entry->rec_len;
        if (!entry->inode)
            continue;
        last = (struct ext_dirent *)(leaf->data + to);
        memcpy(last, entry, EXT_DIRENT_BYTES(entry->name_len));
        last->rec_len = EXT_DIRENT_BYTES(entry->name_len);
        to += last->rec_len;
    }
    if (last)
        last->rec_len += fs->block_bytes - to;
    else
        ((struct ext_dirent *)leaf->data)->rec_len = fs->block_bytes;
    ext_buffer_put(leaf);
    ext_modify(fs, first);
    struct ext_dx_root *root = (struct ext_dx_root *)first->data;
    struct ext_dx_entry *entries =
        (struct ext_dx_entry *)(first->data + offsetof(struct ext_dx_root, entries));
    root->dot_dot.rec_len = fs->block_bytes - 12;
    memset(first->data + 24, 0, fs->block_bytes - 24);
    root->hash_version = fs->super->def_hash_version;
    root->info_length = 8;
    uint32_t limit = (fs->block_bytes - offsetof(struct ext_dx_root, entries)) / sizeof(*entries);
    entries[0] = (struct ext_dx_entry){limit | 1u << 16, n};
    ext_buffer_put(first);
    dir->flags |= EXT_INDEX_FL;
    return 0;
}
