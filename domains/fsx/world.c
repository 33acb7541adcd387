/* Invariant: a slot is -1 or one of our descriptors, opened by its path. */
#include "world.h"

#include <ringside-rt/posix.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>

#define PATH_BYTES 128
#define ENTRIES_BYTES 1024
#define ENTRIES_MOST 10000

static int64_t result_of(int64_t returned)
{
    return returned < 0 ? -errno : returned;
}

static void path_of(const struct world *world, unsigned path, char text[PATH_BYTES])
{
    char name[16];
    step_path(path, name, sizeof(name));
    snprintf(text, PATH_BYTES, "%s/%s", world->folder, name);
}

/* ---- what is left */

static bool dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* The first entry of a folder that is none of the two it always has; false: none is. */
static bool first_entry(const char *folder, struct fs_dirent *entries, char *name, bool *directory)
{
    int fd = open(folder, FS_O_RDONLY | FS_O_DIRECTORY, 0);
    bool found = false;
    for (ssize_t n; fd >= 0 && !found && (n = getdents(fd, entries, ENTRIES_BYTES)) > 0;) {
        for (ssize_t at = 0; at < n && !found;) {
            const struct fs_dirent *entry = (const void *)((const char *)entries + at);
            found = !dots(entry->name);
            if (found)
                strlcpy(name, entry->name, PATH_BYTES);
            *directory = entry->type == FS_S_IFDIR >> 12;
            at += entry->length;
        }
    }
    if (fd >= 0)
        close(fd);
    return found;
}

/*
 * Goes down to what has nothing below it, and removes that; until the folder itself is gone, or it
 * cannot be for anything but steps that do not what they say.
 */
static int remove_tree(const struct world *world)
{
    struct fs_dirent *entries = (void *)(world->buffer);
    char path[FS_PATH_MAX / 4], name[PATH_BYTES];
    for (unsigned i = 0; i < ENTRIES_MOST; i++) {
        bool directory = true, top = true;
        strlcpy(path, world->folder, sizeof(path));
        while (directory && first_entry(path, entries, name, &directory)) {
            size_t length = strlen(path);
            snprintf(path + length, sizeof(path) - length, "/%s", name);
            top = false;
        }
        int64_t rc = result_of(directory ? rmdir(path) : unlink(path));
        if (rc || top)
            return (int)rc;
    }
    return -EIO;
}

int world_open(struct world *world, unsigned run)
{
    for (unsigned i = 0; i < STEP_SLOTS; i++)
        world->slots[i] = -1;
    snprintf(world->folder, sizeof(world->folder), "/fsx.%u", run);
    int64_t rc = result_of(mkdir(world->folder, 0755));
    if (rc != -EEXIST)
        return (int)rc;
    rc = remove_tree(world);
    return (int)(rc ? rc : result_of(mkdir(world->folder, 0755)));
}

int world_close(struct world *world)
{
    int rc = 0;
    for (unsigned i = 0; i < STEP_SLOTS; i++)
        if (world->slots[i] >= 0 && close(world->slots[i]))
            rc = rc ? rc : -errno;
    int removed = remove_tree(world);
    return rc ? rc : removed;
}

/* ---- steps */

static int64_t slot_close(struct world *world, unsigned slot)
{
    int fd = world->slots[slot];
    world->slots[slot] = -1;
    return result_of(close(fd));
}

/* The new one is there before the old one goes. */
static int64_t slot_open(struct world *world, unsigned slot, unsigned path, int flags)
{
    char text[PATH_BYTES];
    path_of(world, path, text);
    int fd = open(text, FS_O_RDWR | flags, 0644);
    if (fd < 0)
        return -errno;
    int64_t rc = world->slots[slot] >= 0 ? slot_close(world, slot) : 0;
    world->slots[slot] = fd;
    world->paths[slot] = path;
    return rc;
}

static struct outcome stat_outcome(int rc, const struct stat *stat)
{
    if (rc)
        return (struct outcome){.result = -errno};
    bool directory = (stat->mode & FS_S_IFMT) == FS_S_IFDIR;
    return (struct outcome){
        .size = directory ? 0 : stat->size, .links = stat->links, .directory = directory};
}

/* Bit N for mN; 1 << 31 for a name that no step makes. */
static unsigned bit_of(const char *name)
{
    bool ours = (name[0] == 'n' || name[0] == 'm') && name[1] >= '0' &&
                name[1] < '0' + STEP_ROOTS && !name[2];
    return ours ? 1u << (name[1] - '0') : dots(name) ? 0 : 1u << 31;
}

static struct outcome list(struct world *world, const char *path)
{
    struct outcome outcome = {0};
    int fd = open(path, FS_O_RDONLY | FS_O_DIRECTORY, 0);
    if (fd < 0)
        return (struct outcome){.result = -errno};
    for (;;) {
        ssize_t n = getdents(fd, world->buffer, ENTRIES_BYTES);
        if (n <= 0) {
            outcome.result = result_of(n);
            break;
        }
        for (ssize_t at = 0; at < n;) {
            const struct fs_dirent *entry = (const void *)(world->buffer + at);
            outcome.names |= bit_of(entry->name);
            at += entry->length;
        }
    }
    close(fd);
    return outcome;
}

static struct outcome just(int64_t result)
{
    return (struct outcome){.result = result};
}

static struct outcome on_path(struct world *world, const struct step *step)
{
    char path[PATH_BYTES], other[PATH_BYTES];
    struct stat about;
    path_of(world, step->path, path);
    path_of(world, step->other, other);
    switch (step->kind) {
    case STEP_truncate:
        return just(result_of(truncate(path, step->offset)));
    case STEP_stat:
        return stat_outcome(stat(path, &about), &about);
    case STEP_list:
        return list(world, path);
    case STEP_unlink:
        return just(result_of(unlink(path)));
    case STEP_rename:
        return just(result_of(rename(path, other)));
    case STEP_link:
        return just(result_of(link(path, other)));
    case STEP_mkdir:
        return just(result_of(mkdir(path, 0755)));
    default:
        return just(result_of(rmdir(path)));
    }
}

static struct outcome reading(struct world *world, int64_t returned)
{
    return (struct outcome){.result = result_of(returned), .data = world->buffer};
}

static struct outcome on_slot(struct world *world, const struct step *step)
{
    int fd = world->slots[step->slot];
    struct stat about;
    if (fd < 0)
        return just(-EBADF);
    if (step->kind == STEP_write || step->kind == STEP_pwrite)
        step_fill(step->seed, world->buffer, step->length);
    switch (step->kind) {
    case STEP_close:
        return just(slot_close(world, step->slot));
    case STEP_reopen:
        slot_close(world, step->slot);
        return just(slot_open(world, step->slot, world->paths[step->slot], 0));
    case STEP_read:
        return reading(world, read(fd, world->buffer, step->length));
    case STEP_pread:
        return reading(world, pread(fd, world->buffer, step->length, step->offset));
    case STEP_write:
        return just(result_of(write(fd, world->buffer, step->length)));
    case STEP_pwrite:
        return just(result_of(pwrite(fd, world->buffer, step->length, step->offset)));
    case STEP_seek:
        return just(result_of(lseek(fd, step->offset, FS_SEEK_SET)));
    case STEP_ftruncate:
        return just(result_of(ftruncate(fd, step->offset)));
    case STEP_fstat:
        return stat_outcome(fstat(fd, &about), &about);
    default:
        return just(result_of(fsync(fd)));
    }
}

struct outcome world_step(struct world *world, const struct step *step)
{
    switch (step->kind) {
    case STEP_open:
        return just(slot_open(world, step->slot, step->path, FS_O_CREAT));
    case STEP_append:
        return just(slot_open(world, step->slot, step->path, FS_O_CREAT | FS_O_APPEND));
    case STEP_create:
        return just(slot_open(world, step->slot, step->path, FS_O_CREAT | FS_O_EXCL));
    case STEP_truncate:
    case STEP_stat:
    case STEP_list:
    case STEP_unlink:
    case STEP_rename:
    case STEP_link:
    case STEP_mkdir:
    case STEP_rmdir:
        return on_path(world, step);
    default:
        return on_slot(world, step);
    }
}

int64_t world_content(struct world *world, unsigned path)
{
    char text[PATH_BYTES];
    path_of(world, path, text);
    int fd = open(text, FS_O_RDONLY, 0);
    if (fd < 0)
        return -errno;
    int64_t bytes = result_of(read(fd, world->buffer, WORLD_BUFFER));
    close(fd);
    return bytes;
}
