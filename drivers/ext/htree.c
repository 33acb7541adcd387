/*
 * The way through an index. Invariant: every pair that is followed was seen to lie in its block,
 * and to lead to a block of the directory that is not block 0.
 */
#include "htree.h"

static int check_entries(const struct ext_inode *dir, const struct ext_dx_entry *entries,
                         uint32_t offset)
{
    uint32_t most = (dir->fs->block_bytes - offset) / sizeof(*entries);
    uint32_t count = ext_dx_count(entries), limit = ext_dx_limit(entries);
    return limit == most && count && count <= limit ? 0 : -EUCLEAN;
}

/* The last pair whose hash is not above. */
static uint32_t search(const struct ext_dx_entry *entries, uint32_t hash)
{
    uint32_t low = 1, high = ext_dx_count(entries);
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (entries[middle].hash > hash)
            high = middle;
        else
            low = middle + 1;
    }
    return low - 1;
}

static uint32_t target(const struct ext_dx_level *level)
{
    return level->entries[level->at].block & 0x0fffffff;
}

uint32_t ext_dx_leaf(const struct ext_dx_way *way)
{
    return target(&way->level[way->depth - 1]);
}

/* The node that a pair of the root leads to. */
static int open_node(struct ext_inode *dir, struct ext_dx_way *way)
{
    struct ext_dx_level *node = &way->level[1];
    uint32_t n = target(&way->level[0]);
    if (!n || n >= ext_dir_blocks(dir))
        return -EUCLEAN;
    int rc = ext_dir_block(dir, n, &node->buffer);
    if (rc)
        return rc;
    node->entries = (struct ext_dx_entry *)(node->buffer->data + EXT_DX_NODE_OFFSET);
    node->at = 0;
    return check_entries(dir, node->entries, EXT_DX_NODE_OFFSET);
}

static int check_leaf(const struct ext_inode *dir, const struct ext_dx_way *way)
{
    uint32_t n = ext_dx_leaf(way);
    return n && n < ext_dir_blocks(dir) ? 0 : -EUCLEAN;
}

/* The root, and no more. */
static int open_root(struct ext_inode *dir, struct ext_dx_way *way)
{
    struct ext_dx_level *top = &way->level[0];
    *way = (struct ext_dx_way){.depth = 1};
    int rc = ext_dir_block(dir, 0, &top->buffer);
    if (rc)
        return rc;
    const struct ext_dx_root *root = (const struct ext_dx_root *)top->buffer->data;
    if (!ext_hash_known(root->hash_version) || root->info_length != 8 || root->levels > 1 ||
        root->zero || root->flags & 1)
        return -EUCLEAN;
    uint32_t offset = offsetof(struct ext_dx_root, entries);
    top->entries = (struct ext_dx_entry *)(top->buffer->data + offset);
    rc = check_entries(dir, top->entries, offset);
    if (rc)
        return rc;
    way->version = root->hash_version;
    way->depth = root->levels + 1;
    return 0;
}

/* From the root to the leaf of way->hash. */
static int descend(struct ext_inode *dir, struct ext_dx_way *way)
{
    int rc = 0;
    way->level[0].at = search(way->level[0].entries, way->hash);
    if (way->depth == 2) {
        rc = open_node(dir, way);
        if (!rc)
            way->level[1].at = search(way->level[1].entries, way->hash);
    }
    return rc ? rc : check_leaf(dir, way);
}

int ext_dx_enter(struct ext_inode *dir, struct ext_name name, struct ext_dx_way *way)
{
    int rc = open_root(dir, way);
    if (rc)
        return rc;
    way->hash = ext_name_hash(dir->fs, way->version, name);
    return descend(dir, way);
}

int ext_dx_enter_hash(struct ext_inode *dir, uint32_t hash, struct ext_dx_way *way)
{
    int rc = open_root(dir, way);
    if (rc)
        return rc;
    way->hash = hash;
    return descend(dir, way);
}

void ext_dx_leave(struct ext_dx_way *way)
{
    for (unsigned i = 0; i < 2; i++)
        if (way->level[i].buffer)
            ext_buffer_put(way->level[i].buffer);
}

/* The pair of the next leaf, or NULL; in the root if the node has no more. */
static const struct ext_dx_entry *next_pair(const struct ext_dx_way *way)
{
    for (unsigned i = way->depth; i; i--) {
        const struct ext_dx_level *level = &way->level[i - 1];
        if (level->at + 1 < ext_dx_count(level->entries))
            return &level->entries[level->at + 1];
    }
    return NULL;
}

int ext_dx_advance(struct ext_inode *dir, struct ext_dx_way *way, bool *same)
{
    struct ext_dx_level *low = &way->level[way->depth - 1], *top = &way->level[0];
    const struct ext_dx_entry *next = next_pair(way);
    int rc = 0;
    if (!next)
        return 0;
    *same = next->hash & 1;
    if (low->at + 1 < ext_dx_count(low->entries)) {
        low->at++;
    } else {
        top->at++;
        ext_buffer_put(low->buffer);
        low->buffer = NULL;
        rc = open_node(dir, way);
    }
    rc = rc ? rc : check_leaf(dir, way);
    return rc ? rc : 1;
}

int ext_dx_next(struct ext_inode *dir, struct ext_dx_way *way)
{
    const struct ext_dx_entry *next = next_pair(way);
    bool same;
    return next && next->hash == (way->hash | 1) ? ext_dx_advance(dir, way, &same) : 0;
}

int ext_dx_find(struct ext_inode *dir, struct ext_name name, struct ext_place *place)
{
    struct ext_dx_way way;
    int rc = ext_dx_enter(dir, name, &way), more = rc ? rc : 1;
    while (more == 1) {
        struct ext_buffer *buffer;
        rc = ext_dir_block(dir, ext_dx_leaf(&way), &buffer);
        if (rc)
            break;
        int64_t at = ext_block_find(dir->fs, buffer->data, name);
        if (at >= 0) {
            *place = (struct ext_place){buffer, at, ext_dx_leaf(&way)};
            break;
        }
        ext_buffer_put(buffer);
        rc = at;
        more = at == -ENOENT ? ext_dx_next(dir, &way) : 0;
        rc = more < 0 ? more : rc;
    }
    ext_dx_leave(&way);
    return rc;
}
