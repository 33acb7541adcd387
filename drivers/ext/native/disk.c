/* Devices in memory. Buffers are remembered, so that others are found out. */
#include "shim.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

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

struct native_disk *native_disk_map(const char *path, uint64_t bytes)
{
    struct native_disk *disk = native_disk_new(0);
    int file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    bool good = file >= 0 && !ftruncate(file, (off_t)bytes);
    free(disk->bytes);
    disk->bytes = good ? mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0) : NULL;
    disk->blk.bytes = bytes;
    disk->mapped = true;
    if (file >= 0)
        close(file);
    if (good && disk->bytes != MAP_FAILED)
        return disk;
    perror(path);
    free(disk);
    return NULL;
}

void native_disk_free(struct native_disk *disk)
{
    if (disk->mapped)
        munmap(disk->bytes, disk->blk.bytes);
    else
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
