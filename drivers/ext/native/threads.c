/*
 * Many threads on one volume, each in a directory of its own and compared with a model of its own,
 * while others move, list and sync; whose turn it is is drawn.   ext-threads [SEED [OPERATIONS]]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shim.h"
#include "workload.h"

#define THREADS 6
#define BYTES (64u << 20)

static char image[] = "/tmp/ext-threads-XXXXXX";
static uint64_t seed = 1, operations = 500;

struct run {
    struct native_disk *disk;
    struct ext *fs;
    struct workload workloads[THREADS];
    unsigned working;
    bool moves;
};

struct worker {
    struct run *run;
    unsigned number;
};

static void must(int rc, const char *what)
{
    if (rc) {
        fprintf(stderr, "%s: %d\n", what, rc);
        abort();
    }
}

static struct ext_name name_of(unsigned number, char *text)
{
    sprintf(text, "worker%u", number);
    return (struct ext_name){text, strlen(text)};
}

static void work(void *arg)
{
    struct worker *worker = arg;
    struct workload *w = &worker->run->workloads[worker->number];
    for (uint64_t i = 0; i < operations; i++) {
        workload_step(w);
        if (i % 50 == worker->number)
            must(ext_sync(w->fs, i % 3 ? EXT_WRITTEN : EXT_DURABLE), "sync");
    }
    worker->run->working--;
}

static bool pass(void *arg, const struct ext_entry *entry)
{
    (void)entry;
    return ++*(unsigned *)arg < 100;
}

/* Directories go back and forth between two names while there is work in them. */
static void disturb(void *arg)
{
    struct run *run = arg;
    struct ext_inode *root, *other;
    struct ext_new new = {.mode = 0755};
    must(ext_open(run->fs, EXT_ROOT_INO, 0, &root), "open");
    must(ext_mkdir(root, (struct ext_name){"other", 5}, &new, &other), "mkdir");
    for (unsigned i = 0; run->working; i++) {
        char text[20];
        unsigned number = i % THREADS, seen = 0;
        bool there = i / THREADS % 2;
        struct ext_name name = name_of(number, text);
        must(ext_rename(there ? other : root, name, there ? root : other, name), "rename");
        must(ext_readdir(root, 0, pass, &seen), "readdir");
        if (i % 5 == 0)
            ext_write_back(run->fs);
        for (unsigned k = 0; k < 20; k++)
            thread_yield();
    }
    ext_put(other);
    ext_put(root);
}

static void all(void *arg)
{
    struct run *run = arg;
    struct worker workers[THREADS];
    struct thread *threads[THREADS], *other;
    struct ext_options options = {.now = native_now, .cache_bytes = 1 << 20};
    struct ext_inode *root, *dir;
    struct ext_new new = {.mode = 0755};
    must(ext_mount(&run->disk->blk, &options, &run->fs), "mount");
    must(ext_open(run->fs, EXT_ROOT_INO, 0, &root), "open");
    for (unsigned i = 0; i < THREADS; i++) {
        char text[20];
        must(ext_mkdir(root, name_of(i, text), &new, &dir), "mkdir");
        workload_open(&run->workloads[i], run->fs, seed + i, 1 << 20, dir);
        ext_put(dir);
        workers[i] = (struct worker){run, i};
    }
    ext_put(root);
    run->working = THREADS;
    for (unsigned i = 0; i < THREADS; i++)
        threads[i] = thread_start(work, &workers[i]);
    other = thread_start(disturb, run);
    for (unsigned i = 0; i < THREADS; i++)
        thread_join(threads[i]);
    thread_join(other);
    for (unsigned i = 0; i < THREADS; i++) {
        workload_verify(&run->workloads[i]);
        workload_close(&run->workloads[i]);
    }
    must(ext_unmount(run->fs), "unmount");
    must(native_memory_used(), "memory after unmount");
}

static void judge(const char *options)
{
    char command[300];
    static struct run run;
    snprintf(command, sizeof(command), "mke2fs -q -F %s %s 64M", options, image);
    memset(&run, 0, sizeof(run));
    run.disk = native_disk_new(BYTES);
    run.disk->reaches_all = true;
    must(system(command) || !native_disk_load(run.disk, image), command);
    native_run(seed, all, &run);
    snprintf(command, sizeof(command), "e2fsck -fn %s >%s.log 2>&1 || { cat %s.log; false; }",
             image, image, image);
    must(!native_disk_save(run.disk, image) || system(command), command);
    printf("%-30s %u threads, %llu operations each\n", options, THREADS,
           (unsigned long long)operations);
    native_disk_free(run.disk);
    unlink(image);
}

int main(int argc, char **argv)
{
    seed = argc > 1 ? strtoull(argv[1], NULL, 10) : seed;
    operations = argc > 2 ? strtoull(argv[2], NULL, 10) : operations;
    must(mkstemp(image) < 0, image);
    judge("-t ext2 -b 4096");
    judge("-t ext3 -b 1024 -J size=1");
    judge("-t ext3 -b 4096 -J size=4");
    return 0;
}
