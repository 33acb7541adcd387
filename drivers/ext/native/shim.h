/*
 * What drivers/ext and drivers/fs need of the guests' runtime, on this computer: cooperative
 * threads whose turns a seed decides, and block devices in memory that tell what they are asked.
 */
#ifndef NATIVE_SHIM_H
#define NATIVE_SHIM_H

#include <ringside-rt/blk.h>

/** Runs fn as the first thread, until it and all others have returned. */
void native_run(uint64_t seed, void (*fn)(void *), void *arg);

/** A write (data not NULL), or a flush; sees what the device holds before it. */
struct native_event {
    enum blk_op op;
    unsigned flags;
    uint64_t offset, length;
    const void *data;
    uint64_t submitted; /* events that were over when it was submitted */
};

struct native_disk {
    struct blk blk;
    char *bytes;
    bool mapped;
    /** Called for each write and flush, if not NULL. */
    void (*heard)(void *arg, const struct native_event *event);
    void *arg;
    /** Memory that requests may use beside buffers; false: none, so content needs bounces. */
    bool reaches_all;
    /** Requests until one fails; 0: none does. */
    uint64_t fails_after;
    uint64_t events; /* that were heard */
    uint64_t reads, writes, zeroes, flushes, read_bytes, written_bytes;
};

struct native_disk *native_disk_new(uint64_t bytes);
void native_disk_free(struct native_disk *disk);

/** On a new file of zeroes instead of memory; NULL, and says what went wrong. */
struct native_disk *native_disk_map(const char *path, uint64_t bytes);

/** From a file of this size, and to one; true, or says what went wrong. */
bool native_disk_load(struct native_disk *disk, const char *path);
bool native_disk_save(const struct native_disk *disk, const char *path);

/** A number below `below`, from a state that is not 0. */
uint64_t native_random(uint64_t *state, uint64_t below);

/** Bytes of kmalloc that are not given back. */
uint64_t native_memory_used(void);

#endif
