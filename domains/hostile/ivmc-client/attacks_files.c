/* Attacks on a file system server: its requests, its descriptors, its patience. */
#include "attacks.h"
#include "files.h"

#include <ringside-rt/ivmc_registry.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/print.h>
#include <ringside-rt/smp.h>
#include <ringside-rt/string.h>
#include <ringside-rt/test.h>

/* So many long paths take longer than the server's own watchdog waits. */
#define WALKS 6

#define CONNECTS 4

static const char *const paths[] = {
    COMMON, COMMON "/a", COMMON "/b/c", COMMON "/../..//" COMMON "/b", "", "/", ".", "..",
    COMMON "/a/", "/honest", "/honest/0", COMMON "/link/link/link",
};

/* Late answers of the last channel can spoil one that has its memory. */
static void connect(struct raw *raw)
{
    bool connected = false;
    for (unsigned i = 0; i < CONNECTS && !connected; i++)
        connected = file_connect(raw);
    test_check(connected, "epoch %u: the server does not take a sound channel", raw->epoch);
}

static uint16_t any_op(struct random *random)
{
    uint16_t op = (uint16_t)random_below(random, IVMC_FILE_GETDENTS + 3);
    return random_below(random, 3) ? op : op | IVMC_OP_READS;
}

/* Everything in bounds and of a sensible kind, or nearly. */
static struct ivmc_file_request sensible(struct raw *raw, struct random *random)
{
    const char *path = paths[random_below(random, ARRAY_SIZE(paths))];
    struct ivmc_file_request request = file_request(any_op(random), path, raw);
    request.data2 = file_text(raw, PAGE_SIZE, paths[random_below(random, ARRAY_SIZE(paths))]);
    request.length2 = (uint32_t)random_below(random, PAGE_SIZE);
    if (random_below(random, 2))
        request.fd = (int)random_below(random, 4);
    request.offset = random_below(random, 100000);
    request.mode = (uint32_t)random_below(random, 01000);
    request.arg = (uint32_t)random_next(random) & (FS_O_CREAT | FS_O_RDWR | FS_O_TRUNC);
    return request;
}

static void spoil(struct ivmc_file_request *request, struct raw *raw, struct random *random)
{
    uint64_t wild = file_wild(random);
    switch (random_below(random, 12)) {
    case 0:
        request->op = (uint16_t)wild;
        break;
    case 1:
        request->flags = (uint16_t)wild;
        break;
    case 2:
        request->fd = (int32_t)wild;
        break;
    case 3:
        request->fd2 = (int32_t)wild;
        break;
    case 4:
        request->offset = wild;
        break;
    case 5:
        request->data = random_below(random, 2) ? wild : raw->data_bytes - (wild & 31);
        break;
    case 6:
        request->data2 = random_below(random, 2) ? wild : raw->data_bytes - (wild & 31);
        break;
    case 7:
        request->length = (uint32_t)wild;
        break;
    case 8:
        request->length2 = (uint32_t)wild;
        break;
    case 9:
        request->mode = (uint32_t)wild;
        break;
    case 10:
        request->arg = (uint32_t)wild;
        break;
    default:
        memset(raw->data, 'x', raw->data_bytes); /* no NUL anywhere */
    }
}

/* It does not wait: what waits for a lock keeps the next ones of this client waiting as well. */
static bool waits(const struct ivmc_file_request *request)
{
    return (request->op == IVMC_FILE_FLOCK && !(request->arg & FS_LOCK_NB)) ||
           (request->op == IVMC_FILE_FCNTL_LOCK && request->arg == FS_F_SETLKW);
}

void attack_file_requests(struct raw *raw, struct random *random)
{
    connect(raw);
    file_open(raw, COMMON "/a", FS_O_CREAT | FS_O_RDWR);
    for (unsigned i = 0; i < 400; i++) {
        struct ivmc_file_request request = sensible(raw, random);
        for (uint64_t n = random_below(random, 3); n; n--)
            spoil(&request, raw, random);
        if (!waits(&request))
            file_call(raw, &request);
    }
}

/* No number is a descriptor of ours before we opened it, whoever else has it open. */
void attack_file_descriptors(struct raw *raw, struct random *random)
{
    static const uint16_t ops[] = {
        IVMC_FILE_PREAD, IVMC_FILE_PWRITE, IVMC_FILE_FSTAT,     IVMC_FILE_CLOSE, IVMC_FILE_FSYNC,
        IVMC_FILE_DUP,   IVMC_FILE_FCHMOD, IVMC_FILE_FTRUNCATE, IVMC_FILE_LSEEK, IVMC_FILE_GETDENTS,
    };
    connect(raw);
    for (int fd = 0; fd < 40; fd++) {
        struct ivmc_file_request request = {
            .op = ops[random_below(random, ARRAY_SIZE(ops))],
            .fd = fd < 30 ? fd : (int)file_wild(random),
            .length = 64,
            .length2 = 512,
        };
        int64_t got = file_call(raw, &request);
        test_check(got == -EBADF, "op %u on descriptor %d: %ld", request.op, request.fd, got);
    }
    struct ivmc_file_request reopen = {.op = IVMC_FILE_REOPEN, .arg = FS_O_RDWR};
    for (reopen.length = 0; reopen.length < 20; reopen.length++) {
        reopen.fd = (int)reopen.length;
        int64_t got = file_call(raw, &reopen);
        test_check(got < 0, "inode %u is opened by its number", reopen.length);
    }
}

/* All slots wait for a lock of ours, and then some pieces of record locks. */
void attack_file_locks(struct raw *raw, struct random *random)
{
    connect(raw);
    int first = file_open(raw, COMMON "/locked", FS_O_CREAT | FS_O_RDWR);
    int second = file_open(raw, COMMON "/locked", FS_O_RDWR);
    struct ivmc_file_request lock = {.op = IVMC_FILE_FLOCK, .fd = first, .arg = FS_LOCK_EX};
    test_equal(file_call(raw, &lock), 0);
    lock.fd = second;
    for (unsigned slot = 0; slot < raw->entries; slot++)
        file_send(raw, slot, &lock);
    raw_pause(2000 + (unsigned)random_below(random, 2000));
}

/* As many descriptors as there are, all kept; the next channel begins with none. */
void attack_file_many(struct raw *raw, struct random *random)
{
    connect(raw);
    int fd = file_open(raw, COMMON "/many", FS_O_CREAT | FS_O_RDWR);
    test_equal(fd, 0);
    while (fd >= 0) {
        struct ivmc_file_request dup = {.op = IVMC_FILE_DUP};
        fd = random_below(random, 2) ? file_open(raw, COMMON "/many", FS_O_RDWR)
                                     : (int)file_call(raw, &dup);
    }
    test_equal(fd, -EMFILE);
}

static void await_restart(const struct raw *raw)
{
    struct ivmc_fetch server;
    test_returns(ivmc_fetch_server(raw->service, &server), 0);
    uint32_t before = server.generation;
    while (ivmc_fetch_server(raw->service, &server) || server.generation == before)
        raw_pause(500);
}

void attack_file_resume(struct raw *raw, struct random *random)
{
    (void)random;
    connect(raw);
    await_restart(raw);
    test_check(file_channel(raw), "the new server does not take a sound channel");
    struct ivmc_file_request resume = {.op = IVMC_FILE_RESUME, .arg = 1};
    test_equal(file_call(raw, &resume), 0);
    for (uint32_t ino = 0; ino < 60; ino++) {
        struct ivmc_file_request reopen = {
            .op = IVMC_FILE_REOPEN, .fd = -1, .length = ino, .arg = FS_O_RDWR};
        int64_t got = file_call(raw, &reopen);
        test_check(got < 0, "inode %u is opened by its number", ino);
    }
    raw_pause(2000 * 1000);
}

/* Deeper than a path can say: where we are has no name then. */
static void go_deep(struct raw *raw)
{
    static const char name[] = "deep-deep-deep-deep";
    int64_t got = 0;
    for (unsigned i = 0; i < FS_PATH_MAX / sizeof(name) + 10; i++) {
        struct ivmc_file_request mkdir = file_request(IVMC_FILE_MKDIRAT, name, raw);
        mkdir.mode = 0777;
        file_call(raw, &mkdir);
        struct ivmc_file_request chdir = file_request(IVMC_FILE_CHDIR, name, raw);
        test_equal(file_call(raw, &chdir), 0);
    }
    for (size_t length = 0; length <= raw->data_bytes; length += PAGE_SIZE) {
        struct ivmc_file_request getcwd = {.op = IVMC_FILE_GETCWD, .length = (uint32_t)length};
        got = file_call(raw, &getcwd);
    }
    test_check(got == -ERANGE, "a path of %ld bytes", got);
}

/* A directory of one block, full of short names; to find the last one takes longest. */
static void make_names(struct raw *raw)
{
    char name[8];
    for (unsigned i = 0; i < 250; i++) {
        snprintf(name, sizeof(name), "%u", i);
        struct ivmc_file_request mknod = file_request(IVMC_FILE_MKNODAT, name, raw);
        file_call(raw, &mknod);
    }
    struct ivmc_file_request mkdir = file_request(IVMC_FILE_MKDIRAT, "d", raw);
    mkdir.mode = 0777;
    file_call(raw, &mkdir);
}

void attack_file_deep(struct raw *raw, struct random *random)
{
    static char text[FS_PATH_MAX];
    connect(raw);
    struct ivmc_file_request chdir = file_request(IVMC_FILE_CHDIR, COMMON, raw);
    test_equal(file_call(raw, &chdir), 0);
    make_names(raw);
    for (unsigned i = 0; i + 5 < sizeof(text); i += 5)
        memcpy(text + i, "d/../", 6);
    struct ivmc_file_request symlink = file_request(IVMC_FILE_SYMLINKAT, text, raw);
    symlink.data2 = file_text(raw, sizeof(text), "link");
    symlink.length2 = 5;
    test_equal(file_call(raw, &symlink), 0);
    text[0] = 0;
    for (unsigned i = 0; i < FS_SYMLOOP_MAX; i++)
        strlcpy(text + 5 * i, "link/", sizeof(text));
    for (unsigned slot = 0; slot < WALKS; slot++) {
        struct ivmc_file_request walk = file_request(IVMC_FILE_FACCESSAT, text, raw);
        file_send(raw, slot, &walk);
    }
    raw_pause(2500 * 1000);
    connect(raw);
    chdir = file_request(IVMC_FILE_CHDIR, COMMON, raw);
    test_equal(file_call(raw, &chdir), 0);
    go_deep(raw);
    memset(text, '/', sizeof(text) - 1);
    file_open(raw, text, random_below(random, 2) ? FS_O_CREAT : FS_O_RDONLY);
}

/* All slots at once with whatever takes long, the answers not taken; then another channel. */
void attack_file_flood(struct raw *raw, struct random *random)
{
    static const uint16_t ops[] = {IVMC_FILE_PWRITE, IVMC_FILE_FSYNC, IVMC_FILE_APPEND,
                                   IVMC_FILE_PREAD, IVMC_FILE_SYNC, IVMC_FILE_FTRUNCATE};
    connect(raw);
    int fd = file_open(raw, COMMON "/flood", FS_O_CREAT | FS_O_RDWR);
    for (unsigned slot = 0; slot < raw->entries; slot++) {
        struct ivmc_file_request request = {
            .op = ops[random_below(random, ARRAY_SIZE(ops))],
            .fd = fd,
            .length = (uint32_t)raw->data_bytes,
            .offset = random_below(random, 1 << 20),
        };
        file_send(raw, slot, &request);
    }
    raw_pause((unsigned)random_below(random, 3000));
}

/* Dies in the midst of it. */
void attack_file_die(struct raw *raw, struct random *random)
{
    attack_file_flood(raw, random);
    printf("dying with requests under way\n");
    asm volatile("ud2");
}

static struct raw *raced;

/* Paths, structures and values change while the server looks at them. */
static void change_for_ever(void *random)
{
    for (;;) {
        uint64_t any = random_next(random);
        uint64_t *word = (uint64_t *)(raced->data + (any & 0x1ff8));
        WRITE_ONCE(*word, any >> 60 ? 0x2f2e61612f61612ful : any);
        WRITE_ONCE(raced->data[any >> 16 & 0x1fff], any >> 40 & 1 ? '/' : 0);
        struct ivmc_request *request = &raced->slots[any >> 32 & (raced->entries - 1)].request;
        if (any >> 56 == 0)
            WRITE_ONCE(request->data, any >> 8);
        if (any >> 56 == 1)
            WRITE_ONCE(request->length, (uint32_t)any >> 8);
    }
}

void attack_file_race(struct raw *raw, struct random *random)
{
    static struct random other;
    connect(raw);
    file_open(raw, COMMON "/raced", FS_O_CREAT | FS_O_RDWR);
    if (!raced) {
        raced = raw;
        other = *random;
        test_returns(smp_start(1, change_for_ever, &other), 0);
    }
    for (unsigned i = 0; i < 10; i++) {
        for (unsigned slot = 0; slot < raw->entries; slot++) {
            struct ivmc_file_request request = sensible(raw, random);
            request.length = 64;
            request.length2 = request.op == IVMC_FILE_FUTIMENS ? 32 : 512;
            if (!waits(&request))
                file_send(raw, slot, &request);
        }
        raw_pause(300);
        while (scq_dequeue(&raw->scq[IVMC_READ_RESPONSE]) >= 0)
            ;
        while (scq_dequeue(&raw->scq[IVMC_WRITE_RESPONSE]) >= 0)
            ;
    }
}
