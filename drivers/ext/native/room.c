/*
 * A volume that is full, and has blocks again: what was freed can be used at once, although it has
 * to wait for a commit; within operations of several functions, and while others commit.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ringside-rt/ext.h>
#include <ringside-rt/thread.h>

#include "shim.h"

#define BYTES (8ul << 20)

static char filler[64 << 10];
static struct ext *fs;
static struct ext_inode *root, *file;

static struct ext_time now(void)
{
    return (struct ext_time){1700000000, 0};
}

static void expect(const char *what, int64_t got, int64_t wanted)
{
    if (got == wanted)
        return;
    fprintf(stderr, "%s: %lld, not %lld\n", what, (long long)got, (long long)wanted);
    exit(1);
}

static struct ext_name named(const char *text)
{
    return (struct ext_name){text, strlen(text)};
}

static void fill(void)
{
    uint64_t offset;
    int64_t n;
    for (size_t piece = sizeof(filler); piece >= 1024; piece /= 2)
        do
            n = ext_append(file, filler, piece, &offset, NULL);
        while (n > 0);
    expect("a full volume", n, -ENOSPC);
}

static int make_directory(const char *name, bool nested)
{
    const struct ext_new new = {.mode = 0755};
    struct ext_inode *inode;
    if (nested)
        ext_begin(fs);
    int rc = ext_mkdir(root, named(name), &new, &inode);
    if (!rc)
        ext_put(inode);
    if (nested)
        ext_end(fs);
    return rc;
}

static void committer(void *arg)
{
    for (unsigned i = 0; i < 50; i++) {
        expect("sync", ext_sync(fs, EXT_DURABLE), 0);
        thread_yield();
    }
    (void)arg;
}

/* Again and again: full, then not, and a directory fits. */
static void alternate(bool nested)
{
    struct thread *other = thread_start(committer, NULL);
    for (unsigned i = 0; i < 20; i++) {
        fill();
        expect("a directory on a full volume", make_directory("no", nested), -ENOSPC);
        expect("truncate", ext_truncate(file, 0), 0);
        expect("a directory when blocks were freed", make_directory("yes", nested), 0);
        expect("rmdir", ext_rmdir(root, named("yes")), 0);
    }
    thread_join(other);
}

/* Only single blocks are free, apart: a write of several takes them one by one. */
static void take_what_lies_apart(void)
{
    const struct ext_new new = {.mode = 0100644};
    struct ext_inode *small[20];
    uint64_t offset;
    char name[20];
    for (unsigned i = 0; i < 20; i++) {
        sprintf(name, "%u", i);
        expect("create", ext_create(root, named(name), &new, &small[i]), 0);
        expect("append", ext_append(small[i], filler, 1024, &offset, NULL), 1024);
    }
    fill();
    for (unsigned i = 0; i < 20; i++) {
        sprintf(name, "%u", i);
        ext_put(small[i]);
        if (i % 2)
            expect("unlink", ext_unlink(root, named(name)), 0);
    }
    expect("bytes written", ext_append(file, filler, 8 * 1024, &offset, NULL), 8 * 1024);
    for (unsigned i = 0; i < 20; i += 2) {
        sprintf(name, "%u", i);
        expect("unlink", ext_unlink(root, named(name)), 0);
    }
}

static void work(void *arg)
{
    const struct ext_options options = {.now = now};
    const struct ext_new new = {.mode = 0100644};
    expect("mount", ext_mount(arg, &options, &fs), 0);
    expect("the root", ext_open(fs, EXT_ROOT_INO, 0, &root), 0);
    expect("create", ext_create(root, named("file"), &new, &file), 0);
    alternate(false);
    alternate(true);
    expect("truncate", ext_truncate(file, 0), 0);
    take_what_lies_apart();
    ext_put(file);
    expect("unlink", ext_unlink(root, named("file")), 0);
    ext_put(root);
    expect("unmount", ext_unmount(fs), 0);
}

static void format(void *arg)
{
    const struct ext_format_options options = {.block_bytes = 1024, .journal = true, .now = now()};
    expect("format", ext_format(arg, &options), 0);
}

int main(void)
{
    struct native_disk *disk = native_disk_new(BYTES);
    native_run(1, format, disk);
    for (unsigned seed = 1; seed <= 20; seed++)
        native_run(seed, work, disk);
    native_disk_free(disk);
    printf("full, and not, 800 times\n");
    return 0;
}
