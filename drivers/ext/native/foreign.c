/*
 * What mke2fs put into a volume is read, and written to another one; what debugfs finds there is
 * what there was at first, to the byte.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <ringside-rt/ext.h>

#include "shim.h"

#define BYTES (24u << 20)

static char place[] = "/tmp/ext-foreign-XXXXXX", buffer[70001];

static void must(int64_t rc, const char *what)
{
    if (rc) {
        fprintf(stderr, "%s: %lld\n", what, (long long)rc);
        abort();
    }
}

struct copy {
    struct ext_inode *from, *to;
};

static void copy_content(struct ext_inode *from, struct ext_inode *to)
{
    struct ext_attributes at;
    int64_t n = 0;
    ext_get(from, &at);
    for (uint64_t offset = 0; offset < at.size; offset += n) {
        n = ext_read(from, offset, buffer, sizeof(buffer));
        must(n <= 0, "read");
        must(ext_write(to, offset, buffer, n) != n, "write");
    }
}

static void copy_all(struct ext_inode *from, struct ext_inode *to);

/* One entry; what it is for is made anew. */
static bool copy_entry(void *arg, const struct ext_entry *entry)
{
    struct copy *copy = arg;
    struct ext_inode *old, *new;
    struct ext_attributes at;
    char target[1024], name[256];
    struct ext_name named = {name, entry->name.length};
    memcpy(name, entry->name.text, entry->name.length);
    if (name[0] == '.' || (named.length == 10 && memcmp(name, "lost+found", 10) == 0))
        return true;
    must(ext_open(ext_of(copy->from), entry->ino, 0, &old), "open");
    ext_get(old, &at);
    struct ext_new what = {.mode = at.mode, .uid = at.uid, .gid = at.gid};
    if ((at.mode & 0170000) == 0040000) {
        must(ext_mkdir(copy->to, named, &what, &new), "mkdir");
        copy_all(old, new);
    } else if ((at.mode & 0170000) == 0120000) {
        int64_t length = ext_readlink(old, target, sizeof(target));
        must(ext_symlink(copy->to, named, &what, (struct ext_name){target, length}, &new), "link");
    } else {
        must(ext_create(copy->to, named, &what, &new), "create");
        copy_content(old, new);
    }
    ext_put(new);
    ext_put(old);
    return true;
}

static void copy_all(struct ext_inode *from, struct ext_inode *to)
{
    struct copy copy = {from, to};
    must(ext_readdir(from, 0, copy_entry, &copy), "readdir");
}

static void work(void *arg)
{
    struct native_disk **disks = arg;
    struct ext_options options = {.read_only = true};
    struct ext *from, *to;
    struct ext_inode *root, *new_root;
    must(ext_mount(&disks[0]->blk, &options, &from), "mount");
    options.read_only = false;
    must(ext_mount(&disks[1]->blk, &options, &to), "mount");
    must(ext_open(from, EXT_ROOT_INO, 0, &root), "open");
    must(ext_open(to, EXT_ROOT_INO, 0, &new_root), "open");
    copy_all(root, new_root);
    ext_put(root);
    ext_put(new_root);
    must(ext_unmount(from), "unmount");
    must(ext_unmount(to), "unmount");
}

static void run(const char *command)
{
    char line[900];
    snprintf(line, sizeof(line), "cd %s && { %s; }", place, command);
    must(system(line), command);
}

static void compare(const char *options)
{
    struct native_disk *disks[2] = {native_disk_new(BYTES), native_disk_new(BYTES)};
    char command[500], path[100];
    snprintf(command, sizeof(command),
             "rm -rf out a b; mkdir out; mke2fs -q -F %s -d tree a 24M >log 2>&1 &&"
             " mke2fs -q -F %s b 24M >log 2>&1", options, options);
    run(command);
    for (unsigned i = 0; i < 2; i++) {
        snprintf(path, sizeof(path), "%s/%c", place, 'a' + i);
        must(!native_disk_load(disks[i], path), path);
        disks[i]->reaches_all = i;
    }
    native_run(3, work, disks);
    must(!native_disk_save(disks[1], path), path);
    run("e2fsck -fn b >log 2>&1 || { cat log; false; }");
    run("debugfs -R 'rdump / out' b >log 2>&1; rmdir out/lost+found;"
        " diff -r --no-dereference tree out");
    printf("%-30s copied and compared\n", options);
    native_disk_free(disks[0]);
    native_disk_free(disks[1]);
}

int main(void)
{
    must(!mkdtemp(place), place);
    run("mkdir -p tree/deep/er tree/many && for i in 0 1 1023 1024 4097 60000 700000; do"
        " head -c $i /dev/urandom >tree/deep/$i; done;"
        " for i in $(seq 600); do echo $i >tree/many/a-name-of-some-length-$i; done;"
        " head -c 5000 /dev/urandom >tree/hole; truncate -s 3M tree/hole; echo end >>tree/hole;"
        " ln -s short tree/s; ln -s $(seq -s - 60) tree/deep/er/long");
    compare("-t ext2 -b 1024");
    compare("-t ext3 -b 4096 -J size=4");
    compare("-t ext2 -b 2048 -I 128");
    run("rm -rf tree out a b log");
    return rmdir(place);
}
