/*
 * Directories of many names, indexed by each hash: all are found, none else; e2fsck judges.
 *   ext-large [NAMES]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <ringside-rt/ext.h>

#include "shim.h"

#define FILES 8u

static char image[] = "/tmp/ext-large-XXXXXX";
static unsigned names = 20000;

struct run {
    struct native_disk *disk;
    const char *options;
};

static void must(int rc, const char *what)
{
    if (rc) {
        fprintf(stderr, "%s: %d\n", what, rc);
        abort();
    }
}

static struct ext_name name_of(unsigned i, char *text)
{
    sprintf(text, i % 3 ? "%u" : "name-%u-\xe4\xf6 of some length", i * 7);
    return (struct ext_name){text, strlen(text)};
}

struct seen {
    unsigned count, left;
    uint64_t next;
};

static bool see(void *arg, const struct ext_entry *entry)
{
    struct seen *seen = arg;
    seen->count++;
    seen->next = entry->next;
    return --seen->left;
}

static unsigned list(struct ext_inode *dir)
{
    struct seen seen = {.left = 0};
    while (!seen.left) {
        seen.left = 50;
        must(ext_readdir(dir, seen.next, see, &seen), "readdir");
    }
    return seen.count;
}

struct once {
    unsigned char times[2000];
    unsigned left;
    uint64_t next;
};

static bool see_once(void *arg, const struct ext_entry *entry)
{
    struct once *once = arg;
    if (entry->name.text[0] == 's')
        once->times[strtoul(entry->name.text + 1, NULL, 10)]++;
    once->next = entry->next;
    return --once->left;
}

/* What is there all the time is listed once, whatever else comes and goes. */
static void list_while_it_grows(struct ext_inode *root, struct ext_inode *file)
{
    static struct once once;
    struct ext_new new = {.mode = 0755};
    struct ext_inode *dir;
    char text[80];
    once = (struct once){.left = 0};
    must(ext_mkdir(root, (struct ext_name){"grows", 5}, &new, &dir), "mkdir");
    unsigned there = 40, others = 0;
    for (unsigned i = 0; i < there; i++) {
        snprintf(text, sizeof(text), "s%u", i);
        must(ext_link(dir, (struct ext_name){text, strlen(text)}, file), "link");
    }
    while (!once.left) {
        once.left = others < 100 ? 1 : 20;
        must(ext_readdir(dir, once.next, see_once, &once), "readdir");
        for (unsigned i = 0; i < 50 && others < 4000; i++, others++) {
            snprintf(text, sizeof(text), "other-%u", others);
            must(ext_link(dir, (struct ext_name){text, strlen(text)}, file), "link");
        }
        for (unsigned i = others - 25; i < others && others < 4000; i++) {
            snprintf(text, sizeof(text), "other-%u", i);
            must(ext_unlink(dir, (struct ext_name){text, strlen(text)}), "unlink");
        }
    }
    for (unsigned i = 0; i < there; i++)
        must(once.times[i] != 1, "times that a name was listed");
    ext_put(dir);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}

static void look_for(struct ext_inode *dir, unsigned first, unsigned step, int wanted)
{
    char text[80];
    struct ext_inode *inode;
    for (unsigned i = first; i < names; i += step) {
        int rc = ext_lookup(dir, name_of(i, text), &inode);
        must(rc != wanted, text);
        if (!rc)
            ext_put(inode);
    }
}

static void work(void *arg)
{
    struct run *run = arg;
    struct ext_options options = {.cache_bytes = 4 << 20};
    struct ext_new new = {.mode = 0100644};
    struct ext_inode *root, *dir, *file[FILES];
    struct ext *fs;
    char text[80];
    must(ext_mount(&run->disk->blk, &options, &fs), "mount");
    must(ext_open(fs, EXT_ROOT_INO, 0, &root), "open");
    must(ext_mkdir(root, (struct ext_name){"d", 1}, &new, &dir), "mkdir");
    for (unsigned i = 0; i < FILES; i++)
        must(ext_create(root, name_of(i, text), &new, &file[i]), "create");
    for (unsigned i = 0; i < names; i++)
        must(ext_link(dir, name_of(i, text), file[i % FILES]), "link");
    double begin = now();
    look_for(dir, 0, 1, 0);
    printf("%-40s %u names, %.1f us of CPU per lookup\n", run->options, names,
           (now() - begin) / names * 1e6);
    must(list(dir) != names + 2, "list");
    for (unsigned i = 0; i < names; i += 2)
        must(ext_unlink(dir, name_of(i, text)), "unlink");
    look_for(dir, 0, 2, -ENOENT);
    look_for(dir, 1, 2, 0);
    for (unsigned i = 0; i < names; i += 4)
        must(ext_link(dir, name_of(i, text), file[0]), "link again");
    look_for(dir, 0, 4, 0);
    look_for(dir, 2, 4, -ENOENT);
    list_while_it_grows(root, file[0]);
    for (unsigned i = 0; i < FILES; i++)
        ext_put(file[i]);
    ext_put(dir);
    ext_put(root);
    must(ext_unmount(fs), "unmount");
}

static void judge(const char *options, const char *hash)
{
    char command[400];
    struct run run = {native_disk_new(48u << 20), options};
    snprintf(command, sizeof(command),
             "rm -f %s; mke2fs -q -F %s %s 48M && tune2fs -E hash_alg=%s %s >%s.log", image,
             options, image, hash, image, image);
    must(system(command) || !native_disk_load(run.disk, image), command);
    run.disk->reaches_all = true;
    native_run(1, work, &run);
    snprintf(command, sizeof(command), "e2fsck -fn %s >%s.log 2>&1 || { cat %s.log; false; }",
             image, image, image);
    must(!native_disk_save(run.disk, image) || system(command), command);
    snprintf(command, sizeof(command), "debugfs -R 'stat /d' %s 2>&1 | grep -q 'Flags: 0x1000'",
             image);
    must(system(command), "the directory has an index");
    native_disk_free(run.disk);
    snprintf(command, sizeof(command), "rm -f %s %s.log", image, image);
    must(system(command), command);
}

int main(int argc, char **argv)
{
    names = argc > 1 ? strtoul(argv[1], NULL, 10) : names;
    must(mkstemp(image) < 0, image);
    judge("-t ext2 -b 1024", "half_md4");
    judge("-t ext3 -b 4096 -J size=4", "half_md4");
    judge("-t ext3 -b 1024 -J size=1", "tea");
    judge("-t ext2 -b 2048", "legacy");
    return 0;
}
