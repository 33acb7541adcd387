/* The three phases; every draw is made in PostMark's order, or the seed would mean another run. */
#include "pool.h"

#define BIAS_OF 10

static void pair(struct pool *pool)
{
    const struct postmark_options *options = pool->options;
    if (options->bias_read != POSTMARK_NO_BIAS) {
        bool read = (int)twister_below(&pool->twister, BIAS_OF) < options->bias_read;
        struct pool_file *file = pool_pick(pool);
        if (read)
            pool_read(pool, file);
        else
            pool_append(pool, file);
    }
    if (options->bias_create != POSTMARK_NO_BIAS) {
        if ((int)twister_below(&pool->twister, BIAS_OF) < options->bias_create)
            pool_create(pool);
        else
            pool_delete(pool, pool_pick(pool));
    }
}

static void create_all(struct pool *pool)
{
    for (uint32_t i = 0; i < pool->options->number; i++)
        pool_create(pool);
}

static void transact(struct pool *pool)
{
    for (uint32_t i = 0; i < pool->options->transactions; i++) {
        pool->result->out_of_files = pool->created == pool->deleted;
        if (pool->result->out_of_files)
            return;
        pair(pool);
    }
}

static void delete_all(struct pool *pool)
{
    for (uint32_t i = 0; i < pool->slots; i++)
        if (pool->files[i].used)
            pool_delete(pool, &pool->files[i]);
}

static void run(struct pool *pool)
{
    static void (*const phases[])(struct pool *) = {create_all, transact, delete_all};
    pool_directories(pool, true);
    for (unsigned i = 0; i < POSTMARK_PHASES; i++) {
        uint64_t begin = pool->options->now();
        pool->phase = i;
        phases[i](pool);
        pool->result->ns[i] = pool->options->now() - begin;
    }
    pool_directories(pool, false);
    pool->result->operations = pool->log.operations;
    pool->result->outcome = pool->log.outcome;
}

static bool sensible(const struct postmark_options *options)
{
    return options->number && options->number < UINT32_MAX / 2 && options->low <= options->high &&
           options->high && options->high < UINT32_MAX / 2 && options->read_block &&
           options->write_block;
}

bool postmark_run(const struct postmark_options *options, struct postmark_result *result)
{
    struct pool pool = {.options = options, .result = result};
    *result = (struct postmark_result){0};
    bool ready = sensible(options) && pool_open(&pool);
    if (ready) {
        twister_seed(&pool.twister, options->seed);
        content_draw(&pool.twister, pool.source, 2 * (size_t)options->high);
        run(&pool);
    }
    pool_close(&pool);
    return ready;
}
