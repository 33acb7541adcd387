/*
 * Operations on a few names, so that three of them meet each other in many ways. Each opens what it
 * needs and closes it; what is not there any more makes it fail.
 */
#include "crash_work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BIG (280u << 10) /* has blocks of numbers that point to blocks of numbers */

static char filler[BIG];
static const struct ext_new file = {.mode = 0100644};

static struct ext_time now(void)
{
    return (struct ext_time){1700000000, 0};
}

static struct ext_name named(const char *text)
{
    return (struct ext_name){text, strlen(text)};
}

/* A path of at most two names; the directory of its last, and that. */
static int find_parent(struct ext *fs, const char *path, struct ext_inode **dir,
                       struct ext_name *last)
{
    const char *slash = strchr(path, '/');
    struct ext_inode *root;
    int rc = ext_open(fs, EXT_ROOT_INO, 0, &root);
    *last = named(slash ? slash + 1 : path);
    if (rc || !slash) {
        *dir = root;
        return rc;
    }
    rc = ext_lookup(root, (struct ext_name){path, (size_t)(slash - path)}, dir);
    ext_put(root);
    return rc;
}

static int find(struct ext *fs, const char *path, struct ext_inode **inode)
{
    struct ext_inode *dir;
    struct ext_name last;
    int rc = find_parent(fs, path, &dir, &last);
    if (rc)
        return rc;
    rc = ext_lookup(dir, last, inode);
    ext_put(dir);
    return rc;
}

static void put_if(int rc, struct ext_inode *inode)
{
    if (!rc)
        ext_put(inode);
}

static int in_parent(struct ext *fs, const char *path, const char *target, char what)
{
    struct ext_inode *dir, *inode;
    struct ext_name last;
    int rc = find_parent(fs, path, &dir, &last);
    if (rc)
        return rc;
    switch (what) {
    case 'c':
        rc = ext_create(dir, last, &file, &inode);
        put_if(rc, inode);
        break;
    case 'd':
        rc = ext_mkdir(dir, last, &file, &inode);
        put_if(rc, inode);
        break;
    case 's':
        rc = ext_symlink(dir, last, &file, named(target), &inode);
        put_if(rc, inode);
        break;
    case 'u':
        rc = ext_unlink(dir, last);
        break;
    case 'r':
        rc = ext_rmdir(dir, last);
        break;
    case 'l':
        rc = find(fs, target, &inode);
        if (!rc) {
            rc = ext_link(dir, last, inode);
            ext_put(inode);
        }
    }
    ext_put(dir);
    return rc;
}

static int rename_to(struct ext *fs, const char *from, const char *to)
{
    struct ext_inode *from_dir, *to_dir;
    struct ext_name from_name, to_name;
    int rc = find_parent(fs, from, &from_dir, &from_name);
    if (rc)
        return rc;
    rc = find_parent(fs, to, &to_dir, &to_name);
    if (!rc) {
        rc = ext_rename(from_dir, from_name, to_dir, to_name);
        ext_put(to_dir);
    }
    ext_put(from_dir);
    return rc;
}

/* What is done to a file: 'w'rite at, 'a'ppend, 't'runcate to, e'x'tended attribute of. */
static int to_file(struct ext *fs, const char *path, char what, uint64_t at, size_t length)
{
    struct ext_inode *inode;
    uint64_t offset;
    int rc = find(fs, path, &inode);
    if (rc)
        return rc;
    if (what == 'w')
        rc = ext_write(inode, at, filler + 1, length) < 0;
    else if (what == 'a')
        rc = ext_append(inode, filler, length, &offset, NULL) < 0;
    else if (what == 't')
        rc = ext_truncate(inode, at);
    else if (length)
        rc = ext_set_xattr(inode, named("user.x"), filler, length, 0);
    else
        rc = ext_remove_xattr(inode, named("user.x"));
    ext_put(inode);
    return rc;
}

static const struct operation {
    const char *name, *path, *other;
    char what;
    uint64_t at;
    size_t length;
} operations[CRASH_OPERATIONS] = {
    {"create new", "new", NULL, 'c', 0, 0},
    {"create d/new, append 120k", "d/new", NULL, '+', 0, 120 << 10},
    {"mkdir new", "new", NULL, 'd', 0, 0},
    {"mkdir d/sub", "d/sub", NULL, 'd', 0, 0},
    {"link a d/new", "d/new", "a", 'l', 0, 0},
    {"link d/b new", "new", "d/b", 'l', 0, 0},
    {"symlink new, of 200 bytes", "new", NULL, 's', 0, 200},
    {"symlink d/sub, of 20 bytes", "d/sub", NULL, 's', 0, 20},
    {"unlink a", "a", NULL, 'u', 0, 0},
    {"unlink d/b", "d/b", NULL, 'u', 0, 0},
    {"unlink new", "new", NULL, 'u', 0, 0},
    {"rmdir x", "x", NULL, 'r', 0, 0},
    {"rmdir d/sub", "d/sub", NULL, 'r', 0, 0},
    {"rename a d/b", "a", "d/b", 'm', 0, 0},
    {"rename a new", "a", "new", 'm', 0, 0},
    {"rename x d/sub", "x", "d/sub", 'm', 0, 0},
    {"rename d new", "d", "new", 'm', 0, 0},
    {"write a, 2000 bytes", "a", NULL, 'w', 20000, 2000},
    {"append a 5000", "a", NULL, 'a', 0, 5000},
    {"truncate a 100", "a", NULL, 't', 100, 0},
    {"truncate d/b 0", "d/b", NULL, 't', 0, 0},
    {"setxattr a 150", "a", NULL, 'x', 0, 150},
    {"setxattr a 900", "a", NULL, 'x', 0, 900},
    {"unlink d/b and create new, at once", "new", "d/b", '2', 0, 0},
};

const char *crash_operation_name(unsigned operation)
{
    return operations[operation].name;
}

/* What is written over other content is all there or not at all only where content is journaled. */
static uint64_t write_at(unsigned kind, const struct operation *o)
{
    return kind == 3 ? 1000 : o->at;
}

void crash_operate(struct ext *fs, unsigned kind, unsigned operation)
{
    const struct operation *o = &operations[operation];
    static char target[201];
    memset(target, 0, sizeof(target));
    memset(target, 't', o->length < 200 ? o->length : 200);
    switch (o->what) {
    case '+':
        if (!in_parent(fs, o->path, NULL, 'c'))
            to_file(fs, o->path, 'a', 0, o->length);
        break;
    case '2':
        ext_begin(fs);
        if (!in_parent(fs, o->other, NULL, 'u'))
            in_parent(fs, o->path, NULL, 'c');
        ext_end(fs);
        break;
    case 'm':
        rename_to(fs, o->path, o->other);
        break;
    case 'w':
        to_file(fs, o->path, 'w', write_at(kind, o), o->length);
        break;
    case 'a':
    case 't':
    case 'x':
        to_file(fs, o->path, o->what, o->at, o->length);
        break;
    default:
        in_parent(fs, o->path, o->what == 's' ? target : o->other, o->what);
    }
}

/* ---- the volumes before */

struct ext *crash_mount(struct native_disk *disk, bool redo, uint64_t session, int *rc)
{
    const struct ext_options options = {
        .now = now, .cache_bytes = 256 << 10, .redo = redo, .session = session};
    struct ext *fs = NULL;
    *rc = ext_mount(&disk->blk, &options, &fs);
    return fs;
}

static void must(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "the volume before: %s\n", what);
    exit(2);
}

static void format(void *disk)
{
    const struct ext_format_options options = {
        .block_bytes = 1024, .bytes_per_inode = 32768, .journal = true, .now = now()};
    must(!ext_format(disk, &options), "format");
}

static void prepare(void *disk)
{
    int rc;
    struct ext *fs = crash_mount(disk, false, 0, &rc);
    must(!rc, "mount");
    rc = in_parent(fs, "a", NULL, 'c') || to_file(fs, "a", 'a', 0, 3000) ||
         in_parent(fs, "d", NULL, 'd') || in_parent(fs, "x", NULL, 'd') ||
         in_parent(fs, "d/b", NULL, 'c') || to_file(fs, "d/b", 'a', 0, BIG);
    must(!rc, "files");
    must(!ext_unmount(fs), "unmount");
}

/* Programs of the host, on a file that has the disk's content. */
static void on_image(struct native_disk *disk, const char *commands)
{
    char image[] = "/tmp/ext-crash-XXXXXX", line[600];
    close(mkstemp(image));
    snprintf(line, sizeof(line),
             "export PATH=$PATH:/sbin:/usr/sbin V=%s; { %s; } > $V.log 2>&1; r=$?; "
             "[ $r = 0 ] || cat $V.log >&2; rm -f $V.log; exit $r",
             image, commands);
    must(native_disk_save(disk, image) && !system(line) && native_disk_load(disk, image),
         commands);
    unlink(image);
}

char *crash_volume(unsigned kind)
{
    static const char *const makers[CRASH_KINDS] = {
        NULL,
        "mke2fs -F -t ext3 -b 1024 -J size=1 -N 64 $V",
        "mke2fs -F -t ext2 -b 1024 -N 64 $V && tune2fs -j -J size=1 $V",
        "mke2fs -F -t ext3 -b 1024 -I 128 -J size=1 -N 64 $V",
    };
    struct native_disk *disk = native_disk_new(CRASH_BYTES);
    for (unsigned i = 0; i < sizeof(filler); i++)
        filler[i] = (char)('a' + i / 7 % 26);
    if (makers[kind])
        on_image(disk, makers[kind]);
    else
        native_run(1, format, disk);
    native_run(1, prepare, disk);
    if (kind == 3)
        on_image(disk, "debugfs -w -R 'set_inode_field /a flags 0x4000' $V");
    char *bytes = malloc(CRASH_BYTES);
    memcpy(bytes, disk->bytes, CRASH_BYTES);
    native_disk_free(disk);
    return bytes;
}
