/*
 * Reading piece by piece: what comes next is read together, no block twice, and what is written
 * meanwhile is seen; who reads here and there reads no more than that.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ringside-rt/ext.h>

#include "shim.h"

#define BLOCKS 200u
#define BLOCK 4096u

static char content[BLOCKS * BLOCK], got[BLOCK];
static struct native_disk *disk;
static struct ext *fs;
static struct ext_inode *root, *file;

static struct ext_time now(void)
{
    return (struct ext_time){1700000000, 0};
}

static void expect(const char *what, bool good)
{
    if (good)
        return;
    fprintf(stderr, "not so: %s; %llu reads\n", what, (unsigned long long)disk->reads);
    exit(1);
}

static void read_piece(uint64_t offset, size_t length)
{
    expect("all is read", ext_read(file, offset, got, length) == (int64_t)length);
    expect("the content", !memcmp(got, content + offset, length));
}

static void begin(void)
{
    const struct ext_options options = {.now = now, .cache_bytes = 256 * BLOCK};
    struct ext_name name = {"file", 4};
    expect("mount", !ext_mount(&disk->blk, &options, &fs));
    expect("the root", !ext_open(fs, EXT_ROOT_INO, 0, &root));
    expect("the file", !ext_lookup(root, name, &file));
    read_piece(0, 100);
    disk->reads = 0;
}

static void end(void)
{
    ext_put(file);
    ext_put(root);
    expect("unmount", !ext_unmount(fs));
}

static void one_after_the_other(size_t piece)
{
    uint64_t most = 0;
    begin();
    for (uint64_t at = 100; at + piece <= sizeof(content); at += piece) {
        uint64_t before = disk->reads;
        read_piece(at, piece);
        most = disk->reads - before > most ? disk->reads - before : most;
    }
    expect("every block is read once", disk->reads <= BLOCKS + 2);
    expect("many are read at once", most >= 10);
    end();
}

static void here_and_there(void)
{
    begin();
    for (unsigned n = 1; n < BLOCKS; n += 3)
        read_piece((uint64_t)((n * 77) % BLOCKS) * BLOCK, 1000);
    expect("no more than that", disk->reads <= BLOCKS / 3 + 2);
    end();
}

static void while_it_is_written(void)
{
    begin();
    for (uint64_t at = 100; at < sizeof(content) - 6 * BLOCK; at += 1000) {
        uint64_t ahead = ALIGN_UP(at, (uint64_t)BLOCK) + 2 * BLOCK;
        read_piece(at, 1000);
        memset(content + ahead, (int)at, BLOCK);
        expect("write", ext_write(file, ahead, content + ahead, BLOCK) == BLOCK);
    }
    end();
}

static void work(void *arg)
{
    const struct ext_format_options options = {.journal = true, .now = now()};
    const struct ext_options mounted = {.now = now};
    const struct ext_new new = {.mode = 0100644};
    struct ext_name name = {"file", 4};
    for (unsigned i = 0; i < sizeof(content); i++)
        content[i] = (char)(i * 2654435761u >> 24);
    expect("format", !ext_format(&disk->blk, &options));
    expect("mount", !ext_mount(&disk->blk, &mounted, &fs));
    expect("the root", !ext_open(fs, EXT_ROOT_INO, 0, &root));
    expect("create", !ext_create(root, name, &new, &file));
    expect("write", ext_write(file, 0, content, sizeof(content)) == sizeof(content));
    end();
    for (size_t piece = 100; piece <= BLOCK; piece *= 2)
        one_after_the_other(piece);
    one_after_the_other(BLOCK);
    here_and_there();
    while_it_is_written();
    (void)arg;
}

int main(void)
{
    disk = native_disk_new(16ul << 20);
    native_run(1, work, NULL);
    native_disk_free(disk);
    return 0;
}
