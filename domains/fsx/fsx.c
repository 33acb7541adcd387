/*
 * Invariant of shrinking: the steps that are not left out disagree somewhere. Only steps up to the
 * one that disagreed first are looked at.
 */
#include "fsx.h"
#include "run.h"

#include <ringside-rt/errno.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/posix.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>

struct shrinking {
    struct run run;
    bool *left_out, *tried;
    unsigned runs, most;
};

uint64_t fsx_buffer_bytes(void)
{
    return WORLD_BUFFER;
}

/* Whether it still disagrees without these, too. */
static bool fails_without(struct shrinking *shrinking, unsigned from, unsigned count)
{
    struct run *run = &shrinking->run;
    bool any = false;
    memcpy(shrinking->tried, shrinking->left_out, run->count);
    for (unsigned i = from; i < run->count && i < from + count; i++) {
        any |= !shrinking->tried[i];
        shrinking->tried[i] = true;
    }
    if (!any || shrinking->runs == shrinking->most)
        return false;
    shrinking->runs++;
    run->number++;
    return !run_steps(run) && !run->agrees;
}

/* Ever smaller pieces, until no single step can go. */
static void shrink(struct shrinking *shrinking)
{
    unsigned count = shrinking->run.count;
    for (unsigned piece = count / 2 ? count / 2 : 1;;) {
        bool less = false;
        for (unsigned from = 0; from < count; from += piece) {
            if (fails_without(shrinking, from, piece)) {
                memcpy(shrinking->left_out, shrinking->tried, count);
                less = true;
            }
        }
        if (shrinking->runs == shrinking->most || (piece == 1 && !less))
            return;
        piece = piece / 2 ? piece / 2 : 1;
    }
}

/* The steps that are left; how many. */
static unsigned print_left(struct shrinking *shrinking)
{
    unsigned left = 0;
    printf("the shortest list found that disagrees, by run %u:\n", shrinking->runs);
    for (unsigned i = 0; i < shrinking->run.count; i++) {
        if (shrinking->left_out[i])
            continue;
        printf("  %4u: ", i + 1);
        step_print(&shrinking->run.steps[i]);
        printf("\n");
        left++;
    }
    shrinking->run.left_out = shrinking->left_out;
    shrinking->run.quiet = false;
    shrinking->run.number++;
    printf("again");
    run_steps(&shrinking->run);
    if (shrinking->run.agrees)
        printf(": it agrees now\n");
    return left;
}

static int make_short(const struct fsx_options *options, const struct run *failed,
                      struct fsx_result *result)
{
    struct shrinking shrinking = {.run = *failed, .most = options->shrink};
    shrinking.run.count = failed->done;
    shrinking.run.quiet = true;
    shrinking.left_out = kmalloc(failed->done);
    shrinking.tried = kmalloc(failed->done);
    if (!shrinking.left_out || !shrinking.tried)
        return -ENOMEM;
    shrinking.run.left_out = shrinking.tried;
    shrink(&shrinking);
    result->shortest = print_left(&shrinking);
    result->runs = shrinking.runs;
    kfree(shrinking.left_out);
    kfree(shrinking.tried);
    return 0;
}

static int run_all(const struct fsx_options *options, struct run *run, struct fsx_result *result)
{
    printf("fsx");
    int rc = run_steps(run);
    if (run->agrees)
        printf(": seed %lu: model and files %s\n", options->seed, rc ? "were left" : "agree");
    *result = (struct fsx_result){.done = run->done,
                                  .skipped = run->skipped,
                                  .agrees = run->agrees,
                                  .hash = run->hash};
    if (rc || run->agrees || !options->shrink)
        return rc;
    return make_short(options, run, result);
}

int fsx_run(const struct fsx_options *options, struct fsx_result *result)
{
    struct random random = random_seeded(options->seed);
    struct step *steps = kmalloc(options->steps * sizeof(*steps) + 1);
    struct run run = {.steps = steps, .count = options->steps, .check_each = options->check_each};
    *result = (struct fsx_result){0};
    run.world.buffer = files_buffer_alloc(WORLD_BUFFER);
    if (!steps || !run.world.buffer || !run.check_each)
        return steps && run.world.buffer ? -EINVAL : -ENOMEM;
    for (unsigned i = 0; i < options->steps; i++)
        steps[i] = step_draw(&random);
    int rc = run_all(options, &run, result);
    files_buffer_free(run.world.buffer, WORLD_BUFFER);
    kfree(steps);
    return rc;
}
