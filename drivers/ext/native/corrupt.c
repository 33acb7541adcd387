/*
 * Volumes with wrong bits in what is not content: whatever they answer, the library neither crashes
 * nor hangs.   ext-corrupt [VOLUMES [SEED]]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <ringside-rt/ext.h>

#include "shim.h"

#define BYTES (3u << 20)
#define DEPTH 6

static char image[] = "/tmp/ext-corrupt-XXXXXX", whole[BYTES];
static uint64_t volumes = 300, seed = 1, mounted, refused, errors;
static char buffer[200000];

static struct ext_name named(const char *text)
{
    return (struct ext_name){text, strlen(text)};
}

static int64_t note(int64_t rc)
{
    errors += rc == -EUCLEAN;
    return rc;
}

struct names {
    char list[40][256];
    unsigned count;
    unsigned passed;
};

static bool collect(void *arg, const struct ext_entry *entry)
{
    struct names *names = arg;
    if (names->count < 40 && entry->name.text[0] != '.') {
        memcpy(names->list[names->count], entry->name.text, entry->name.length);
        names->list[names->count++][entry->name.length] = 0;
    }
    return ++names->passed < 5000;
}

/* Everything that can be read, and a little of what can be done, below an inode. */
static void visit(struct ext_inode *inode, unsigned depth)
{
    struct ext_new new = {.mode = 0100644};
    struct ext_inode *child;
    struct names *names = calloc(1, sizeof(*names));
    uint64_t offset;
    note(ext_readlink(inode, buffer, sizeof(buffer)));
    note(ext_read(inode, 0, buffer, sizeof(buffer)));
    note(ext_list_xattr(inode, buffer, sizeof(buffer)));
    note(ext_get_xattr(inode, named("user.x"), buffer, 100));
    note(ext_readdir(inode, 0, collect, names));
    for (unsigned i = 0; i < names->count && depth < DEPTH; i++)
        if (!note(ext_lookup(inode, named(names->list[i]), &child))) {
            visit(child, depth + 1);
            ext_put(child);
        }
    note(ext_append(inode, buffer, 3000, &offset, NULL));
    note(ext_set_xattr(inode, named("user.y"), buffer, 60, 0));
    note(ext_truncate(inode, 10));
    if (!note(ext_mkdir(inode, named("made"), &new, &child)))
        ext_put(child);
    if (!note(ext_create(inode, named("file"), &new, &child))) {
        note(ext_append(child, buffer, 20000, &offset, NULL));
        ext_put(child);
    }
    if (names->count > 1)
        note(ext_rename(inode, named(names->list[0]), inode, named(names->list[1])));
    for (unsigned i = 0; i < names->count; i += 2) {
        note(ext_unlink(inode, named(names->list[i])));
        note(ext_rmdir(inode, named(names->list[i])));
    }
    free(names);
}

static void build(void *arg)
{
    struct native_disk *disk = arg;
    struct ext_options options = {.cache_bytes = 1 << 20};
    struct ext_new new = {.mode = 0100644};
    struct ext_inode *root, *inode, *dir;
    struct ext *fs;
    char name[80];
    uint64_t offset;
    if (ext_mount(&disk->blk, &options, &fs) || ext_open(fs, EXT_ROOT_INO, 0, &root))
        abort();
    for (unsigned i = 0; i < 12; i++) {
        sprintf(name, "dir%u", i);
        if (ext_mkdir(root, named(name), &new, &dir))
            abort();
        for (unsigned k = 0; k < (i ? 3 : 40); k++) {
            sprintf(name, "file-%u-with-a-name-of-some-length-%u", i, k);
            if (ext_create(dir, named(name), &new, &inode) ||
                ext_append(inode, buffer, i == 1 ? 90000 : 100, &offset, NULL) < 0 ||
                ext_set_xattr(inode, named("user.x"), buffer, i == 2 ? 300 : 10, 0))
                abort();
            ext_put(inode);
        }
        ext_put(dir);
    }
    if (ext_symlink(root, named("link"), &new, (struct ext_name){buffer, 200}, &inode))
        abort();
    ext_put(inode);
    ext_put(root);
    if (ext_sync(fs, EXT_DURABLE))
        abort();
    memcpy(whole, disk->bytes, BYTES); /* with something to replay */
    ext_unmount(fs);
}

static void use(void *arg)
{
    struct native_disk *disk = arg;
    struct ext_options options = {.cache_bytes = 1 << 20};
    struct ext_inode *root;
    struct ext *fs;
    int rc = ext_mount(&disk->blk, &options, &fs);
    if (rc) {
        refused++;
        return;
    }
    mounted++;
    if (!note(ext_open(fs, EXT_ROOT_INO, 0, &root))) {
        visit(root, 0);
        ext_put(root);
    }
    note(ext_sync(fs, EXT_WRITTEN));
    ext_unmount(fs);
    if (native_memory_used()) {
        fprintf(stderr, "%llu bytes are not given back\n",
                (unsigned long long)native_memory_used());
        abort();
    }
}

/* Some bits, in places that are not zero more often than not. */
static void corrupt(char *bytes, uint64_t *state)
{
    for (uint64_t n = 1 + native_random(state, 12); n; n--) {
        uint64_t at = 1024 + native_random(state, BYTES - 1024);
        for (unsigned tries = 0; !bytes[at] && tries < 50; tries++)
            at = 1024 + native_random(state, native_random(state, 2) ? BYTES - 1024 : 64 << 10);
        if (native_random(state, 3))
            bytes[at] ^= 1 << native_random(state, 8);
        else
            bytes[at] = native_random(state, 256);
    }
}

int main(int argc, char **argv)
{
    static const char *kinds[] = {"-t ext3 -b 1024 -J size=1", "-t ext2 -b 1024",
                                  "-t ext2 -b 4096"};
    char command[200];
    volumes = argc > 1 ? strtoull(argv[1], NULL, 10) : volumes;
    seed = argc > 2 ? strtoull(argv[2], NULL, 10) : seed;
    memset(buffer, 'x', sizeof(buffer));
    close(mkstemp(image));
    for (unsigned k = 0; k < 3; k++) {
        uint64_t state = seed * 77 + k + 1;
        struct native_disk *disk = native_disk_new(BYTES);
        snprintf(command, sizeof(command), "rm -f %s; mke2fs -q -F %s %s 3M >%s.log", image,
                 kinds[k], image, image);
        if (system(command) || !native_disk_load(disk, image))
            return 1;
        disk->reaches_all = true;
        native_run(1, build, disk);
        for (uint64_t i = 0; i < volumes; i++) {
            memcpy(disk->bytes, whole, BYTES);
            corrupt(disk->bytes, &state);
            if (getenv("CORRUPT_SHOW"))
                fprintf(stderr, "%llu\n", (unsigned long long)i);
            alarm(60); /* for what hangs */
            native_run(i, use, disk);
        }
        native_disk_free(disk);
    }
    printf("%llu mounted, %llu refused, %llu answers were EUCLEAN\n", (unsigned long long)mounted,
           (unsigned long long)refused, (unsigned long long)errors);
    snprintf(command, sizeof(command), "rm -f %s %s.log", image, image);
    return system(command);
}
