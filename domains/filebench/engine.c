/*
 * Invariant: a thread's fd is -1 or open on the entry noted with it. What filebench waits for or
 * leaves out when there is no file to choose is left out here, and counted.
 */
#include "engine.h"

#include <ringside-rt/clock.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/posix.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>
#include <ringside-rt/thread.h>

#define ERRORS_SHOWN 10

struct engine {
    const struct engine_options *options;
    struct engine_result *result;
    struct fileset sets[PERSONALITY_SETS];
};

struct worker {
    struct engine *engine;
    struct thread *thread;
    struct random random;
    char *buffer;
    struct {
        int fd;
        struct fileset *set;
        unsigned entry;
    } open[PERSONALITY_FDS];
};

/* What an operation did: bytes, SKIPPED, or -1 with errno. */
#define SKIPPED (-2)

size_t engine_buffer_bytes(const struct engine_options *options)
{
    return (size_t)options->threads * ALIGN_UP((size_t)options->io_bytes, PAGE_SIZE);
}

/* ---- operations on what is open */

static int64_t write_bytes(const struct worker *worker, int fd, uint32_t bytes)
{
    uint32_t most = worker->engine->options->io_bytes;
    for (uint32_t done = 0, piece; done < bytes; done += piece) {
        piece = bytes - done < most ? bytes - done : most;
        if (write(fd, worker->buffer, piece) != (ssize_t)piece)
            return -1;
    }
    return bytes;
}

static int64_t read_whole(const struct worker *worker, int fd)
{
    uint32_t most = worker->engine->options->io_bytes;
    int64_t all = 0;
    if (lseek(fd, 0, FS_SEEK_SET))
        return -1;
    for (;;) {
        ssize_t n = read(fd, worker->buffer, most);
        if (n <= 0)
            return n ? -1 : all;
        all += n;
    }
}

static int64_t append_random(struct worker *worker, int fd)
{
    uint32_t most = worker->engine->options->append_bytes;
    uint32_t bytes = (uint32_t)random_below(&worker->random, (uint64_t)most + 1);
    if (!bytes)
        return 0;
    return lseek(fd, 0, FS_SEEK_END) < 0 ? -1 : write_bytes(worker, fd, bytes);
}

static int64_t on_open(struct worker *worker, const struct flowop *op)
{
    int fd = worker->open[op->fd].fd;
    if (fd < 0)
        return SKIPPED;
    switch (op->kind) {
    case FLOWOP_writewholefile: {
        const struct fileset *set = worker->open[op->fd].set;
        return write_bytes(worker, fd, set->entries[worker->open[op->fd].entry].bytes);
    }
    case FLOWOP_readwholefile:
        return read_whole(worker, fd);
    case FLOWOP_appendfilerand:
        return append_random(worker, fd);
    case FLOWOP_fsync:
        return fsync(fd);
    default: /* closefile */
        worker->open[op->fd].fd = -1;
        worker->open[op->fd].set->entries[worker->open[op->fd].entry].open--;
        return close(fd);
    }
}

/* ---- operations on a file of a set */

static int64_t open_entry(struct worker *worker, const struct flowop *op, struct fileset *set,
                          unsigned at)
{
    char path[FILESET_PATH];
    struct fileset_entry *entry = &set->entries[at];
    bool create = op->kind == FLOWOP_createfile;
    entry->busy = create;
    entry->open++;
    fileset_path(set, at, path);
    int fd = open(path, FS_O_RDWR | (create ? FS_O_CREAT : 0), 0666);
    entry->busy = false;
    entry->exists |= fd >= 0;
    if (fd < 0)
        entry->open--;
    worker->open[op->fd].fd = fd;
    worker->open[op->fd].set = set;
    worker->open[op->fd].entry = at;
    return fd < 0 ? -1 : 0;
}

static int64_t delete_entry(struct fileset *set, unsigned at)
{
    char path[FILESET_PATH];
    fileset_path(set, at, path);
    set->entries[at].busy = true;
    int rc = unlink(path);
    set->entries[at].busy = false;
    set->entries[at].exists = rc != 0;
    return rc;
}

static int64_t on_set(struct worker *worker, const struct flowop *op)
{
    struct fileset *set = &worker->engine->sets[op->set];
    bool exists = op->kind != FLOWOP_createfile, deletes = op->kind == FLOWOP_deletefile;
    int at = fileset_pick(set, &worker->random, exists, deletes);
    if (at < 0)
        return SKIPPED;
    if (deletes)
        return delete_entry(set, (unsigned)at);
    if (op->kind != FLOWOP_statfile)
        return open_entry(worker, op, set, (unsigned)at);
    char path[FILESET_PATH];
    struct stat about;
    fileset_path(set, (unsigned)at, path);
    set->entries[at].open++;
    int rc = stat(path, &about);
    set->entries[at].open--;
    return rc;
}

static bool chooses(const struct worker *worker, const struct flowop *op)
{
    return op->kind == FLOWOP_createfile || op->kind == FLOWOP_openfile ||
           op->kind == FLOWOP_deletefile || op->kind == FLOWOP_statfile ||
           (op->set && worker->open[op->fd].fd < 0);
}

/* An append to a set of its own opens its file by itself, once. */
static int64_t do_op(struct worker *worker, const struct flowop *op)
{
    bool itself = op->kind == FLOWOP_appendfilerand && chooses(worker, op);
    if (!itself)
        return chooses(worker, op) ? on_set(worker, op) : on_open(worker, op);
    const struct flowop opening = {FLOWOP_openfile, op->set, op->fd};
    int64_t rc = on_set(worker, &opening);
    return rc ? rc : on_open(worker, op);
}

/* ---- threads */

static void count(struct engine *engine, enum flowop_kind kind, int64_t rc, uint64_t ns)
{
    struct engine_result *result = engine->result;
    struct flowop_counts *counts = &result->flowops[kind];
    if (rc == SKIPPED) {
        counts->skipped++;
        return;
    }
    if (rc < 0 && result->errors++ < ERRORS_SHOWN)
        printf("%s: %s\n", flowop_name(kind), errno_name(-errno));
    uint64_t bytes = rc > 0 ? (uint64_t)rc : 0;
    bool reads = kind == FLOWOP_readwholefile;
    counts->done++;
    counts->bytes += bytes;
    counts->ns += ns;
    counts->worst_ns = ns > counts->worst_ns ? ns : counts->worst_ns;
    *(reads ? &result->read_bytes : &result->written_bytes) += bytes;
}

static void work(void *arg)
{
    struct worker *worker = arg;
    struct engine *engine = worker->engine;
    const struct personality *of = engine->options->personality;
    for (unsigned loop = 0; loop < engine->options->loops; loop++) {
        for (unsigned i = 0; i < of->op_count; i++) {
            uint64_t begin = clock_ns();
            int64_t rc = do_op(worker, &of->ops[i]);
            count(engine, of->ops[i].kind, rc, clock_ns() - begin);
        }
    }
    for (unsigned i = 0; i < PERSONALITY_FDS; i++)
        if (worker->open[i].fd >= 0 && close(worker->open[i].fd))
            count(engine, FLOWOP_closefile, -1, 0);
}

/* Files that are there from the beginning, as the first worker writes them. */
static bool make_pool(struct engine *engine, struct worker *worker)
{
    static const struct flowop create = {FLOWOP_createfile, 0, 0};
    static const struct flowop fill = {FLOWOP_writewholefile, 0, 0};
    static const struct flowop done = {FLOWOP_closefile, 0, 0};
    const struct personality *of = engine->options->personality;
    bool good = true;
    for (unsigned s = 0; s < of->set_count; s++) {
        struct fileset *set = &engine->sets[s];
        uint32_t wanted = set->files * of->sets[s].percent / 100;
        good = good && !fileset_remove_all(set) && !fileset_make_folders(set);
        for (uint32_t i = 0; good && i < wanted; i++) {
            good = !open_entry(worker, &create, set, i) && on_open(worker, &fill) >= 0 &&
                   !on_open(worker, &done);
            engine->result->pool_files++;
        }
    }
    return good;
}

static void run_threads(struct engine *engine, struct worker *workers)
{
    uint64_t begin = clock_ns();
    unsigned threads = engine->options->threads;
    for (unsigned i = 0; i < threads; i++) {
        workers[i].thread = thread_start(work, &workers[i]);
        engine->result->errors += !workers[i].thread;
    }
    for (unsigned i = 0; i < threads; i++)
        if (workers[i].thread)
            thread_join(workers[i].thread);
    engine->result->ns = clock_ns() - begin;
}

static bool make_workers(struct engine *engine, struct worker *workers)
{
    const struct engine_options *options = engine->options;
    bool good = true;
    for (unsigned i = 0; i < options->threads; i++) {
        workers[i].engine = engine;
        workers[i].random = random_seeded(options->seed + i + 1);
        workers[i].buffer = files_buffer_alloc(options->io_bytes);
        good = good && workers[i].buffer;
        for (unsigned k = 0; k < PERSONALITY_FDS; k++)
            workers[i].open[k].fd = -1;
    }
    return good;
}

static bool make_sets(struct engine *engine)
{
    const struct engine_options *options = engine->options;
    struct random random = random_seeded(options->seed);
    bool good = true;
    for (unsigned s = 0; s < options->personality->set_count; s++)
        good = good && fileset_init(&engine->sets[s], &options->personality->sets[s],
                                    options->files[s], options->gamma, &random);
    return good;
}

static void remove_sets(struct engine *engine)
{
    for (unsigned s = 0; s < engine->options->personality->set_count; s++)
        if (fileset_remove_all(&engine->sets[s]))
            count(engine, FLOWOP_deletefile, -1, 0);
}

bool engine_run(const struct engine_options *options, struct engine_result *result)
{
    struct engine engine = {.options = options, .result = result};
    struct worker *workers = kmalloc(options->threads * sizeof(*workers));
    *result = (struct engine_result){0};
    bool good = workers && make_workers(&engine, workers) && make_sets(&engine);
    if (good) {
        uint64_t begin = clock_ns();
        if (!make_pool(&engine, workers))
            count(&engine, FLOWOP_createfile, -1, 0);
        result->pool_ns = clock_ns() - begin;
        if (!result->errors)
            run_threads(&engine, workers);
        remove_sets(&engine);
    }
    for (unsigned i = 0; workers && i < options->threads; i++)
        if (workers[i].buffer)
            files_buffer_free(workers[i].buffer, options->io_bytes);
    for (unsigned s = 0; s < PERSONALITY_SETS; s++)
        fileset_free(&engine.sets[s]);
    kfree(workers);
    return good;
}
