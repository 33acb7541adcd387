/*
 * Writers and makers of names at the same time, whose turns a seed decides: appends and shared
 * offsets lose nothing, and a name is made once.
 */
#include "scenario.h"
#include "step.h"
#include <string.h>

#define RECORD 1500
#define RECORDS 12

struct writer {
    struct fs_process *process;
    int fd;
    char letter;
    bool vector;
    struct thread *thread;
};

static void write_records(void *arg)
{
    struct writer *writer = arg;
    char record[RECORD];
    memset(record, writer->letter, sizeof(record));
    for (int i = 0; i < RECORDS; i++) {
        struct fs_iovec pieces[] = {{record, 700}, {record + 700, 1}, {record + 701, RECORD - 701}};
        int64_t n = writer->vector ? fs_writev(writer->process, writer->fd, pieces, 3)
                                   : fs_write(writer->process, writer->fd, record, RECORD);
        require(n == RECORD);
    }
}

/* Each record is whole, and as many of each letter are there as were written. */
static void look_at_records(int writers)
{
    static char all[PROCESSES * RECORDS * RECORD + 1];
    int counts[PROCESSES] = {0};
    require(fs_pread(p[0], fds[0], all, sizeof(all), 0) == (int64_t)writers * RECORDS * RECORD);
    for (int i = 0; i < writers * RECORDS; i++) {
        char *record = all + i * RECORD;
        for (int at = 1; at < RECORD; at++)
            require(record[at] == record[0]);
        require(record[0] >= 'a' && record[0] < 'a' + writers);
        counts[record[0] - 'a']++;
    }
    for (int i = 0; i < writers; i++)
        require(counts[i] == RECORDS);
}

static void write_at_once(struct writer *writers)
{
    for (int i = 0; i < PROCESSES; i++)
        writers[i].thread = thread_start(write_records, &writers[i]);
    for (int i = 0; i < PROCESSES; i++)
        thread_join(writers[i].thread);
    look_at_records(PROCESSES);
}

static void appends_stay_whole(void)
{
    int flags = FS_O_WRONLY | FS_O_APPEND;
    struct writer writers[PROCESSES];
    for (int i = 0; i < PROCESSES; i++)
        writers[i] = (struct writer){.process = p[i], .letter = (char)('a' + i), .vector = i != 1,
                                     .fd = fs_openat(p[i], HERE, "f", flags, 0)};
    write_at_once(writers);
}

static void writes_by_one_description_follow_each_other(void)
{
    struct writer writers[PROCESSES];
    for (int i = 0; i < PROCESSES; i++)
        writers[i] = (struct writer){.process = p[0], .letter = (char)('a' + i), .vector = i == 1,
                                     .fd = fs_dup(p[0], fds[0])};
    write_at_once(writers);
}

/* ---- names at once */

struct creator {
    struct fs_process *process;
    int created, removed, renamed;
    struct thread *thread;
};

static void create_and_remove(void *arg)
{
    struct creator *creator = arg;
    for (int i = 0; i < 20; i++) {
        int fd = fs_openat(creator->process, HERE, "x", FS_O_WRONLY | FS_O_CREAT | FS_O_EXCL, 0600);
        require(fd >= 0 || fd == -EEXIST);
        creator->created += fd >= 0;
        if (fd >= 0)
            require(!fs_close(creator->process, fd));
        int rc = fs_unlinkat(creator->process, HERE, "x", 0);
        require(!rc || rc == -ENOENT);
        creator->removed += !rc;
        rc = fs_mkdirat(creator->process, HERE, "d/e", 0700);
        require(!rc || rc == -EEXIST || rc == -ENOENT);
        rc = fs_renameat(creator->process, HERE, "d", HERE, "g");
        require(!rc || rc == -ENOENT || rc == -ENOTEMPTY);
        rc = fs_renameat(creator->process, HERE, "g", HERE, "d");
        require(!rc || rc == -ENOENT || rc == -ENOTEMPTY);
    }
}

/* As many files were created as were removed, for there was only one at a time. */
static void one_of_many_creates(void)
{
    struct creator creators[PROCESSES] = {0};
    int created = 0, removed = 0;
    require(!fs_mkdirat(p[0], HERE, "d", 0700));
    for (int i = 0; i < PROCESSES; i++) {
        creators[i].process = p[i];
        creators[i].thread = thread_start(create_and_remove, &creators[i]);
    }
    for (int i = 0; i < PROCESSES; i++) {
        thread_join(creators[i].thread);
        created += creators[i].created;
        removed += creators[i].removed;
    }
    require(created == removed && created);
}

struct walker {
    struct fs_process *process;
    uint64_t state;
    struct thread *thread;
};

static void walk_at_random(void *arg)
{
    struct walker *walker = arg;
    for (int i = 0; i < 150; i++) {
        struct step step = step_random(&walker->state);
        int64_t result = subject_step(walker->process, &step).result;
        require(result != -EUCLEAN && result != -EIO && result != -ENOSPC);
    }
}

/* e2fsck judges what is left. */
static void whatever_all_do_at_once_leaves_a_good_volume(void)
{
    struct walker walkers[PROCESSES];
    for (int i = 0; i < PROCESSES; i++) {
        walkers[i] = (struct walker){.process = p[i], .state = scenario_seed * PROCESSES + i};
        walkers[i].thread = thread_start(walk_at_random, &walkers[i]);
    }
    for (int i = 0; i < PROCESSES; i++)
        thread_join(walkers[i].thread);
}

int main(void)
{
    static const struct scenario scenarios[] = {
        SCENARIO(appends_stay_whole),
        SCENARIO(writes_by_one_description_follow_each_other),
        SCENARIO(one_of_many_creates),
        SCENARIO(whatever_all_do_at_once_leaves_a_good_volume),
    };
    return scenarios_run(scenarios, ARRAY_SIZE(scenarios), 20);
}
