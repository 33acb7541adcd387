/* Invariant: model and world have done the same steps: those up to done that are not left out. */
#include "run.h"

#include <ringside-rt/errno.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>

#define MIX 0x9e3779b97f4a7c15ul

static void add(struct run *run, uint64_t word)
{
    run->hash = (run->hash ^ word) * MIX;
    run->hash ^= run->hash >> 29;
}

static size_t first_difference(const unsigned char *a, const unsigned char *b, size_t count)
{
    size_t i = 0;
    while (i < count && a[i] == b[i])
        i++;
    return i;
}

static void print_result(const char *word, int64_t result)
{
    if (result < 0)
        printf("%s -%s", word, errno_name(result));
    else
        printf("%s %ld", word, result);
}

/* Of two outcomes; what disagrees is told behind the step, on its line. */
static bool same(const struct run *run, const struct outcome *got, const struct outcome *wanted)
{
    bool results = got->result == wanted->result;
    size_t bytes = results && wanted->data ? (size_t)wanted->result : 0;
    bool data = !bytes || memcmp(got->data, wanted->data, bytes) == 0;
    bool about = got->size == wanted->size && got->links == wanted->links &&
                 got->directory == wanted->directory && got->names == wanted->names;
    if (run->quiet || (results && data && about))
        return results && data && about;
    if (!results) {
        print_result(": expected", wanted->result);
        print_result(", got", got->result);
    } else if (!data) {
        size_t at = first_difference(got->data, wanted->data, bytes);
        printf(": byte %lu of %lu: expected %#x, got %#x", at, bytes, wanted->data[at],
               got->data[at]);
    } else {
        printf(": expected %lu bytes, %u links, names %#x, got %lu, %u, %#x", wanted->size,
               wanted->links, wanted->names, got->size, got->links, got->names);
    }
    return false;
}

static bool agree(struct run *run, const struct step *step, const struct outcome *got,
                  const struct outcome *wanted)
{
    bool good = same(run, got, wanted);
    if (!good && !run->quiet) {
        printf(" at step %u: ", run->done);
        step_print(step);
        printf("\n");
    }
    return good;
}

/* What a path is, and all that it contains. */
static bool check_path(struct run *run, struct model *model, unsigned path)
{
    struct step step = {.kind = STEP_stat, .path = path};
    struct outcome wanted = model_step(model, &step), got = world_step(&run->world, &step);
    if (!agree(run, &step, &got, &wanted))
        return false;
    if (wanted.result)
        return true;
    if (wanted.directory) {
        step.kind = STEP_list;
        wanted = model_step(model, &step);
        got = world_step(&run->world, &step);
        return agree(run, &step, &got, &wanted);
    }
    wanted = model_content(model, path);
    got = (struct outcome){.result = world_content(&run->world, path), .data = run->world.buffer};
    return agree(run, &step, &got, &wanted);
}

static bool check_all(struct run *run, struct model *model)
{
    for (unsigned path = 0; path < STEP_PATHS; path++)
        if (!check_path(run, model, path))
            return false;
    return true;
}

/* 0, or -E... of the model. */
static int do_step(struct run *run, struct model *model, const struct step *step)
{
    struct outcome wanted = model_step(model, step);
    if (wanted.result == -ENOMEM)
        return -ENOMEM;
    run->skipped += wanted.result == -EFBIG;
    if (wanted.result == -EFBIG)
        return 0;
    struct outcome got = world_step(&run->world, step);
    run->agrees = agree(run, step, &got, &wanted);
    add(run, step->seed);
    add(run, (uint64_t)wanted.result);
    return 0;
}

static int do_steps(struct run *run, struct model *model)
{
    int rc = 0;
    for (unsigned i = 0; !rc && run->agrees && i < run->count; i++) {
        run->done = i + 1;
        if (run->left_out && run->left_out[i])
            continue;
        rc = do_step(run, model, &run->steps[i]);
        if (!rc && run->agrees && i % run->check_each == run->check_each - 1)
            run->agrees = check_all(run, model);
    }
    if (!rc && run->agrees)
        run->agrees = check_all(run, model);
    return rc;
}

int run_steps(struct run *run)
{
    struct model *model = model_new();
    run->agrees = true;
    run->done = run->skipped = 0;
    run->hash = MIX;
    int rc = model ? world_open(&run->world, run->number) : -ENOMEM;
    if (!rc) {
        rc = do_steps(run, model);
        int end = world_close(&run->world);
        if (!rc && run->agrees)
            rc = end;
    }
    if (model)
        model_free(model);
    return rc;
}
