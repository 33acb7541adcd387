/*
 * A device that fails once, at any request: calls return errors, everything can be closed and
 * unmounted, and all memory comes back.
 */
#include "../../ext/native/shim.h"
#include "step.h"
#include "volume.h"
#include <ringside-rt/fs.h>
#include <stdio.h>
#include <stdlib.h>

#define SEQUENCES 300
#define STEPS 120

static unsigned failed_calls;

static void run(uint64_t seed)
{
    static const struct fs_credentials superuser;
    uint64_t state = seed;
    struct ext *volume = volume_mount(false);
    struct fs *fs = fs_attach(volume);
    struct fs_process *process = fs ? fs_process(fs, 1, &superuser) : NULL;
    if (!process)
        exit(2);
    volume_fail(1 + (unsigned)(seed * 7 % 211));
    for (int i = 0; i < STEPS; i++) {
        struct step step = step_random(&state);
        failed_calls += subject_step(process, &step).result == -EIO;
    }
    fs_process_end(process);
    fs_detach(fs);
    volume_abandon(volume);
}

static void all(void *arg)
{
    (void)arg;
    for (uint64_t seed = 1; seed <= SEQUENCES; seed++) {
        volume_make(seed <= SEQUENCES / 2 ? "-t ext2 -b 1024" : "-t ext3 -b 1024 -J size=1");
        run(seed);
    }
}

int main(void)
{
    native_run(1, all, NULL);
    printf("%d sequences with a failing device; %u calls told of it\n", SEQUENCES, failed_calls);
    return !failed_calls;
}
