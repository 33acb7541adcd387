/*
 * Inodes that were unlinked while they were open, when the program that used the volume was killed:
 * the next mount keeps them for those who come back, if it was asked to, and deletes the others.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <ringside-rt/ext.h>

#include "shim.h"

#define BYTES (8ul << 20)
#define FILES 6u
#define CONTENT 30000u /* of a file; with an indirect block */

static char image[] = "/tmp/ext-orphans-XXXXXX";
static char content[CONTENT], got[CONTENT + 1];
static struct native_disk *disk;
static struct ext *killed[2];
static struct ext_attributes at[FILES];
static uint64_t blocks_free, inodes_free;

static struct ext_time now(void)
{
    return (struct ext_time){1700000000, 0};
}

static void expect(const char *what, int64_t value, int64_t wanted)
{
    if (value == wanted)
        return;
    fprintf(stderr, "%s: %lld, not %lld\n", what, (long long)value, (long long)wanted);
    exit(1);
}

static struct ext *mount(bool keep)
{
    const struct ext_options options = {.now = now, .keep_orphans = keep};
    struct ext *fs;
    expect("mount", ext_mount(&disk->blk, &options, &fs), 0);
    return fs;
}

static void check_free(struct ext *fs, uint64_t files)
{
    struct ext_statfs statfs;
    ext_statfs(fs, &statfs);
    expect("free inodes", statfs.inodes_free, inodes_free - files);
    if (!files)
        expect("free blocks", statfs.blocks_free, blocks_free);
}

static struct ext_name name_of(unsigned n, char *text)
{
    sprintf(text, "file%u", n);
    return (struct ext_name){text, strlen(text)};
}

static void format(void *arg)
{
    const struct ext_format_options options = {.journal = true, .now = now()};
    struct ext_statfs statfs;
    memset(disk->bytes, 0, BYTES);
    expect("format", ext_format(&disk->blk, &options), 0);
    struct ext *fs = mount(false);
    ext_statfs(fs, &statfs);
    blocks_free = statfs.blocks_free;
    inodes_free = statfs.inodes_free;
    expect("unmount", ext_unmount(fs), 0);
    (void)arg;
}

/* Files are open and without names; then nothing more happens. */
static void use_and_die(void *arg)
{
    const struct ext_new new = {.mode = 0100644};
    struct ext_inode *root, *inodes[FILES];
    struct ext *fs = *(struct ext **)arg = mount(false);
    char text[20];
    uint64_t offset;
    expect("the root", ext_open(fs, EXT_ROOT_INO, 0, &root), 0);
    for (unsigned i = 0; i < FILES; i++) {
        expect("create", ext_create(root, name_of(i, text), &new, &inodes[i]), 0);
        expect("append", ext_append(inodes[i], content, CONTENT - i, &offset, NULL), CONTENT - i);
        ext_get(inodes[i], &at[i]);
    }
    for (unsigned i = 0; i < FILES; i++)
        expect("unlink", ext_unlink(root, name_of(i, text)), 0);
    ext_put(inodes[1]); /* from the middle of the list */
    expect("sync", ext_sync(fs, EXT_WRITTEN), 0);
}

static void judge(const char *options)
{
    char command[300];
    if (!native_disk_save(disk, image))
        exit(1);
    snprintf(command, sizeof(command), "e2fsck %s %s > %s.log 2>&1 || { cat %s.log; false; }",
             options, image, image, image);
    expect("e2fsck", system(command), 0);
}

static int adopt(struct ext *fs, unsigned i, uint32_t generation, struct ext_inode **inode)
{
    return ext_open(fs, at[i].ino, generation, inode);
}

/* Some come back for their files, twice for one; the others' go. */
static void come_back(void *arg)
{
    struct ext *fs = mount(true);
    struct ext_inode *first, *again, *last, *none;
    uint64_t offset;
    check_free(fs, FILES - 1);
    expect("one that was put", adopt(fs, 1, 0, &none), -ESTALE);
    expect("another generation", adopt(fs, 0, at[0].generation + 1, &none), -ESTALE);
    expect("adopt", adopt(fs, 0, at[0].generation, &first), 0);
    expect("adopt again", adopt(fs, 0, at[0].generation, &again), 0);
    expect("the same", first == again, true);
    expect("adopt", adopt(fs, FILES - 1, at[FILES - 1].generation, &last), 0);
    expect("drop", ext_drop_orphans(fs), 0);
    check_free(fs, 2);
    expect("one that was dropped", adopt(fs, 2, 0, &none), -ESTALE);
    expect("read", ext_read(first, 0, got, sizeof(got)), CONTENT);
    expect("content", memcmp(got, content, CONTENT), 0);
    expect("append", ext_append(last, content, 100, &offset, NULL), 100);
    expect("where", offset, CONTENT - FILES + 1);
    ext_put(first);
    check_free(fs, 2);
    ext_put(again);
    check_free(fs, 1);
    ext_put(last);
    check_free(fs, 0);
    expect("unmount", ext_unmount(fs), 0);
    (void)arg;
}

/* Nobody comes, and nobody said that the others go: unmounting does. */
static void nobody_comes(void *arg)
{
    struct ext *fs = mount(*(bool *)arg);
    check_free(fs, *(bool *)arg ? FILES - 1 : 0);
    expect("unmount", ext_unmount(fs), 0);
    fs = mount(true);
    check_free(fs, 0);
    expect("unmount", ext_unmount(fs), 0);
}

int main(void)
{
    bool keep[2] = {true, false};
    char *left = malloc(BYTES);
    for (unsigned i = 0; i < CONTENT; i++)
        content[i] = (char)(i * 7);
    close(mkstemp(image));
    disk = native_disk_new(BYTES);
    native_run(1, format, NULL);
    native_run(2, use_and_die, &killed[0]);
    memcpy(left, disk->bytes, BYTES);
    native_run(3, come_back, NULL);
    judge("-fn");
    for (unsigned i = 0; i < 2; i++) {
        memcpy(disk->bytes, left, BYTES);
        native_run(4, nobody_comes, &keep[i]);
        judge("-fn");
    }
    memcpy(disk->bytes, left, BYTES);
    judge("-p"); /* e2fsck takes them for what they are, too: nothing to repair */
    native_disk_free(disk);
    free(left);
    strcat(strcpy(got, image), ".log");
    unlink(got);
    unlink(image);
    return 0;
}
