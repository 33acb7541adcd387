/* Devices in memory. Buffers are remembered, so that others are found out. */
#include "shim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUFFERS 16

static struct {
    char *at;
    size_t bytes;
} buffers[BUFFERS];

void *blk_buffer_alloc(struct blk *blk, size_t bytes)
{
    (void)blk;
    for (unsigned i = 0; i < BUFFERS; i++)
        if (!buffers[i].at) {
            buffers[i].at = aligned_alloc(4096, ALIGN_UP(bytes, 4096ul));
            memset(buffers[i].at, 0, bytes);
            buffers[i].bytes = bytes;
            return buffers[i].at;
        }
    return NULL;
}

void blk_buffer_free(struct blk *blk, void *buffer, size_t bytes)
{
    (void)blk;
    (void)bytes;
    for (unsigned i = 0; i < BUFFERS; i++)
        if (buffers[i].at == buffer)
            buffers[i].at = NULL;
    free(buffer);
}

bool blk_reaches(struct blk *blk, const void *buffer, size_t bytes)
{
    const char *at = buffer;
    for (unsigned i = 0; i < BUFFERS; i++)
        if (buffers[i].at && at >= buffers[i].at && at + bytes <= buffers[i].at + buffers[i].bytes)
            return true;
    return ((struct native_disk *)blk)->reaches_all && (uintptr_t)buffer % 4 == 0;
}

struct native_disk *native_disk_new(uint64_t bytes)
{
    struct native_disk *disk = calloc(1, sizeof(*disk));
    disk->blk.bytes = bytes;
    disk->blk.block_bytes = 512;
    disk->blk.max_transfer = 1 << 20;
    disk->bytes = calloc(1, bytes);
    return disk;
}

void native_disk_free(struct native_disk *disk)
{
    free(disk->bytes);
    free(disk);
}

static bool said(bool good, const char *path)
{
    if (!good)
        perror(path);
    return good;
}

bool native_disk_load(struct native_disk *disk, const char *path)
{
    FILE *file = fopen(path, "rb");
    bool good = file && fread(disk->bytes, 1, disk->blk.bytes, file) == disk->blk.bytes;
    if (file)
        fclose(file);
    return said(good, path);
}

bool native_disk_save(const struct native_disk *disk, const char *path)
{
    FILE *file = fopen(path, "wb");
    bool good = file && fwrite(disk->bytes, 1, disk->blk.bytes, file) == disk->blk.bytes;
    if (file && fclose(file))
        good = false;
    return said(good, path);
}
