/*
 * Where cases run on a volume: in a directory of their own, which is emptied afterwards by the same
 * calls.
 */
#include "volume_world.h"
#include "../process.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PROCESSES 4

static struct fs *fs;
static struct fs_process *processes[PROCESSES], *root;
static unsigned current;

static void must(int64_t rc, const char *what)
{
    if (rc >= 0)
        return;
    fprintf(stderr, "%s: %lld\n", what, (long long)rc);
    exit(2);
}

static bool switch_to(unsigned number)
{
    static const struct fs_credentials superuser;
    current = number % PROCESSES;
    if (!processes[current]) {
        processes[current] = fs_process(fs, current, &superuser);
        must(processes[current] ? 0 : -ENOMEM, "a process");
        must(fs_chdir(processes[current], "/case"), "chdir");
    }
    return true;
}

static void begin(void)
{
    must(fs_mkdirat(root, FS_AT_FDCWD, "/case", 0755), "mkdir");
    switch_to(1);
}

static void become(const struct fs_credentials *credentials)
{
    processes[current]->credentials = *credentials;
}

static bool read_only(void)
{
    fs->read_only = true;
    return true;
}

static struct fs_process *process(void)
{
    return processes[current];
}

/* The first name in the directory that is not a dot; false: none. */
static bool first_name(int directory, char *name)
{
    char buffer[1024];
    bool found = false;
    must(fs_lseek(root, directory, 0, FS_SEEK_SET), "lseek");
    int64_t got = fs_getdents(root, directory, buffer, sizeof(buffer));
    must(got, "getdents");
    for (int64_t at = 0; at < got && !found;) {
        struct fs_dirent *entry = (struct fs_dirent *)(buffer + at);
        found = strcmp(entry->name, ".") && strcmp(entry->name, "..");
        if (found)
            strcpy(name, entry->name);
        at += entry->length;
    }
    return found;
}

static void empty(int directory)
{
    char name[EXT_NAME_MAX + 1];
    while (first_name(directory, name)) {
        int rc = fs_unlinkat(root, directory, name, 0);
        if (rc != -EISDIR) {
            must(rc, "unlink");
            continue;
        }
        int below = fs_openat(root, directory, name, FS_O_DIRECTORY, 0);
        must(below, "open");
        empty(below);
        fs_close(root, below);
        must(fs_unlinkat(root, directory, name, FS_AT_REMOVEDIR), "rmdir");
    }
}

static void end(void)
{
    fs->read_only = false;
    for (unsigned i = 0; i < PROCESSES; i++) {
        if (processes[i])
            fs_process_end(processes[i]);
        processes[i] = NULL;
    }
    int directory = fs_openat(root, FS_AT_FDCWD, "/case", FS_O_DIRECTORY, 0);
    must(directory, "open");
    empty(directory);
    fs_close(root, directory);
    must(fs_unlinkat(root, FS_AT_FDCWD, "/case", FS_AT_REMOVEDIR), "rmdir");
}

const struct case_world *volume_world_open(struct ext *volume)
{
    static const struct case_world world = {begin, end, become, switch_to, read_only, process};
    static const struct fs_credentials superuser;
    fs = fs_attach(volume);
    must(fs ? 0 : -ENOMEM, "attach");
    root = fs_process(fs, 99, &superuser);
    must(root ? 0 : -ENOMEM, "a process");
    return &world;
}

void volume_world_close(void)
{
    fs_process_end(root);
    fs_detach(fs);
}
