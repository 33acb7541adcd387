/*
 * Random sequences on a volume and on the model, which must agree on all that is returned and told,
 * at the end on all that is there, again after mounting anew; and e2fsck must find nothing. A
 * sequence that fails is shrunk to one from which no step can be left out.
 *
 *   fs-random [SEED [SEQUENCES [STEPS]]]
 */
#include "../../ext/native/shim.h"
#include "step.h"
#include "volume.h"
#include <ringside-rt/fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_STEPS 4096

static struct step steps[MOST_STEPS];

/* What every sequence ends with: everything that the paths lead to, in all ways. */
static struct step last_look(unsigned number)
{
    static const char *const paths[] = {"/", "a", "b", "c", "d", "e", "s", "d/a", "d/b", "d/e",
                                        "d/s", "e/a", "e/d", "d/e/a", "d/c", "e/c", "c/d", "d/d",
                                        "name-that-is-longer-than-the-others-are-in-here"};
    static const enum step_op ops[] = {STEP_stat, STEP_list, STEP_readlink, STEP_open,
                                       STEP_read, STEP_read, STEP_read, STEP_read, STEP_read,
                                       STEP_read, STEP_close};
    unsigned path = number / ARRAY_SIZE(ops);
    if (path >= ARRAY_SIZE(paths))
        return (struct step){.op = STEP_OP_COUNT};
    return (struct step){.op = ops[number % ARRAY_SIZE(ops)],
                         .path = paths[path],
                         .other = paths[path],
                         .flags = FS_O_RDONLY,
                         .length = STEP_DATA};
}

static struct fs_process *process_new(struct fs *fs)
{
    static const struct fs_credentials superuser;
    struct fs_process *process = fs ? fs_process(fs, 1, &superuser) : NULL;
    if (!process) {
        fprintf(stderr, "no memory\n");
        exit(2);
    }
    return process;
}

struct run {
    struct model *model;
    struct fs_process *process;
    bool loud;
};

static bool agree(struct run *run, const struct step *step)
{
    struct outcome expected = model_step(run->model, step);
    struct outcome got = subject_step(run->process, step);
    bool same = expected.result == got.result && expected.told == got.told;
    if (!same && run->loud) {
        step_print(step);
        printf("  gave %lld, must be %lld%s\n", (long long)got.result, (long long)expected.result,
               got.result == expected.result ? "; told something else" : "");
    }
    return same;
}

static bool look(struct run *run)
{
    struct step step;
    for (int slot = 0; slot < STEP_SLOTS; slot++)
        agree(run, &(struct step){.op = STEP_close, .slot = slot});
    for (unsigned i = 0; (step = last_look(i)).op != STEP_OP_COUNT; i++)
        if (!agree(run, &step))
            return false;
    return true;
}

/* The first step that differs, or count; behind the steps comes the look at all that is there. */
static unsigned run_steps(unsigned count, bool loud)
{
    struct run run = {.model = model_new(), .loud = loud};
    struct ext *volume = volume_mount(false);
    struct fs *fs = fs_attach(volume);
    run.process = process_new(fs);
    unsigned done = 0;
    subject_step(run.process, &(struct step){.op = STEP_rmdir, .path = "lost+found"});
    while (done < count && agree(&run, &steps[done]))
        done++;
    bool right = done == count && look(&run);
    for (unsigned again = 0; again < 2; again++) {
        fs_process_end(run.process);
        fs_detach(fs);
        volume_unmount(volume);
        if (again)
            break;
        volume = volume_mount(true);
        fs = fs_attach(volume);
        run.process = process_new(fs);
        right = right && look(&run);
    }
    model_free(run.model);
    if (right && !volume_clean())
        right = false;
    return right ? count : done < count ? done : count - 1;
}

/* Leaves steps out, in ever smaller pieces, as long as what is left still fails. */
static unsigned shrink(unsigned count)
{
    static struct step before[MOST_STEPS];
    for (unsigned piece = count / 2; piece; piece /= 2)
        for (unsigned at = 0; at + piece <= count;) {
            memcpy(before, steps, sizeof(steps));
            memmove(&steps[at], &steps[at + piece], (count - at - piece) * sizeof(*steps));
            unsigned left = count - piece, failed = run_steps(left, false);
            if (failed < left) {
                count = failed + 1;
            } else {
                memcpy(steps, before, sizeof(steps));
                at += piece;
            }
        }
    return count;
}

static void report(uint64_t seed, unsigned count)
{
    printf("seed %llu fails; without what does not matter:\n", (unsigned long long)seed);
    for (unsigned i = 0; i < count; i++)
        step_print(&steps[i]);
    printf("where it differs:\n");
    run_steps(count, true);
}

struct work {
    uint64_t first;
    unsigned sequences, steps;
    bool failed;
};

static void all(void *arg)
{
    static const char *const images[] = {
        "-t ext2 -b 1024", "-t ext2 -b 4096", "-t ext2 -b 2048 -I 128",
        "-t ext2 -b 1024 -O ^filetype", "-t ext3 -b 1024 -J size=1"};
    struct work *work = arg;
    for (unsigned i = 0; i < work->sequences && !work->failed; i++) {
        uint64_t seed = work->first + i, state = seed;
        volume_make(images[i * ARRAY_SIZE(images) / work->sequences]);
        for (unsigned k = 0; k < work->steps; k++)
            steps[k] = step_random(&state);
        unsigned done = run_steps(work->steps, false);
        work->failed = done < work->steps;
        if (work->failed)
            report(seed, shrink(done + 1));
    }
}

static unsigned argument(int argc, char **argv, int index, unsigned usual)
{
    return argc > index ? (unsigned)strtoul(argv[index], NULL, 0) : usual;
}

int main(int argc, char **argv)
{
    struct work work = {.first = argument(argc, argv, 1, 1),
                        .sequences = argument(argc, argv, 2, 40),
                        .steps = argument(argc, argv, 3, 300)};
    if (!work.steps || work.steps > MOST_STEPS) {
        fprintf(stderr, "1 to %d steps\n", MOST_STEPS);
        return 2;
    }
    native_run(work.first, all, &work);
    if (!work.failed)
        printf("%u sequences of %u steps agree with the model\n", work.sequences, work.steps);
    return work.failed;
}
