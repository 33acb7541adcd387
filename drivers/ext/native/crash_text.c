/* What a volume holds, as text: two volumes hold the same when their texts are the same. */
#include "crash_work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST 64

struct listing {
    char *text;
    int rc;
};

struct found {
    uint32_t ino;
    char name[64];
};

struct entries {
    struct found list[MOST];
    unsigned count;
};

static void describe(struct listing *listing, const char *path, struct ext_inode *inode);

static bool collect(void *arg, const struct ext_entry *entry)
{
    struct entries *e = arg;
    if (entry->name.text[0] == '.' || entry->name.length > 60 || e->count == MOST)
        return true;
    struct found *found = &e->list[e->count++];
    found->ino = entry->ino;
    memcpy(found->name, entry->name.text, entry->name.length);
    found->name[entry->name.length] = 0;
    return true;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct found *)a)->name, ((const struct found *)b)->name);
}

static void descend(struct listing *listing, const char *path, struct ext_inode *dir)
{
    struct entries entries = {.count = 0};
    int rc = ext_readdir(dir, 0, collect, &entries);
    listing->rc = listing->rc ? listing->rc : rc;
    qsort(entries.list, entries.count, sizeof(entries.list[0]), by_name);
    for (unsigned i = 0; i < entries.count && !listing->rc; i++) {
        char below[200];
        struct ext_inode *inode;
        struct ext_name name = {entries.list[i].name, strlen(entries.list[i].name)};
        snprintf(below, sizeof(below), "%.100s/%.60s", path, entries.list[i].name);
        listing->rc = ext_lookup(dir, name, &inode);
        if (!listing->rc)
            describe(listing, below, inode);
        if (!listing->rc)
            ext_put(inode);
    }
}

static uint64_t sum_of(const uint64_t *words, int64_t bytes)
{
    uint64_t sum = (uint64_t)bytes;
    for (int64_t i = 0; i < bytes; i += 8)
        sum = sum * 31 + words[i / 8];
    return sum;
}

static void describe(struct listing *listing, const char *path, struct ext_inode *inode)
{
    static uint64_t content[(512 << 10) / 8];
    struct ext_attributes at;
    char value[1000];
    ext_get(inode, &at);
    int64_t n = 0;
    if ((at.mode & 0170000) == 0100000)
        n = ext_read(inode, 0, content, sizeof(content) - 8);
    else if ((at.mode & 0170000) == 0120000)
        n = ext_readlink(inode, (char *)content, sizeof(content) - 8);
    if (n > 0)
        memset((char *)content + n, 0, 8);
    struct ext_name user = {"user.x", 6};
    int64_t x = ext_get_xattr(inode, user, value, sizeof(value));
    if (n < 0 || (x < 0 && x != -ENODATA))
        listing->rc = (int)(n < 0 ? n : x);
    size_t used = strlen(listing->text);
    snprintf(listing->text + used, CRASH_TEXT - used, "%s %o %u %llu %llx %lld\n", path, at.mode,
             at.links, (unsigned long long)at.size,
             (unsigned long long)(n > 0 ? sum_of(content, n) : 0), (long long)x);
    if ((at.mode & 0170000) == 0040000)
        descend(listing, path, inode);
}

int crash_text(struct ext *fs, char *text)
{
    struct listing listing = {.text = text};
    struct ext_inode *root;
    *text = 0;
    int rc = ext_open(fs, EXT_ROOT_INO, 0, &root);
    if (rc)
        return rc;
    describe(&listing, "", root);
    ext_put(root);
    return listing.rc;
}
