/*
 * Power cuts and kills: short workloads on ext3 volumes, then fsync, and every state in which a cut
 * may leave the device. Each is mounted, and must hold what one of the operations left, none before
 * what was made durable; e2fsck judges one in EVERY. A program that is killed leaves all that it
 * was told is written, and what was synced that way must be there, even when whoever mounts it is
 * killed, too.
 *
 *   ext-crash                             a sample
 *   ext-crash sweep LENGTH SLICE SLICES EVERY
 *                                         all workloads up to that length, this slice of them; says
 *                                         now and then: workloads, states, judged by e2fsck so far
 *   ext-crash one KIND SYNCED CODE...     one workload
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "crash_state.h"
#include "crash_work.h"

#define OPERATIONS 3u
#define MODES 2u
#define SAMPLE 90u /* workloads */
#define TWICE 97u  /* in one of so many states after a kill, the next mount is killed, too */

static char image[] = "/tmp/ext-crash-XXXXXX";
static char *volumes[CRASH_KINDS];
static unsigned every = 300;
static uint64_t workloads, states, judged, kills;

struct run {
    unsigned kind, codes[OPERATIONS], count;
    bool synced; /* after each operation, as a server does, which also has files open */
    struct native_disk *disk, *left;
    struct recording recording;
    char *after[OPERATIONS + 1]; /* what the volume held after so many operations */
    unsigned begun[OPERATIONS + 1], written[OPERATIONS + 1]; /* events by then */
    unsigned durable;                                        /* events after which all is */
    uint64_t session, told; /* what the mount afterwards is told */
    unsigned killed, least; /* after so many events first; operations that must be there */
    char text[CRASH_TEXT];
    int rc;
};

static void fail(const struct run *run, const char *what, int rc)
{
    fprintf(stderr, "%s: %d; to see it again:\n  ext-crash one %u %u", what, rc, run->kind,
            run->synced);
    for (unsigned i = 0; i < run->count; i++)
        fprintf(stderr, " %u", run->codes[i]);
    fprintf(stderr, "\n");
    for (unsigned i = 0; i < run->count; i++)
        fprintf(stderr, "  %s\n", crash_operation_name(run->codes[i]));
    exit(1);
}

static void hold(struct ext *fs, const char *name, struct ext_inode **inode)
{
    struct ext_inode *root;
    *inode = NULL;
    if (ext_open(fs, EXT_ROOT_INO, 0, &root))
        return;
    if (ext_lookup(root, (struct ext_name){name, strlen(name)}, inode))
        *inode = NULL;
    ext_put(root);
}

static void work(void *arg)
{
    struct run *run = arg;
    struct ext_inode *held = NULL;
    struct ext *fs = crash_mount(run->disk, run->synced, 0, &run->rc);
    if (run->rc)
        fail(run, "mount", run->rc);
    run->session = ext_session(fs);
    if (run->synced)
        hold(fs, "a", &held);
    for (unsigned i = 0; i <= run->count; i++) {
        run->rc = crash_text(fs, run->text);
        if (run->rc)
            fail(run, "list", run->rc);
        run->after[i] = strdup(run->text);
        run->begun[i] = run->recording.count;
        if (i < run->count)
            crash_operate(fs, run->kind, run->codes[i]);
        if (run->synced && ext_sync(fs, EXT_WRITTEN))
            fail(run, "sync", 0);
        run->written[i] = run->recording.count;
    }
    if (ext_sync(fs, EXT_DURABLE))
        fail(run, "sync", 0);
    run->durable = run->recording.count;
    if (held)
        ext_put(held);
    run->rc = ext_unmount(fs);
    if (run->rc)
        fail(run, "unmount", run->rc);
}

/* ---- judges */

static void look(void *arg)
{
    struct run *run = arg;
    struct ext *fs = crash_mount(run->left, run->synced, run->told, &run->rc);
    if (run->rc)
        return;
    run->rc = crash_text(fs, run->text);
    int rc = ext_unmount(fs);
    run->rc = run->rc ? run->rc : rc;
}

static int fsck(const char *options)
{
    char command[200];
    snprintf(command, sizeof(command), "e2fsck %s %s > %s.log 2>&1", options, image, image);
    int rc = system(command);
    return rc < 0 ? 255 : rc >> 8;
}

static void ask_e2fsck(struct run *run, bool replay)
{
    char command[100];
    if (!native_disk_save(run->left, image))
        fail(run, "save", 0);
    int rc = replay ? fsck("-p") : 0;
    if (rc <= 1)
        rc = fsck("-fn");
    if (rc) {
        snprintf(command, sizeof(command), "cat %s.log >&2", image);
        if (!system(command))
            fail(run, "e2fsck", rc);
    }
    judged++;
}

/* What operations up to `least` did is there, and nothing half. */
static void judge(struct run *run, unsigned events, unsigned least)
{
    bool sample = ++states % every == 0;
    if (sample)
        ask_e2fsck(run, true);
    native_run(states, look, run);
    if (run->rc)
        fail(run, "what is left cannot be used", run->rc);
    for (unsigned i = least; i <= run->count; i++)
        if ((!i || events >= run->begun[i - 1]) && strcmp(run->text, run->after[i]) == 0) {
            if (sample)
                ask_e2fsck(run, false);
            return;
        }
    fprintf(stderr, "after %u of %u events (durable after %u):\n%s", events, run->recording.count,
            run->durable, run->text);
    for (unsigned i = 0; i <= run->count; i++)
        fprintf(stderr, "--- after %u operations, from event %u, written at %u:\n%s", i,
                run->begun[i], run->written[i], run->after[i]);
    fail(run, "half of an operation is there, or less than is certain", 0);
}

static void after_cut(void *arg, unsigned events)
{
    struct run *run = arg;
    run->told = 0;
    judge(run, events, events >= run->durable ? run->count : 0);
}

static void after_second_kill(void *arg, unsigned events)
{
    struct run *run = arg;
    (void)events;
    judge(run, run->killed, run->least);
}

/* The mount of what is left is killed at each of its steps. */
static void kill_again(struct run *run)
{
    static char base[CRASH_BYTES];
    struct recording recording = {0};
    struct crash_states states_of = {&recording, base, run->left->bytes, CRASH_BYTES, run};
    memcpy(base, run->left->bytes, CRASH_BYTES);
    run->left->heard = recording_hear;
    run->left->arg = &recording;
    run->left->events = 0;
    native_run(states, look, run);
    run->left->heard = NULL;
    kill_states(&states_of, after_second_kill);
    recording_clear(&recording);
}

static void after_kill(void *arg, unsigned events)
{
    struct run *run = arg;
    run->least = 0;
    run->killed = events;
    run->told = run->session;
    for (unsigned i = 0; run->synced && i < run->count; i++)
        if (events >= run->written[i])
            run->least = i + 1;
    if (events >= run->durable)
        run->least = run->count;
    if (++kills % TWICE == 0)
        kill_again(run);
    else
        judge(run, events, run->least);
}

static void enumerate(struct run *run)
{
    static struct native_disk *disk, *left;
    if (!disk) {
        disk = native_disk_new(CRASH_BYTES);
        left = native_disk_new(CRASH_BYTES);
    }
    const char *base = volumes[run->kind];
    memcpy(disk->bytes, base, CRASH_BYTES);
    disk->reaches_all = left->reaches_all = true;
    disk->heard = recording_hear;
    disk->arg = &run->recording;
    disk->events = 0;
    run->disk = disk;
    run->left = left;
    native_run(run->codes[0] + 1, work, run);
    struct crash_states states_of = {&run->recording, base, left->bytes, CRASH_BYTES, run};
    crash_states(&states_of, after_cut);
    kill_states(&states_of, after_kill);
    recording_clear(&run->recording);
    for (unsigned i = 0; i <= run->count; i++)
        free(run->after[i]);
    workloads++;
}

/* ---- which workloads */

static unsigned workloads_of(unsigned length)
{
    unsigned all = CRASH_KINDS * MODES;
    for (unsigned i = 0; i < length; i++)
        all *= CRASH_OPERATIONS;
    return all;
}

static void run_one(unsigned length, unsigned number)
{
    static struct run run;
    memset(&run, 0, sizeof(run));
    run.count = length;
    run.kind = number % CRASH_KINDS;
    number /= CRASH_KINDS;
    run.synced = number % MODES;
    number /= MODES;
    for (unsigned i = 0; i < length; i++, number /= CRASH_OPERATIONS)
        run.codes[i] = number % CRASH_OPERATIONS;
    enumerate(&run);
}

static void say(void)
{
    printf("%llu %llu %llu\n", (unsigned long long)workloads, (unsigned long long)states,
           (unsigned long long)judged);
    fflush(stdout);
}

static void sweep(unsigned most, unsigned slice, unsigned slices)
{
    unsigned turn = 0;
    for (unsigned length = 1; length <= most && length <= OPERATIONS; length++)
        for (unsigned i = 0; i < workloads_of(length); i++) {
            if (turn++ % slices != slice)
                continue;
            run_one(length, i);
            if (workloads % 100 == 0)
                say();
        }
    say();
}

/* Spread over all: strides that have nothing in common with how workloads are numbered. */
static void sample(void)
{
    for (unsigned length = 1; length <= OPERATIONS; length++) {
        unsigned all = workloads_of(length), step = all / (SAMPLE / OPERATIONS);
        for (unsigned i = 0, n = length; i < SAMPLE / OPERATIONS; i++, n += step | 1)
            run_one(length, n % all);
        say();
    }
}

static void one(int count, char **words)
{
    static struct run run;
    run.kind = strtoul(words[0], NULL, 10) % CRASH_KINDS;
    run.synced = strtoul(words[1], NULL, 10);
    for (int i = 2; i < count && run.count < OPERATIONS; i++)
        run.codes[run.count++] = strtoul(words[i], NULL, 10) % CRASH_OPERATIONS;
    enumerate(&run);
    say();
}

static unsigned number(char *word)
{
    return (unsigned)strtoul(word, NULL, 10);
}

int main(int argc, char **argv)
{
    for (unsigned kind = 0; kind < CRASH_KINDS; kind++)
        volumes[kind] = crash_volume(kind);
    close(mkstemp(image));
    if (argc == 6 && strcmp(argv[1], "sweep") == 0) {
        every = number(argv[5]);
        sweep(number(argv[2]), number(argv[3]), number(argv[4]));
    } else if (argc >= 5 && strcmp(argv[1], "one") == 0) {
        one(argc - 2, argv + 2);
    } else {
        sample();
    }
    strcat(strcpy(volumes[0], image), ".log");
    unlink(volumes[0]);
    unlink(image);
    return 0;
}
