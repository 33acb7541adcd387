/* Invariant: an entry that is not busy exists exactly if its file is there. */
#include "fileset.h"

#include <ringside-rt/memory.h>
#include <ringside-rt/posix.h>
#include <ringside-rt/print.h>
#include <ringside-rt/thread.h>

/* Quantiles of a gamma distribution of shape 1.5, at (i + 1/2) / 64; thousandths of the mean. */
static const uint16_t gamma_quantiles[] = {
    32,   69,   99,   126,  151,  175,  198,  220,  243,  265,  287,  308,  330,
    351,  373,  395,  417,  439,  461,  483,  506,  528,  552,  575,  599,  623,
    648,  673,  698,  724,  751,  778,  806,  834,  863,  893,  924,  956,  989,
    1023, 1058, 1095, 1133, 1172, 1214, 1257, 1302, 1350, 1400, 1454, 1511, 1572,
    1638, 1709, 1787, 1874, 1970, 2080, 2207, 2359, 2548, 2799, 3175, 3974};

static uint32_t draw_bytes(uint32_t mean, struct random *random)
{
    uint64_t quantile = gamma_quantiles[random_below(random, ARRAY_SIZE(gamma_quantiles))];
    return (uint32_t)(mean * quantile / 1000);
}

bool fileset_init(struct fileset *set, const struct fileset_shape *shape, uint32_t files,
                  bool gamma, struct random *random)
{
    *set = (struct fileset){.name = shape->name, .files = files, .width = shape->width};
    set->entries = kmalloc(files * sizeof(*set->entries));
    if (!set->entries)
        return false;
    for (uint32_t i = 0; i < files; i++)
        set->entries[i].bytes = gamma ? draw_bytes(shape->bytes, random) : shape->bytes;
    return true;
}

void fileset_free(struct fileset *set)
{
    kfree(set->entries);
}

void fileset_path(const struct fileset *set, unsigned entry, char path[FILESET_PATH])
{
    snprintf(path, FILESET_PATH, "/%s/%u/%u", set->name, entry / set->width, entry);
}

/* The folder that an entry lies in. */
static void folder_path(const struct fileset *set, unsigned entry, char path[FILESET_PATH])
{
    snprintf(path, FILESET_PATH, "/%s/%u", set->name, entry / set->width);
}

static void top_path(const struct fileset *set, char path[FILESET_PATH])
{
    snprintf(path, FILESET_PATH, "/%s", set->name);
}

int fileset_make_folders(const struct fileset *set)
{
    char path[FILESET_PATH];
    top_path(set, path);
    int rc = mkdir(path, 0755);
    for (uint32_t i = 0; !rc && i < set->files; i += set->width) {
        folder_path(set, i, path);
        rc = mkdir(path, 0755);
    }
    return rc;
}

/* What is not there is removed. */
static int gone(int rc)
{
    return rc && errno == ENOENT ? 0 : rc;
}

int fileset_remove_all(const struct fileset *set)
{
    char path[FILESET_PATH];
    int rc = 0;
    top_path(set, path);
    if (access(path, FS_F_OK))
        return gone(-1);
    for (uint32_t i = 0; !rc && i < set->files; i++) {
        fileset_path(set, i, path);
        rc = gone(unlink(path));
    }
    for (uint32_t i = 0; !rc && i < set->files; i += set->width) {
        folder_path(set, i, path);
        rc = gone(rmdir(path));
    }
    top_path(set, path);
    return rc ? rc : rmdir(path);
}

/* From a random one on; -1: none, -2: all that would do are busy. */
static int look(const struct fileset *set, struct random *random, bool exists, bool unopened)
{
    uint32_t from = (uint32_t)random_below(random, set->files);
    int found = -1;
    for (uint32_t i = 0; i < set->files; i++) {
        uint32_t at = (from + i) % set->files;
        const struct fileset_entry *entry = &set->entries[at];
        if (entry->exists != exists || (unopened && entry->open))
            continue;
        if (!entry->busy)
            return (int)at;
        found = -2;
    }
    return found;
}

int fileset_pick(struct fileset *set, struct random *random, bool exists, bool unopened)
{
    int at;
    while ((at = look(set, random, exists, unopened)) == -2)
        thread_yield();
    return at;
}
