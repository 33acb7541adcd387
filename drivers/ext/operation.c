/*
 * Operations. Invariant: a handle in use belongs to one thread; open_handles counts them. While
 * the barrier is up none begins, so that when there are none left, what is in memory is the state
 * between two operations.
 */
#include "journal.h"
#include "volume.h"

/* Blocks that an operation may change without looking at ext_is_full. */
#define RESERVED 48u

static struct ext_handle *handle_of(struct ext *fs, const struct thread *thread)
{
    for (unsigned i = 0; i < EXT_HANDLES; i++)
        if (fs->handles[i].thread == thread)
            return &fs->handles[i];
    return NULL;
}

bool ext_nested(struct ext *fs)
{
    return handle_of(fs, thread_current()) != NULL;
}

/*
 * A volume that is nearly full. An operation cannot wait for a commit once it has begun, so blocks
 * that wait for one are made usable before.
 */
static void make_usable(struct ext *fs)
{
    uint64_t waiting = ext_freed_waiting(fs);
    if (waiting && fs->free_blocks - waiting < RESERVED)
        ext_commit(fs, EXT_WRITTEN); /* if that fails, so will what is about to begin */
}

void ext_begin(struct ext *fs)
{
    struct ext_handle *handle = handle_of(fs, thread_current());
    if (handle) {
        handle->depth++;
        return;
    }
    make_usable(fs);
    for (;;) {
        handle = handle_of(fs, NULL);
        if (fs->barrier || !handle)
            ext_wait(&fs->begun);
        else if (ext_journal_has_room(fs, (fs->open_handles + 1) * RESERVED))
            break;
        else
            ext_journal_make_room(fs);
    }
    *handle = (struct ext_handle){.thread = thread_current(), .depth = 1};
    fs->open_handles++;
}

void ext_end(struct ext *fs)
{
    struct ext_handle *handle = handle_of(fs, thread_current());
    if (--handle->depth)
        return;
    handle->thread = NULL;
    fs->open_handles--;
    ext_wake(&fs->begun);
    ext_run_deferred(fs);
}

int ext_start(struct ext *fs)
{
    if (fs->read_only)
        return -EROFS;
    if (fs->broken)
        return fs->broken;
    ext_begin(fs);
    return 0;
}

bool ext_is_full(const struct ext *fs)
{
    return ext_journal_is_full(fs);
}

bool ext_make_room(struct ext *fs, uint64_t reusable)
{
    if (ext_nested(fs))
        return false;
    if (fs->reusable == reusable && ext_freed_waiting(fs))
        ext_commit(fs, EXT_WRITTEN);
    return fs->reusable != reusable; /* perhaps by another's commit, meanwhile */
}
