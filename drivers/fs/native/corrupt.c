/*
 * Volumes with wrong bits, and requests as a file system server gets them, by several threads at
 * once: each ends with a result or an errno; nothing crashes, hangs, or keeps memory.
 *
 *   fs-corrupt [VOLUMES [SEED]]   so many of each kind, seeds from there on
 */
#include "../../ext/native/shim.h"
#include "../../fileserver/dispatch.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BYTES (3u << 20)
#define AREA 65536u
#define THREADS 3
#define REQUESTS 70
#define HERE FS_AT_FDCWD

static const char *const kinds[] = {"-t ext3 -b 1024 -J size=1", "-t ext2 -b 1024",
                                    "-t ext2 -b 4096"};
static const char *const paths[] = {
    "/", "a", "a/b", "a/b/c", "a/b/c/deep", "large", "holes", "link", "link/b", "long-link", "many",
    "many/name-7", "many/name-111", "many/name-new", "hard", "a/hard", "a/b/../../many/name-3",
    "gone", "new", "a/new", "with-attributes", "pipe", "circle/x", "../..", "many/self",
    "many/self/self/name-3", "a/b/c/up", "a/b/c/up/b", "a/b/c/up/b/c/up/new", "a/root", "a/root/a",
};
static const char *const names[] = {"user.x", "user.long", "trusted.y", "user.new", "x"};

static char image[] = "/tmp/fs-corrupt-XXXXXX", whole[BYTES];
static uint64_t mounted, refused, answers, unclean;

/* What the guests' runtime has under this name (print.h, which does not go with stdio.h). */
void panic(const char *format, ...) PRINTF_LIKE(1, 2);

void panic(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    abort();
}

static void must(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "fs-corrupt: %s\n", what);
    abort();
}

/* ---- what is there before it is damaged */

static void put(struct fs_process *p, const char *path, int64_t offset, size_t length)
{
    static char content[100000];
    int fd = fs_openat(p, HERE, path, FS_O_CREAT | FS_O_RDWR, 0644);
    must(fd >= 0 && fs_pwrite(p, fd, content, length, offset) == (int64_t)length, path);
    must(!fs_close(p, fd), path);
}

static void fill(struct fs_process *p)
{
    char text[300];
    memset(text, 'l', sizeof(text));
    memcpy(text, "/a/b/", 5);
    text[200] = 0;
    must(!fs_mkdirat(p, HERE, "a", 0755) && !fs_mkdirat(p, HERE, "a/b", 0777) &&
             !fs_mkdirat(p, HERE, "a/b/c", 0755) && !fs_mkdirat(p, HERE, "a/b/c/deep", 0755) &&
             !fs_mkdirat(p, HERE, "many", 0777),
         "directories");
    put(p, "large", 0, 100000);
    put(p, "large", 350000, 5000);
    put(p, "holes", 70000000, 10);
    put(p, "hard", 0, 10);
    must(!fs_linkat(p, HERE, "hard", HERE, "a/hard", 0) && !fs_symlinkat(p, "a", HERE, "link") &&
             !fs_symlinkat(p, text, HERE, "long-link") &&
             !fs_symlinkat(p, "circle", HERE, "circle") &&
             !fs_mknodat(p, HERE, "pipe", FS_S_IFIFO | 0600, 0),
         "links");
    for (int i = 0; i < 120; i++) {
        sprintf(text, "many/name-%d", i);
        put(p, text, 0, i % 50 ? 0 : 3000);
    }
    put(p, "with-attributes", 0, 1);
    must(!fs_setxattr(p, "with-attributes", "user.x", text, 20, 0, true) &&
             !fs_setxattr(p, "with-attributes", "user.long", text, 300, 0, true) &&
             !fs_setxattr(p, "many", "trusted.y", text, 30, 0, true),
         "attributes");
}

static void prepare(void *arg)
{
    static const struct fs_credentials superuser;
    struct native_disk *disk = arg;
    const struct ext_options options = {.cache_bytes = 1 << 20};
    struct ext *volume;
    must(!ext_mount(&disk->blk, &options, &volume), "it cannot be mounted");
    struct fs *fs = fs_attach(volume);
    struct fs_process *p = fs_process(fs, 1, &superuser);
    fill(p);
    fs_process_end(p);
    fs_detach(fs);
    must(!ext_unmount(volume), "it cannot be unmounted");
}

/* Directories that are in themselves, which no bit would bring about easily. */
static void make_circles(struct native_disk *disk)
{
    static const char *const links[] = {"/many /many/self", "/a /a/b/c/up", "/ /a/root"};
    char command[300];
    must(native_disk_save(disk, image), "no image");
    for (unsigned i = 0; i < ARRAY_SIZE(links); i++) {
        snprintf(command, sizeof(command),
                 "PATH=$PATH:/sbin:/usr/sbin debugfs -w -R 'link %s' %s >>%s.log 2>&1", links[i],
                 image, image);
        must(!system(command), "debugfs failed");
    }
    must(native_disk_load(disk, image), "no image");
}

/* The device as it is in the midst of it: something to replay, and a file without a name. */
static void begin(void *arg)
{
    static const struct fs_credentials superuser;
    struct native_disk *disk = arg;
    const struct ext_options options = {.cache_bytes = 1 << 20};
    struct ext *volume;
    must(!ext_mount(&disk->blk, &options, &volume), "it cannot be mounted");
    struct fs *fs = fs_attach(volume);
    struct fs_process *p = fs_process(fs, 1, &superuser);
    put(p, "gone", 0, 40000);
    int gone = fs_openat(p, HERE, "gone", FS_O_RDWR, 0);
    must(gone >= 0 && !fs_unlinkat(p, HERE, "gone", 0) && !ext_sync(volume, EXT_DURABLE), "gone");
    memcpy(whole, disk->bytes, BYTES);
    fs_process_end(p);
    fs_detach(fs);
    must(!ext_unmount(volume), "it cannot be unmounted");
}

/* ---- requests */

struct user {
    struct ext *volume;
    struct fs_process *process;
    struct thread *thread;
    uint8_t *area;
    uint64_t state;
};

static uint64_t below(struct user *user, uint64_t limit)
{
    return native_random(&user->state, limit);
}

static uint64_t text(struct user *user, uint64_t at, const char *of)
{
    strcpy((char *)user->area + at, of);
    return at;
}

static bool waits(const struct ivmc_file_request *request)
{
    return (request->op == IVMC_FILE_FLOCK && !(request->arg & FS_LOCK_NB)) ||
           (request->op == IVMC_FILE_FCNTL_LOCK && request->arg == FS_F_SETLKW);
}

static struct ivmc_file_request any(struct user *user)
{
    static const uint32_t flags[] = {0, FS_O_RDWR, FS_O_RDWR | FS_O_CREAT, FS_O_RDWR | FS_O_TRUNC,
                                     FS_O_DIRECTORY, FS_O_WRONLY | FS_O_APPEND};
    const char *path = paths[below(user, ARRAY_SIZE(paths))];
    const char *other = paths[below(user, ARRAY_SIZE(paths))];
    struct ivmc_file_request request = {
        .op = (uint16_t)(below(user, 2) ? below(user, 40) : IVMC_OP_READS | below(user, 14)),
        .fd = below(user, 2) ? HERE : (int)below(user, 4),
        .fd2 = HERE,
        .offset = below(user, 2) ? below(user, 400000) : below(user, 80000000),
        .data = text(user, 0, path),
        .length = (uint32_t)below(user, 30000),
        .length2 = 512,
        .mode = (uint32_t)below(user, 01000),
        .arg = below(user, 2) ? flags[below(user, ARRAY_SIZE(flags))] : (uint32_t)below(user, 8),
    };
    bool attribute = (request.op >= IVMC_FILE_SETXATTR && request.op <= IVMC_FILE_FREMOVEXATTR) ||
                     request.op == IVMC_FILE_GETXATTR || request.op == IVMC_FILE_FGETXATTR;
    request.data2 = text(user, 32768, attribute ? names[below(user, ARRAY_SIZE(names))] : other);
    if (request.op == IVMC_FILE_UTIMENSAT || request.op == IVMC_FILE_FUTIMENS)
        request.length2 = 2 * sizeof(struct ivmc_file_time);
    if (!below(user, 4) || request.op == IVMC_FILE_OPENAT)
        request.length = (uint32_t)strlen(path) + 1;
    if (request.op == IVMC_FILE_REOPEN) {
        request.length = (uint32_t)below(user, 200);
        request.length2 = 0;
    }
    return request;
}

static void note_nothing(const struct ext_note *note, uint64_t done, uint64_t offset)
{
    (void)note;
    (void)done;
    (void)offset;
}

/* As domains/fs-server carries requests out. */
static int64_t carry_out(struct user *user, const struct ivmc_file_request *request)
{
    static const struct ext_note note = {note_nothing};
    const struct files_area area = {user->area, AREA};
    struct files_scratch *scratch = malloc(sizeof(*scratch));
    bool once = files_once(request);
    uint64_t extra;
    if (once)
        ext_begin(user->volume);
    int64_t result =
        files_dispatch(user->process, request, &area, scratch, once ? NULL : &note, &extra);
    if (once)
        ext_end(user->volume);
    if (result >= 0 && files_changes(request))
        ext_sync(user->volume, EXT_WRITTEN);
    free(scratch);
    return result;
}

static void ask(void *arg)
{
    struct user *user = arg;
    for (int i = 0; i < REQUESTS; i++) {
        struct ivmc_file_request request = any(user);
        if (waits(&request))
            continue;
        int64_t result = carry_out(user, &request);
        must(result > -4096, "a result that is no errno");
        answers++;
        unclean += result == -EUCLEAN;
    }
}

static void use(struct ext *volume, struct fs *fs, uint64_t seed)
{
    struct user users[THREADS];
    for (unsigned i = 0; i < THREADS; i++) {
        const struct fs_credentials credentials = {.uid = i ? 0 : 1000, .gid = 100};
        users[i] = (struct user){.volume = volume,
                                 .process = fs_process(fs, i, &credentials),
                                 .area = malloc(AREA),
                                 .state = seed * THREADS + i + 1};
        memset(users[i].area, 'x', AREA);
    }
    for (unsigned i = 0; i < THREADS; i++)
        users[i].thread = thread_start(ask, &users[i]);
    for (unsigned i = 0; i < THREADS; i++)
        thread_join(users[i].thread);
    for (unsigned i = 0; i < THREADS; i++) {
        fs_process_end(users[i].process);
        free(users[i].area);
    }
}

struct damaged {
    struct native_disk *disk;
    uint64_t seed;
};

static void serve(void *arg)
{
    const struct damaged *damaged = arg;
    const struct ext_options options = {.cache_bytes = 1 << 20};
    struct ext *volume;
    struct fs *fs = NULL;
    if (!ext_mount(&damaged->disk->blk, &options, &volume)) {
        fs = fs_attach(volume);
        if (fs) {
            use(volume, fs, damaged->seed);
            fs_detach(fs);
        }
        ext_unmount(volume);
    }
    mounted += fs != NULL;
    refused += fs == NULL;
    must(!native_memory_used(), "memory is not given back");
}

/*
 * Some bits, in places that are not zero more often than not; and words that are the number of
 * another inode or block.
 */
static void corrupt(char *bytes, uint64_t seed)
{
    uint64_t state = seed;
    for (uint64_t n = 1 + native_random(&state, 60); n; n--) {
        uint64_t at = 1024 + native_random(&state, BYTES - 1024);
        for (unsigned tries = 0; !bytes[at] && tries < 50; tries++)
            at = 1024 + native_random(&state, native_random(&state, 2) ? BYTES - 1024 : 96 << 10);
        uint32_t number = (uint32_t)native_random(&state, native_random(&state, 2) ? 40 : 3000);
        if (native_random(&state, 2))
            memcpy(bytes + ALIGN_DOWN(at, 4ul), &number, sizeof(number));
        else if (native_random(&state, 2))
            bytes[at] ^= 1 << native_random(&state, 8);
        else
            bytes[at] = (char)native_random(&state, 256);
    }
}

static void run_kind(const char *options, uint64_t first, uint64_t volumes)
{
    char command[200];
    struct native_disk *disk = native_disk_new(BYTES);
    snprintf(command, sizeof(command),
             "rm -f %s; PATH=$PATH:/sbin:/usr/sbin mke2fs -q -F %s %s 3M >%s.log 2>&1", image,
             options, image, image);
    must(!system(command) && native_disk_load(disk, image), "no volume");
    native_run(1, prepare, disk);
    make_circles(disk);
    native_run(1, begin, disk);
    for (uint64_t seed = first; seed < first + volumes; seed++) {
        memcpy(disk->bytes, whole, BYTES);
        corrupt(disk->bytes, seed);
        disk->reaches_all = seed & 1;
        if (getenv("CORRUPT_SHOW"))
            fprintf(stderr, "%s, seed %llu\n", options, (unsigned long long)seed);
        alarm(60); /* for what hangs */
        native_run(seed, serve, &(struct damaged){disk, seed});
    }
    native_disk_free(disk);
}

int main(int argc, char **argv)
{
    char command[200];
    uint64_t volumes = argc > 1 ? strtoull(argv[1], NULL, 10) : 700;
    uint64_t first = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    must(close(mkstemp(image)) == 0, "no image");
    for (unsigned k = 0; k < ARRAY_SIZE(kinds); k++)
        run_kind(kinds[k], first, volumes);
    printf("%llu volumes were served, %llu refused; of %llu answers %llu were EUCLEAN\n",
           (unsigned long long)mounted, (unsigned long long)refused, (unsigned long long)answers,
           (unsigned long long)unclean);
    snprintf(command, sizeof(command), "rm -f %s %s.log", image, image);
    return system(command) || !mounted || !unclean;
}
