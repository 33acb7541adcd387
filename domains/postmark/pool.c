/* Invariant: a slot is used exactly while its file is there; its size is what was written. */
#include "pool.h"

#include <ringside-rt/hypercall.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/posix.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>

#define PATH_BYTES 256
#define ERRORS_SHOWN 10

static size_t source_bytes(const struct postmark_options *options)
{
    return 2 * (size_t)options->high;
}

size_t postmark_buffer_bytes(const struct postmark_options *options)
{
    return ALIGN_UP(source_bytes(options), PAGE_SIZE) + ALIGN_UP(options->read_block, PAGE_SIZE);
}

static void path_of(const struct pool *pool, const char *name, char path[PATH_BYTES])
{
    snprintf(path, PATH_BYTES, "%s%s", pool->options->location, name);
}

static void wrong(struct pool *pool, const char *what, const char *name, const char *why)
{
    if (pool->result->errors++ < ERRORS_SHOWN)
        printf("error: %s %s: %s\n", what, name, why);
}

/* Notes what a call returned; whether that is what was wanted. */
static bool returned(struct pool *pool, const char *what, const char *name, int64_t got,
                     int64_t wanted)
{
    log_result(&pool->log, got);
    if (got != wanted)
        wrong(pool, what, name, got < 0 ? errno_name(-errno) : "not all of it");
    return got == wanted;
}

static int open_file(struct pool *pool, const char *what, const char *name, int flags)
{
    char path[PATH_BYTES];
    path_of(pool, name, path);
    log_path(&pool->log, what, name);
    int fd = open(path, flags, 0644);
    returned(pool, what, name, fd < 0 ? -1 : 0, 0);
    return fd;
}

static void close_file(struct pool *pool, int fd, const char *name)
{
    log_path(&pool->log, "close", name);
    returned(pool, "close", name, close(fd), 0);
}

/* Blocks, and then what is left, if only nothing. */
static void write_file(struct pool *pool, int fd, struct pool_file *file, uint32_t bytes)
{
    uint32_t done = 0, block = pool->options->write_block;
    for (;;) {
        uint32_t piece = bytes - done < block ? bytes - done : block;
        log_number(&pool->log, "write", piece);
        if (!returned(pool, "write", file->name, write(fd, pool->source + done, piece), piece))
            break;
        done += piece;
        if (piece < block)
            break;
    }
    pool->result->bytes_written += bytes;
    file->size += bytes;
    if (pool->options->verify && !content_append(&file->content, bytes))
        wrong(pool, "remember", file->name, "no memory");
}

static void read_file(struct pool *pool, int fd, const struct pool_file *file)
{
    uint32_t done = 0, block = pool->options->read_block;
    for (;;) {
        uint32_t piece = file->size - done < block ? file->size - done : block;
        log_number(&pool->log, "read", piece);
        if (!returned(pool, "read", file->name, read(fd, pool->buffer, piece), piece))
            return;
        if (pool->options->verify &&
            !content_is(&file->content, pool->source, done, pool->buffer, piece))
            wrong(pool, "verify", file->name, "not what was written");
        pool->result->verified += pool->options->verify ? piece : 0;
        done += piece;
        if (piece < block)
            return;
    }
}

/* The one behind the last that was taken, if it is free; else the first that is. */
static struct pool_file *free_slot(struct pool *pool)
{
    uint32_t i = pool->next;
    if (i >= pool->slots || pool->files[i].used)
        for (i = 0; i < pool->slots && pool->files[i].used;)
            i++;
    if (i >= pool->slots)
        return NULL;
    pool->next = i + 1;
    return &pool->files[i];
}

void pool_create(struct pool *pool)
{
    const struct postmark_options *options = pool->options;
    struct pool_file *file = free_slot(pool);
    if (!file)
        return;
    *file = (struct pool_file){.used = true};
    uint32_t directory = twister_below(&pool->twister, options->subdirectories);
    if (options->subdirectories)
        snprintf(file->name, sizeof(file->name), "s%u/%lu", directory, ++pool->created);
    else
        snprintf(file->name, sizeof(file->name), "%lu", ++pool->created);
    uint32_t range = options->high - options->low;
    uint32_t bytes = options->low + twister_below(&pool->twister, range);
    pool->result->created[pool->phase]++;
    int fd = open_file(pool, "create", file->name, FS_O_RDWR | FS_O_CREAT);
    if (fd < 0)
        return;
    write_file(pool, fd, file, bytes);
    close_file(pool, fd, file->name);
}

struct pool_file *pool_pick(struct pool *pool)
{
    for (;;) {
        struct pool_file *file = &pool->files[twister_below(&pool->twister, pool->slots)];
        if (file->used)
            return file;
    }
}

void pool_read(struct pool *pool, const struct pool_file *file)
{
    int fd = open_file(pool, "open", file->name, FS_O_RDONLY);
    if (fd < 0)
        return;
    read_file(pool, fd, file);
    close_file(pool, fd, file->name);
    pool->result->bytes_read += file->size;
    pool->result->read++;
}

void pool_append(struct pool *pool, struct pool_file *file)
{
    uint32_t high = pool->options->high;
    if (file->size >= high)
        return;
    int fd = open_file(pool, "append", file->name, FS_O_RDWR | FS_O_APPEND);
    if (fd < 0)
        return;
    write_file(pool, fd, file, twister_below(&pool->twister, high - file->size) + 1);
    close_file(pool, fd, file->name);
    pool->result->appended++;
}

void pool_delete(struct pool *pool, struct pool_file *file)
{
    char path[PATH_BYTES];
    path_of(pool, file->name, path);
    log_path(&pool->log, "unlink", file->name);
    returned(pool, "unlink", file->name, unlink(path), 0);
    content_free(&file->content);
    file->used = false;
    pool->deleted++;
    pool->result->deleted[pool->phase]++;
}

void pool_directories(struct pool *pool, bool make)
{
    for (uint32_t i = 0; i < pool->options->subdirectories; i++) {
        const char *what = make ? "mkdir" : "rmdir";
        char name[24], path[PATH_BYTES];
        snprintf(name, sizeof(name), "s%u", i);
        path_of(pool, name, path);
        log_path(&pool->log, what, name);
        returned(pool, what, name, make ? mkdir(path, 0700) : rmdir(path), 0);
    }
}

bool pool_open(struct pool *pool)
{
    pool->slots = 2 * pool->options->number;
    pool->files = kmalloc(pool->slots * sizeof(*pool->files));
    pool->source = files_buffer_alloc(source_bytes(pool->options));
    pool->buffer = files_buffer_alloc(pool->options->read_block);
    log_begin(&pool->log);
    return pool->files && pool->source && pool->buffer;
}

void pool_close(struct pool *pool)
{
    if (pool->buffer)
        files_buffer_free(pool->buffer, pool->options->read_block);
    if (pool->source)
        files_buffer_free(pool->source, source_bytes(pool->options));
    kfree(pool->files);
}
