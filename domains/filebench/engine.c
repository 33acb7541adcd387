/* Invariant: results are counted as they come; nothing is counted twice, nor left out. */
#include "flowop.h"

#include <ringside-rt/clock.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/posix.h>
#include <ringside-rt/print.h>
#include <ringside-rt/thread.h>

#define ERRORS_SHOWN 10

struct engine {
    const struct engine_options *options;
    struct engine_result *result;
    struct fileset sets[PERSONALITY_SETS];
};

size_t engine_buffer_bytes(const struct engine_options *options)
{
    return (size_t)options->threads * ALIGN_UP((size_t)options->io_bytes, PAGE_SIZE);
}

static void count(struct engine *engine, enum flowop_kind kind, int64_t rc, uint64_t ns)
{
    struct engine_result *result = engine->result;
    struct flowop_counts *counts = &result->flowops[kind];
    if (rc == FLOWOP_SKIPPED) {
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
            int64_t rc = flowop_do(worker, &of->ops[i]);
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
            good = !flowop_open_entry(worker, &create, set, i) &&
                   flowop_on_open(worker, &fill) >= 0 && !flowop_on_open(worker, &done);
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
        workers[i].options = options;
        workers[i].sets = engine->sets;
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
