/*
 * What was done becomes lasting. Invariant: one thread at a time commits; whoever asked before it
 * began is served by it (sync_done says up to which question).
 */
#include "journal.h"
#include "redo.h"
#include "volume.h"
#include <ringside-rt/probe.h>

/* Everything between two operations; the barrier falls before the journal is written. */
static int write_everything(struct ext *fs, bool durable)
{
    int rc = 0;
    uint32_t content = fs->cache.list[EXT_CONTENT].count; /* before others have to wait */
    for (uint32_t done = 0; !rc && done < content; done += EXT_IO_MAX)
        rc = ext_write_some(fs, EXT_CONTENT, EXT_IO_MAX);
    fs->barrier = true;
    while (fs->open_handles)
        ext_wait(&fs->begun);
    uint64_t epoch = ++fs->epoch;
    if (!rc)
        rc = ext_write_all(fs, EXT_CONTENT);
    int log = rc ? 0 : ext_journal_close_running(fs);
    if (log < 0)
        rc = log;
    if (!rc && !fs->journal)
        rc = ext_write_all(fs, EXT_METADATA);
    fs->barrier = false;
    ext_wake(&fs->begun);
    if (log > 0)
        rc = ext_journal_commit(fs);
    if (!rc && durable)
        rc = ext_flush(fs);
    if (!rc && (durable || fs->journal))
        fs->durable_epoch = epoch;
    return rc;
}

/* The same for as long as the device has power. The barrier falls before it is written. */
static int write_redo(struct ext *fs)
{
    fs->barrier = true;
    while (fs->open_handles)
        ext_wait(&fs->begun);
    fs->epoch++;
    int rc = ext_write_all(fs, EXT_CONTENT);
    if (!rc)
        rc = ext_redo_take(fs);
    fs->barrier = false;
    ext_wake(&fs->begun);
    return rc ? rc : ext_redo_write(fs);
}

static int write_as(struct ext *fs, enum ext_level level)
{
    int rc = level == EXT_REDO ? write_redo(fs) : -EAGAIN;
    return rc == -EAGAIN ? write_everything(fs, level == EXT_LASTING) : rc;
}

/* A commit is more than what is written for the next server: that frees nothing for use. */
static int commit(struct ext *fs, enum ext_level level)
{
    uint64_t asked = ++fs->sync_asked;
    int rc = 0;
    mutex_lock(&fs->committing);
    if (fs->broken) {
        rc = fs->broken;
    } else if (fs->sync_done[level] < asked) {
        uint64_t served = fs->sync_asked;
        PROBE(file_commit, thread_current(), level == EXT_LASTING);
        rc = write_as(fs, level);
        for (unsigned below = 0; !rc && below <= level; below++)
            fs->sync_done[below] = served;
    } else {
        PROBE(file_join, thread_current(), level == EXT_LASTING);
    }
    mutex_unlock(&fs->committing);
    return rc;
}

int ext_commit(struct ext *fs, enum ext_sync how)
{
    return commit(fs, how == EXT_DURABLE ? EXT_LASTING : EXT_COMMIT);
}

int ext_sync(struct ext *fs, enum ext_sync how)
{
    if (ext_nested(fs))
        return -EDEADLK;
    if (fs->read_only)
        return 0;
    fs->eager |= how == EXT_WRITTEN && !fs->redo;
    int rc = how == EXT_DURABLE ? ext_times_store(fs) : 0;
    if (!rc && how == EXT_WRITTEN && fs->redo)
        return commit(fs, EXT_REDO);
    return rc ? rc : ext_commit(fs, how);
}

int ext_fsync(struct ext_inode *inode, bool attributes)
{
    struct ext *fs = inode->fs;
    if (ext_nested(fs))
        return -EDEADLK;
    if (fs->read_only)
        return 0;
    if (attributes || inode->epoch >= fs->durable_epoch || fs->cache.list[EXT_CONTENT].count)
        return ext_sync(fs, EXT_DURABLE);
    return ext_flush(fs);
}

void ext_write_back(struct ext *fs)
{
    if (fs->read_only || ext_nested(fs))
        return;
    if (!ext_times_store(fs) && !ext_commit(fs, EXT_WRITTEN))
        ext_journal_write_back(fs);
}
