/*
 * Invariant: a thread's fd is -1 or open on the entry noted with it. What filebench waits for or
 * leaves out when there is no file to choose is left out here.
 */
#include "flowop.h"

#include <ringside-rt/posix.h>

/* ---- operations on what is open */

static int64_t write_bytes(const struct worker *worker, int fd, uint32_t bytes)
{
    uint32_t most = worker->options->io_bytes;
    for (uint32_t done = 0, piece; done < bytes; done += piece) {
        piece = bytes - done < most ? bytes - done : most;
        if (write(fd, worker->buffer, piece) != (ssize_t)piece)
            return -1;
    }
    return bytes;
}

static int64_t read_whole(const struct worker *worker, int fd)
{
    uint32_t most = worker->options->io_bytes;
    int64_t all = 0;
    if (lseek(fd, 0, FS_SEEK_SET))
        return -1;
    for (;;) {
        ssize_t n = read(fd, worker->buffer, most);
        if (n <= 0)
            return n ? -1 : all;
        all += n;
    }
}

static int64_t append_random(struct worker *worker, int fd)
{
    uint32_t most = worker->options->append_bytes;
    uint32_t bytes = (uint32_t)random_below(&worker->random, (uint64_t)most + 1);
    if (!bytes)
        return 0;
    return lseek(fd, 0, FS_SEEK_END) < 0 ? -1 : write_bytes(worker, fd, bytes);
}

int64_t flowop_on_open(struct worker *worker, const struct flowop *op)
{
    int fd = worker->open[op->fd].fd;
    if (fd < 0)
        return FLOWOP_SKIPPED;
    switch (op->kind) {
    case FLOWOP_writewholefile: {
        const struct fileset *set = worker->open[op->fd].set;
        return write_bytes(worker, fd, set->entries[worker->open[op->fd].entry].bytes);
    }
    case FLOWOP_readwholefile:
        return read_whole(worker, fd);
    case FLOWOP_appendfilerand:
        return append_random(worker, fd);
    case FLOWOP_fsync:
        return fsync(fd);
    default: /* closefile */
        worker->open[op->fd].fd = -1;
        worker->open[op->fd].set->entries[worker->open[op->fd].entry].open--;
        return close(fd);
    }
}

/* ---- operations on a file of a set */

int64_t flowop_open_entry(struct worker *worker, const struct flowop *op, struct fileset *set,
                          unsigned at)
{
    char path[FILESET_PATH];
    struct fileset_entry *entry = &set->entries[at];
    bool create = op->kind == FLOWOP_createfile;
    entry->busy = create;
    entry->open++;
    fileset_path(set, at, path);
    int fd = open(path, FS_O_RDWR | (create ? FS_O_CREAT : 0), 0666);
    entry->busy = false;
    entry->exists |= fd >= 0;
    if (fd < 0)
        entry->open--;
    worker->open[op->fd].fd = fd;
    worker->open[op->fd].set = set;
    worker->open[op->fd].entry = at;
    return fd < 0 ? -1 : 0;
}

static int64_t delete_entry(struct fileset *set, unsigned at)
{
    char path[FILESET_PATH];
    fileset_path(set, at, path);
    set->entries[at].busy = true;
    int rc = unlink(path);
    set->entries[at].busy = false;
    set->entries[at].exists = rc != 0;
    return rc;
}

static int64_t on_set(struct worker *worker, const struct flowop *op)
{
    struct fileset *set = &worker->sets[op->set];
    bool exists = op->kind != FLOWOP_createfile, deletes = op->kind == FLOWOP_deletefile;
    int at = fileset_pick(set, &worker->random, exists, deletes);
    if (at < 0)
        return FLOWOP_SKIPPED;
    if (deletes)
        return delete_entry(set, (unsigned)at);
    if (op->kind != FLOWOP_statfile)
        return flowop_open_entry(worker, op, set, (unsigned)at);
    char path[FILESET_PATH];
    struct stat about;
    fileset_path(set, (unsigned)at, path);
    set->entries[at].open++;
    int rc = stat(path, &about);
    set->entries[at].open--;
    return rc;
}

static bool chooses(const struct worker *worker, const struct flowop *op)
{
    return op->kind == FLOWOP_createfile || op->kind == FLOWOP_openfile ||
           op->kind == FLOWOP_deletefile || op->kind == FLOWOP_statfile ||
           (op->set && worker->open[op->fd].fd < 0);
}

/* An append to a set of its own opens its file by itself, once. */
int64_t flowop_do(struct worker *worker, const struct flowop *op)
{
    bool itself = op->kind == FLOWOP_appendfilerand && chooses(worker, op);
    if (!itself)
        return chooses(worker, op) ? on_set(worker, op) : flowop_on_open(worker, op);
    const struct flowop opening = {FLOWOP_openfile, op->set, op->fd};
    int64_t rc = on_set(worker, &opening);
    return rc ? rc : flowop_on_open(worker, op);
}
