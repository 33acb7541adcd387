/*
 * Power cuts: short workloads on an ext3 volume, and every state in which a cut may leave the
 * device. Each is mounted, and must hold what one of the operations left, none before what was made
 * durable; e2fsck judges one in EVERY. All workloads of one operation, and of each length
 * up to LENGTH as many as WORKLOADS, spread evenly.   ext-crash [LENGTH [WORKLOADS [EVERY]]]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <ringside-rt/ext.h>

#include "crash_state.h"
#include "workload.h"

#define BYTES (4u << 20)
#define STATE 65536
#define OPERATIONS 3

static char image[] = "/tmp/ext-crash-XXXXXX", base[BYTES];
static unsigned length = 3, workloads = 12, every = 150;
static uint64_t states, judged;

struct run {
    unsigned codes[OPERATIONS], count;
    bool written; /* synced after each operation, as a server does */
    struct native_disk *disk;
    struct recording recording;
    char *after[OPERATIONS + 1]; /* what the volume held after so many operations */
    unsigned events[OPERATIONS + 1]; /* events when the operation began */
    unsigned durable; /* events after which all is durable */
    char text[STATE];
    int rc;
};

static void fail(const struct run *run, const char *what, int rc)
{
    fprintf(stderr, "workload");
    for (unsigned i = 0; i < run->count; i++)
        fprintf(stderr, " %u", run->codes[i]);
    fprintf(stderr, "%s: %s: %d\n", run->written ? ", synced" : "", what, rc);
    abort();
}

void workload_fail(const struct workload *w, const char *what, int64_t got, int64_t wanted)
{
    (void)w;
    fprintf(stderr, "%s: %lld, not %lld\n", what, (long long)got, (long long)wanted);
    abort();
}

struct ext_time native_now(void)
{
    return (struct ext_time){1700000000, 0};
}

static struct ext_name named(const char *text)
{
    return (struct ext_name){text, strlen(text)};
}

/* ---- what a volume holds, as text */

struct listing {
    struct ext *fs;
    char *text;
    const char *path;
    int rc;
};

static void describe(struct listing *listing, const char *path, struct ext_inode *inode);

struct found {
    uint32_t ino;
    char name[64];
};

struct entries {
    struct found list[64];
    unsigned count;
};

static bool collect(void *arg, const struct ext_entry *entry)
{
    struct entries *e = arg;
    if (entry->name.text[0] == '.' || entry->name.length > 60 || e->count == 64)
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
        snprintf(below, sizeof(below), "%s/%s", path, entries.list[i].name);
        listing->rc = ext_lookup(dir, named(entries.list[i].name), &inode);
        if (!listing->rc)
            describe(listing, below, inode);
        if (!listing->rc)
            ext_put(inode);
    }
}

static void describe(struct listing *listing, const char *path, struct ext_inode *inode)
{
    struct ext_attributes at;
    char value[200];
    static char content[1 << 20];
    ext_get(inode, &at);
    uint32_t sum = 0;
    int64_t n = 0;
    if ((at.mode & 0170000) == 0100000)
        n = ext_read(inode, 0, content, sizeof(content));
    else if ((at.mode & 0170000) == 0120000)
        n = ext_readlink(inode, content, sizeof(content));
    for (int64_t i = 0; i < n; i++)
        sum = sum * 31 + (uint8_t)content[i];
    int64_t x = ext_get_xattr(inode, named("user.x"), value, sizeof(value));
    if (n < 0 || (x < 0 && x != -ENODATA))
        listing->rc = n < 0 ? n : x;
    size_t used = strlen(listing->text);
    snprintf(listing->text + used, STATE - used, "%s %o %u %llu %x %lld\n", path, at.mode, at.links,
             (unsigned long long)at.size, sum, (long long)x);
    if ((at.mode & 0170000) == 0040000)
        descend(listing, path, inode);
}

static int volume_text(struct ext *fs, char *text)
{
    struct listing listing = {.fs = fs, .text = text};
    struct ext_inode *root;
    *text = 0;
    int rc = ext_open(fs, EXT_ROOT_INO, 0, &root);
    if (rc)
        return rc;
    describe(&listing, "", root);
    ext_put(root);
    return listing.rc;
}

/* ---- operations */

struct places {
    struct ext_inode *root, *dir, *file, *other; /* "", "d", "a", "d/b" */
};

static char filler[300000];

static int finish(int rc, struct ext_inode **inode)
{
    if (!rc)
        ext_put(*inode);
    return rc;
}

static int operate(struct places *p, unsigned code)
{
    struct ext_new new = {.mode = 0100644};
    struct ext_inode *inode;
    uint64_t offset;
    int rc;
    switch (code) {
    case 0:
        return finish(ext_create(p->root, named("new"), &new, &inode), &inode);
    case 1:
        return finish(ext_mkdir(p->dir, named("sub"), &new, &inode), &inode);
    case 2:
        return ext_unlink(p->root, named("a"));
    case 3:
        return ext_rename(p->root, named("a"), p->dir, named("b"));
    case 4:
        return ext_append(p->file, filler, 5000, &offset, NULL) < 0;
    case 5:
        return ext_truncate(p->file, 100);
    case 6:
        return ext_link(p->dir, named("link"), p->file);
    case 7:
        rc = ext_symlink(p->root, named("s"), &new, (struct ext_name){filler, 200}, &inode);
        return finish(rc, &inode);
    case 8:
        return ext_rename(p->root, named("d"), p->root, named("e"));
    case 9:
        return ext_set_xattr(p->file, named("user.x"), filler, 150, 0);
    case 10: /* frees blocks of numbers, then others take them */
        return ext_truncate(p->other, 0);
    case 11:
        rc = ext_create(p->dir, named("big"), &new, &inode);
        if (!rc)
            rc = ext_append(inode, filler, 120 * 1024, &offset, NULL) < 0;
        return finish(rc, &inode);
    case 12: /* two functions, one operation */
        ext_begin(ext_of(p->root));
        rc = ext_unlink(p->dir, named("b"));
        if (!rc)
            rc = finish(ext_create(p->root, named("b2"), &new, &inode), &inode);
        ext_end(ext_of(p->root));
        return rc;
    }
    return 0;
}
#define CODES 13u

static int open_places(struct ext *fs, struct places *p)
{
    int rc = ext_open(fs, EXT_ROOT_INO, 0, &p->root);
    rc = rc ? rc : ext_lookup(p->root, named("d"), &p->dir);
    rc = rc ? rc : ext_lookup(p->root, named("a"), &p->file);
    return rc ? rc : ext_lookup(p->dir, named("b"), &p->other);
}

static struct ext *mount(struct native_disk *disk, int *rc)
{
    struct ext_options options = {.now = native_now, .cache_bytes = 256 << 10};
    struct ext *fs = NULL;
    *rc = ext_mount(&disk->blk, &options, &fs);
    return fs;
}

static void work(void *arg)
{
    struct run *run = arg;
    struct places p;
    struct ext *fs = mount(run->disk, &run->rc);
    if (run->rc || (run->rc = open_places(fs, &p)))
        fail(run, "mount", run->rc);
    for (unsigned i = 0; i <= run->count; i++) {
        run->rc = volume_text(fs, run->text);
        if (run->rc)
            fail(run, "list", run->rc);
        run->after[i] = strdup(run->text);
        run->events[i] = run->recording.count;
        if (i < run->count)
            operate(&p, run->codes[i]); /* may fail after others: then nothing changed */
        if (run->written && ext_sync(fs, EXT_WRITTEN))
            fail(run, "sync", 0);
    }
    if (ext_sync(fs, EXT_DURABLE))
        fail(run, "sync", 0);
    run->durable = run->recording.count;
    ext_put(p.root);
    ext_put(p.dir);
    ext_put(p.file);
    ext_put(p.other);
    run->rc = ext_unmount(fs);
    if (run->rc)
        fail(run, "unmount", run->rc);
}

/* ---- judges */

struct check {
    struct run *run;
    struct native_disk *disk;
};

static void look(void *arg)
{
    struct check *check = arg;
    struct ext *fs = mount(check->disk, &check->run->rc);
    if (check->run->rc)
        return;
    check->run->rc = volume_text(fs, check->run->text);
    int rc = ext_unmount(fs);
    check->run->rc = check->run->rc ? check->run->rc : rc;
}

static int fsck(const char *options)
{
    char command[200];
    snprintf(command, sizeof(command), "e2fsck %s %s > %s.log 2>&1", options, image, image);
    int rc = system(command);
    return rc < 0 ? 255 : rc >> 8;
}

static void ask_e2fsck(struct run *run, struct native_disk *disk, bool replay)
{
    char command[100];
    if (!native_disk_save(disk, image))
        fail(run, "save", 0);
    int rc = replay ? fsck("-p") : 0;
    if (rc <= 1)
        rc = fsck("-fn");
    if (rc) {
        snprintf(command, sizeof(command), "cat %s.log", image);
        if (!system(command))
            fail(run, "e2fsck", rc);
    }
    judged++;
}

static bool judge(void *arg, unsigned events, const char *bytes)
{
    struct check *check = arg;
    struct run *run = check->run;
    memcpy(check->disk->bytes, bytes, BYTES);
    bool sample = ++states % every == 0;
    if (sample)
        ask_e2fsck(run, check->disk, true);
    native_run(states, look, check);
    if (run->rc)
        fail(run, "after a power cut", run->rc);
    for (unsigned i = events >= run->durable ? run->count : 0; i <= run->count; i++)
        if (i <= run->count && (!i || events >= run->events[i - 1]) &&
            strcmp(run->text, run->after[i]) == 0) {
            if (sample)
                ask_e2fsck(run, check->disk, false);
            return true;
        }
    fprintf(stderr, "after %u of %u events (durable after %u):\n%s", events, run->recording.count,
            run->durable, run->text);
    for (unsigned i = 0; i <= run->count; i++)
        fprintf(stderr, "--- after %u operations, from event %u:\n%s", i, run->events[i],
                run->after[i]);
    fail(run, "half of an operation is there", 0);
    return false;
}

static void enumerate(struct run *run)
{
    struct check check = {run, native_disk_new(BYTES)};
    run->disk = native_disk_new(BYTES);
    memcpy(run->disk->bytes, base, BYTES);
    run->disk->reaches_all = check.disk->reaches_all = true;
    run->disk->heard = recording_hear;
    run->disk->arg = &run->recording;
    native_run(run->codes[0] + 1, work, run);
    crash_states(&run->recording, base, BYTES, judge, &check);
    native_disk_free(run->disk);
    native_disk_free(check.disk);
    recording_clear(&run->recording);
    for (unsigned i = 0; i <= run->count; i++)
        free(run->after[i]);
}

/* ---- the volume before */

static void prepare(void *arg)
{
    struct run *run = arg;
    struct ext_new new = {.mode = 0100644};
    struct ext_inode *root, *inode, *dir;
    uint64_t offset;
    struct ext *fs = mount(run->disk, &run->rc);
    if (run->rc || ext_open(fs, EXT_ROOT_INO, 0, &root) ||
        ext_create(root, named("a"), &new, &inode) ||
        ext_append(inode, filler, 3000, &offset, NULL) != 3000 || ext_mkdir(root, named("d"), &new, &dir))
        fail(run, "prepare", run->rc);
    ext_put(inode);
    if (ext_create(dir, named("b"), &new, &inode) ||
        ext_append(inode, filler, 280 * 1024, &offset, NULL) != 280 * 1024)
        fail(run, "prepare", 0);
    ext_put(inode);
    ext_put(dir);
    ext_put(root);
    run->rc = ext_unmount(fs);
}

int main(int argc, char **argv)
{
    static struct run run;
    char command[200];
    length = argc > 1 ? strtoul(argv[1], NULL, 10) : length;
    workloads = argc > 2 ? strtoul(argv[2], NULL, 10) : workloads;
    every = argc > 3 ? strtoul(argv[3], NULL, 10) : every;
    unsigned all = 1;
    for (unsigned i = 0; i < sizeof(filler); i++)
        filler[i] = 'a' + i / 7 % 26;
    close(mkstemp(image));
    snprintf(command, sizeof(command), "mke2fs -q -F -t ext3 -b 1024 -J size=1 -N 64 %s 4M", image);
    run.disk = native_disk_new(BYTES);
    if (system(command) || !native_disk_load(run.disk, image))
        return 1;
    native_run(1, prepare, &run);
    memcpy(base, run.disk->bytes, BYTES);
    native_disk_free(run.disk);
    for (unsigned count = 1; count <= length && count <= OPERATIONS; count++) {
        all *= CODES;
        unsigned step = all > workloads ? all / workloads : 1;
        for (unsigned code = 0; code < all; code += count > 1 ? step : 1)
            for (unsigned written = 0; written < 2; written++) {
                memset(&run, 0, sizeof(run));
                run.count = count;
                run.written = written;
                for (unsigned i = 0, left = code; i < count; i++, left /= CODES)
                    run.codes[i] = left % CODES;
                enumerate(&run);
            }
        printf("%u operation%s: %llu states, %llu judged by e2fsck\n", count, count > 1 ? "s" : "",
               (unsigned long long)states, (unsigned long long)judged);
    }
    unlink(image);
    return 0;
}
