/*
 * New volumes, of all sizes and kinds: e2fsck finds nothing wrong with them when they are empty,
 * nor after they were used; the same options make the same volume.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <ringside-rt/ext.h>

#include "shim.h"

#define KIB(n) ((uint64_t)(n) << 10)
#define MIB(n) ((uint64_t)(n) << 20)

struct making {
    struct native_disk *disk;
    struct ext_format_options options;
    int rc;
};

static char image[] = "/tmp/ext-format-XXXXXX";

static struct ext_time now(void)
{
    return (struct ext_time){1700000000, 123456789};
}

static void fail(const struct making *m, const char *what, int rc)
{
    fprintf(stderr, "%llu bytes, blocks of %u%s: %s: %d\n", (unsigned long long)m->disk->blk.bytes,
            m->options.block_bytes, m->options.journal ? ", journal" : "", what, rc);
    exit(1);
}

static void make(void *arg)
{
    struct making *m = arg;
    int blank = ext_is_blank(&m->disk->blk);
    if (blank != (m->disk->blk.bytes < EXT_BLANK_BYTES ? -ENOSPC : 1))
        fail(m, "a new disk is blank", blank);
    m->rc = ext_format(&m->disk->blk, &m->options);
    blank = m->rc ? 0 : ext_is_blank(&m->disk->blk);
    if (blank)
        fail(m, "a volume is not blank", blank);
}

static void check(const struct making *m, const char *when)
{
    char command[300];
    snprintf(command, sizeof(command), "e2fsck -fn %s > %s.log 2>&1 || { cat %s.log; false; }",
             image, image, image);
    int rc = system(command);
    if (rc)
        fail(m, when, rc);
}

static struct ext_name named(const char *text)
{
    return (struct ext_name){text, strlen(text)};
}

/* Directories and files, so that several groups are in use. */
static void use(void *arg)
{
    struct making *m = arg;
    const struct ext_options options = {.now = now};
    const struct ext_new new = {.mode = 0100644};
    struct ext_inode *root, *dir, *file;
    struct ext *fs;
    char name[20];
    uint64_t offset;
    m->rc = ext_mount(&m->disk->blk, &options, &fs);
    m->rc = m->rc ? m->rc : ext_open(fs, EXT_ROOT_INO, 0, &root);
    if (m->rc)
        return;
    for (unsigned i = 0; !m->rc && i < 40; i++) {
        snprintf(name, sizeof(name), "%u", i);
        m->rc = i % 4 ? ext_create(root, named(name), &new, &file)
                      : ext_mkdir(root, named(name), &new, &dir);
        if (!m->rc && i % 4 && ext_append(file, name, sizeof(name), &offset, NULL) != sizeof(name))
            m->rc = -EIO;
        if (!m->rc)
            ext_put(i % 4 ? file : dir);
    }
    m->rc = m->rc ? m->rc : ext_lookup(root, named("lost+found"), &dir);
    if (m->rc)
        return;
    ext_put(dir);
    ext_put(root);
    m->rc = ext_unmount(fs);
}

static void works(uint64_t bytes, uint32_t block_bytes, bool journal)
{
    struct making m = {.options = {.block_bytes = block_bytes, .journal = journal,
                                   .now = now(), .random = {1, 2, 3, bytes}}};
    m.disk = native_disk_map(image, bytes);
    if (!m.disk)
        exit(1);
    native_run(1, make, &m);
    if (m.rc)
        fail(&m, "format", m.rc);
    check(&m, "e2fsck, empty");
    native_run(1, use, &m);
    if (m.rc)
        fail(&m, "use", m.rc);
    check(&m, "e2fsck, used");
    native_disk_free(m.disk);
}

static void refused(uint64_t bytes, uint32_t block_bytes, bool journal, int rc)
{
    struct making m = {.options = {.block_bytes = block_bytes, .journal = journal}};
    m.disk = native_disk_new(bytes);
    native_run(1, make, &m);
    if (m.rc != rc)
        fail(&m, "is to be refused", m.rc);
    for (uint64_t i = 0; i < bytes; i++)
        if (m.disk->bytes[i])
            fail(&m, "something was written", (int)i);
    native_disk_free(m.disk);
}

static void is_always_the_same(void)
{
    struct making m = {.options = {.journal = true, .random = {5, 6, 7, 8}}};
    struct native_disk *disks[2];
    for (unsigned i = 0; i < 2; i++) {
        m.disk = disks[i] = native_disk_new(MIB(16));
        native_run(i + 1, make, &m);
    }
    if (m.rc || memcmp(disks[0]->bytes, disks[1]->bytes, MIB(16)))
        fail(&m, "two volumes differ", m.rc);
    native_disk_free(disks[0]);
    native_disk_free(disks[1]);
}

/* Whoever is stopped before the last write leaves a blank device. */
static void stays_blank_until_the_end(void)
{
    struct making m = {.options = {.journal = true}};
    m.disk = native_disk_new(MIB(8));
    native_run(1, make, &m);
    uint64_t requests = m.disk->reads + m.disk->writes + m.disk->zeroes + m.disk->flushes;
    for (uint64_t i = 2; i < requests - 1; i++) { /* the first and the last look at it */
        memset(m.disk->bytes, 0, m.disk->blk.bytes);
        m.disk->fails_after = i;
        native_run(1, make, &m);
        if (m.rc != -EIO)
            fail(&m, "a device that fails", m.rc);
        for (uint64_t k = 0; k < EXT_BLANK_BYTES; k++)
            if (m.disk->bytes[k])
                fail(&m, "not blank after a failure of request", (int)i);
    }
    native_disk_free(m.disk);
}

int main(void)
{
    static const uint64_t sizes[] = {
        KIB(256), MIB(1), MIB(3), MIB(8),   MIB(8) + KIB(17), MIB(16), MIB(64),
        MIB(128), MIB(128) + KIB(100), MIB(129), MIB(1024), MIB(4096)};
    unsigned made = 0;
    char log[100];
    close(mkstemp(image));
    for (unsigned i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
        for (uint32_t block = 512; block <= 4096; block *= 2)
            for (unsigned journal = 0; journal < 2; journal++) {
                if (sizes[i] > MIB(100) && (block > 512 + 512 * (i % 2) || !journal))
                    continue; /* nothing new, and slow */
                uint32_t real = block > 512 ? block : sizes[i] < MIB(8) ? 1024 : 4096;
                if (journal && sizes[i] / real < 2048)
                    refused(sizes[i], block > 512 ? block : 0, true, -ENOSPC);
                else
                    works(sizes[i], block > 512 ? block : 0, journal);
                made++;
            }
    refused(KIB(100), 0, false, -ENOSPC);
    refused(MIB(16), 512, false, -EINVAL);
    refused(MIB(16), 8192, false, -EINVAL);
    is_always_the_same();
    stays_blank_until_the_end();
    printf("%u volumes\n", made);
    strcat(strcpy(log, image), ".log");
    unlink(log);
    unlink(image);
    return 0;
}
