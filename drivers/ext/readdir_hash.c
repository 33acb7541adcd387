/*
 * Listing in the order of hashes, which stays when leaves are split. A cookie is the key of a name:
 * its hash, then a second one, and 2 more for the dots. Names of one hash may lie in several leaves
 * in a row; those are listed as one. Two names with all 63 bits in common may be listed once only.
 */
#include "htree.h"
#include "readdir.h"

#define TOGETHER 4u /* leaves that may be listed as one */
#define DOTS 2u

struct keyed {
    uint64_t key;
    const struct ext_dirent *entry;
};

struct unit {
    char *copy;
    struct keyed *list;
    uint32_t count, leaves;
};

bool ext_lists_by_hash(const struct ext_inode *dir)
{
    const struct ext_super *s = dir->fs->super;
    if (!(s->feature_compat & EXT_COMPAT_DIR_INDEX))
        return false;
    return dir->flags & EXT_INDEX_FL ||
           (ext_dir_blocks(dir) == 1 && ext_hash_known(s->def_hash_version));
}

static bool is_dots(const struct ext_dirent *entry)
{
    return entry->name[0] == '.' &&
           (entry->name_len == 1 || (entry->name_len == 2 && entry->name[1] == '.'));
}

/* The entries of a block, but for the dots. */
static int add_block(struct ext_inode *dir, uint32_t n, uint8_t version, struct unit *unit)
{
    struct ext *fs = dir->fs;
    struct ext_buffer *buffer;
    int rc = ext_dir_block(dir, n, &buffer);
    if (rc)
        return rc;
    char *data = unit->copy + ((size_t)unit->leaves++ << fs->block_shift);
    memcpy(data, buffer->data, fs->block_bytes);
    ext_buffer_put(buffer);
    for (uint32_t at = 0; at < fs->block_bytes;) {
        const struct ext_dirent *entry = (const struct ext_dirent *)(data + at);
        if (!ext_dirent_valid(fs, data, at))
            return -EUCLEAN;
        at += entry->rec_len;
        if (!entry->inode || is_dots(entry))
            continue;
        struct ext_name name = {entry->name, entry->name_len};
        unit->list[unit->count++] = (struct keyed){ext_name_key(fs, version, name) + DOTS, entry};
    }
    return 0;
}

static void sort(struct unit *unit)
{
    for (uint32_t gap = unit->count / 2; gap; gap /= 2)
        for (uint32_t i = gap; i < unit->count; i++) {
            struct keyed one = unit->list[i];
            uint32_t k = i;
            for (; k >= gap && unit->list[k - gap].key > one.key; k -= gap)
                unit->list[k] = unit->list[k - gap];
            unit->list[k] = one;
        }
}

static void list_unit(struct ext_inode *dir, struct unit *unit, struct ext_listing *listing)
{
    sort(unit);
    for (uint32_t i = 0; i < unit->count && !listing->stopped; i++)
        if (unit->list[i].key >= listing->cookie)
            ext_list_entry(dir->fs, listing, unit->list[i].entry, unit->list[i].key + 1);
    unit->count = unit->leaves = 0;
}

/* Leaf after leaf, from the cookie's on. */
static int list_leaves(struct ext_inode *dir, struct unit *unit, struct ext_listing *listing)
{
    struct ext_dx_way way;
    uint64_t key = listing->cookie < DOTS ? 0 : listing->cookie - DOTS;
    int rc = ext_dx_enter_hash(dir, (uint32_t)(key >> 32) << 1, &way), more = 1;
    /* the tree is as wide as the directory has blocks: a ring would not end */
    for (uint32_t n = 0; !rc && more == 1 && !listing->stopped; n++) {
        rc = n < ext_dir_blocks(dir) ? 0 : -EUCLEAN;
        bool same = false;
        do {
            if (!rc)
                rc = add_block(dir, ext_dx_leaf(&way), way.version, unit);
            more = rc ? rc : ext_dx_advance(dir, &way, &same);
        } while (more == 1 && same && unit->leaves < TOGETHER);
        if (!rc)
            list_unit(dir, unit, listing);
        rc = more < 0 ? more : rc;
    }
    ext_dx_leave(&way);
    return rc;
}

static int list_dots(struct ext_inode *dir, struct ext_listing *listing)
{
    static const struct ext_name dots[DOTS] = {{".", 1}, {"..", 2}};
    for (unsigned i = 0; i < DOTS && !listing->stopped; i++) {
        struct ext_place place;
        if (listing->cookie > i)
            continue;
        int rc = ext_dir_find(dir, dots[i], &place);
        if (rc)
            return rc == -ENOENT ? -EUCLEAN : rc;
        ext_list_entry(dir->fs, listing, ext_dirent_at(&place), i + 1);
        ext_buffer_put(place.buffer);
    }
    return 0;
}

int ext_list_by_hash(struct ext_inode *dir, struct ext_listing *listing)
{
    size_t bytes = (size_t)TOGETHER << dir->fs->block_shift;
    struct unit unit = {.copy = kmalloc(bytes), .list = kmalloc(bytes / 12 * sizeof(*unit.list))};
    int rc = unit.copy && unit.list ? list_dots(dir, listing) : -ENOMEM;
    if (!rc && dir->flags & EXT_INDEX_FL) {
        rc = list_leaves(dir, &unit, listing);
    } else if (!rc) {
        rc = add_block(dir, 0, dir->fs->super->def_hash_version, &unit);
        if (!rc)
            list_unit(dir, &unit, listing);
    }
    kfree(unit.copy);
    kfree(unit.list);
    return rc;
}
