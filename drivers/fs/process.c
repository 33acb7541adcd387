/*
 * Processes: a caller's descriptors, credentials, umask and working directory, from the first call
 * to the last.
 */
#include "lock.h"
#include <ringside-rt/memory.h>
#include <ringside-rt/print.h>

struct fs_process *fs_process(struct fs *fs, uint32_t id, const struct fs_credentials *credentials)
{
    if (credentials->groups > FS_GROUPS_MAX)
        return NULL;
    struct fs_process *process = kmalloc(sizeof(*process));
    if (!process)
        return NULL;
    process->fs = fs;
    process->id = id;
    process->credentials = *credentials;
    process->umask = 022;
    process->directory = ext_hold(fs->root);
    fs->processes++;
    return process;
}

void fs_process_interrupt(struct fs_process *process)
{
    process->ending = true;
    fs_lock_interrupt(process);
}

void fs_process_end(struct fs_process *process)
{
    fs_process_interrupt(process);
    while (process->lock_calls)
        semaphore_down(&process->left);
    fs_descriptors_end(process);
    panic_unless(!process->locks);
    ext_put(process->directory);
    process->fs->processes--;
    kfree(process);
}

uint32_t fs_umask(struct fs_process *process, uint32_t mask)
{
    uint32_t before = process->umask;
    process->umask = mask & 0777;
    return before;
}
