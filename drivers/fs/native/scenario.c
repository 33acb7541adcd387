/*
 * Running scenarios.
 */
#include "scenario.h"
#include "volume.h"
#include <stdio.h>
#include <stdlib.h>

#define SEEDS 30

uint64_t scenario_seed;
struct fs_process *p[PROCESSES];
int fds[PROCESSES];
static const struct scenario *running;

struct list {
    const struct scenario *scenarios;
    size_t count;
    unsigned judged;
};

void scenario_fail(const char *file, int line, const char *what)
{
    fprintf(stderr, "%s:%d: %s, seed %llu: not so: %s\n", file, line, running->name,
            (unsigned long long)scenario_seed, what);
    exit(1);
}

static void run(const struct scenario *scenario, unsigned judged)
{
    static const struct fs_credentials superuser;
    struct ext *volume = volume_mount(false);
    struct fs *fs = fs_attach(volume);
    running = scenario;
    for (int i = 0; i < PROCESSES; i++) {
        p[i] = fs_process(fs, (uint32_t)i, &superuser);
        fds[i] = fs_openat(p[i], HERE, "f", FS_O_RDWR | FS_O_CREAT, 0600);
        require(fds[i] >= 0);
    }
    scenario->run();
    for (int i = 0; i < PROCESSES; i++)
        if (p[i])
            fs_process_end(p[i]);
    fs_detach(fs);
    volume_unmount(volume);
    require(scenario_seed > judged || volume_clean());
}

static void run_all(void *arg)
{
    struct list *list = arg;
    volume_make("-t ext2 -b 1024");
    for (size_t i = 0; i < list->count; i++)
        run(&list->scenarios[i], list->judged);
}

int scenarios_run(const struct scenario *scenarios, size_t count, unsigned judged)
{
    for (scenario_seed = 1; scenario_seed <= SEEDS; scenario_seed++)
        native_run(scenario_seed, run_all, &(struct list){scenarios, count, judged});
    printf("%zu scenarios, each in %d orders of turns\n", count, SEEDS);
    return 0;
}
