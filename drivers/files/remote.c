/*
 * Files at a server: requests go through an IVMC channel, content and paths lie in its data area.
 */
#include "../ivmc/client.h"
#include "link.h"
#include <ringside-rt/hypercall.h>
#include <ringside-rt/print.h>
#include <ringside-rt/probe.h>
#include <ringside-rt/string.h>
#include <ringside-rt/thread_queue.h>

#define DEFAULT_REGION (4ul << 20)
#define DEFAULT_ORDER 7

/* A thread that waits for its answer. */
struct waiting {
    struct thread *thread;
    bool over;
    int status;
    int64_t result;
    uint64_t extra;
};

static struct ivmc_client client;

static int connected(struct ivmc_client *of, const struct ivmc_channel *page)
{
    (void)of;
    files_share_with(page->dma_domid);
    return 0;
}

static bool answered(struct ivmc_client *of, struct flight *flight,
                     const struct ivmc_response *response)
{
    struct waiting *waiting = flight->owner;
    struct ivmc_file_request request;
    (void)of;
    memcpy(&request, &flight->message, sizeof(request));
    waiting->result = response->result;
    waiting->extra = response->extra;
    return response->result >= 0 && (uint64_t)response->result <= files_result_max(&request);
}

static void over(struct ivmc_client *of, const struct flight *flight, int status)
{
    struct waiting *waiting = flight->owner;
    PROBE(file_return, of->name, flight->message.sequence, status ? status : waiting->result);
    waiting->status = status;
    waiting->over = true;
    thread_wake(waiting->thread);
}

static int64_t call(struct ivmc_file_request *request, uint64_t *extra)
{
    struct waiting waiting = {.thread = thread_current()};
    unsigned slot = ivmc_client_take(&client, IVMC_SMALL_FREE);
    if (slot == NO_SLOT)
        return -EIO;
    struct flight *flight = &client.flights[slot];
    _Static_assert(sizeof(flight->message) == sizeof(*request), "both are half a slot");
    flight->state = HELD;
    flight->owner = &waiting;
    memcpy(&flight->message, request, sizeof(*request));
    flight->large = NO_SLOT;
    PROBE(file_call, client.name, client.sequence + 1, request->op, request->fd, request->length,
          request->offset);
    ivmc_client_post(&client, slot);
    ivmc_client_notify(&client);
    bool irq = irq_save();
    while (!waiting.over)
        thread_block();
    irq_restore(irq);
    *extra = waiting.extra;
    return waiting.status ? waiting.status : waiting.result;
}

static void *alloc(size_t bytes)
{
    return ivmc_client_buffer(&client, bytes);
}

static void free(void *memory, size_t bytes)
{
    ivmc_client_buffer_free(&client, memory, bytes);
}

static bool reaches(const void *memory, size_t bytes)
{
    return ivmc_client_in_region(&client, memory, bytes);
}

static uint64_t offset(const void *memory)
{
    return (uint64_t)((const uint8_t *)memory - client.data);
}

static uint64_t copied(void)
{
    return client.statistics.server_copied;
}

static const struct files_link remote = {call, alloc, free, reaches, offset, copied};

/* By the manager, to a new server, before anything else; what it says goes to *result. */
static int call_first(struct ivmc_file_request request, int64_t *result)
{
    struct waiting waiting = {.thread = thread_current()};
    struct flight *flight = &client.flights[client.spare];
    flight->owner = &waiting;
    memcpy(&flight->message, &request, sizeof(request));
    int rc = ivmc_client_call(&client);
    *result = waiting.status ? waiting.status : waiting.result;
    return rc;
}

/*
 * What was open is open again under the numbers it had; what dup shared is shared. What the server
 * refuses is lost, but only that.
 */
static int reopen(int number, struct files_description *of, int shared_with)
{
    int64_t result;
    int rc = call_first((struct ivmc_file_request){
                            .op = shared_with < 0 ? IVMC_FILE_REOPEN : IVMC_FILE_DUP2,
                            .fd = shared_with < 0 ? number : shared_with,
                            .fd2 = number,
                            .offset = of->offset,
                            .length = of->ino,
                            .length2 = of->generation,
                            .arg = (uint32_t)of->flags,
                        },
                        &result);
    if (!rc && result < 0 && !of->lost && !of->closing)
        printf("files: inode %u is not open any more: %s\n", of->ino, strerror((int)-result));
    of->lost |= !rc && result < 0;
    if (!rc && of->flock && !of->lost && shared_with < 0)
        rc = call_first((struct ivmc_file_request){.op = IVMC_FILE_FLOCK,
                                                   .fd = number,
                                                   .arg = (uint32_t)of->flock | FS_LOCK_NB},
                        &result);
    return rc;
}

static int lock_again(void)
{
    int rc = 0;
    for (const struct files_lock *lock = files_locks; lock && !rc; lock = lock->next) {
        int64_t result;
        int not = lock->type == FS_F_WRLCK ? FS_O_RDONLY : FS_O_WRONLY;
        rc = call_first((struct ivmc_file_request){
                            .op = IVMC_FILE_FCNTL_LOCK,
                            .fd = files_remote_of(lock->ino, lock->generation, not),
                            .arg = FS_F_SETLK,
                            .mode = (uint16_t)lock->type,
                            .offset = lock->start,
                            .data = lock->end == UINT64_MAX ? 0 : lock->end - lock->start + 1,
                        },
                        &result);
        if (!rc && result < 0)
            printf("files: a lock on inode %u is lost: %s\n", lock->ino, strerror((int)-result));
    }
    return rc;
}

/* By its inode: its path may be another by now. */
static int go_back(void)
{
    int64_t fd, result;
    int rc = call_first((struct ivmc_file_request){.op = IVMC_FILE_REOPEN,
                                                   .fd = -1,
                                                   .length = files_directory_ino,
                                                   .length2 = files_directory_generation},
                        &fd);
    if (!rc && fd < 0)
        printf("files: the working directory is lost: %s\n", strerror((int)-fd));
    if (rc || fd < 0)
        return rc;
    rc = call_first((struct ivmc_file_request){.op = IVMC_FILE_FCHDIR, .fd = (int)fd}, &result);
    return rc ? rc
              : call_first((struct ivmc_file_request){.op = IVMC_FILE_CLOSE, .fd = (int)fd},
                           &result);
}

static int tell_all(void)
{
    struct ivmc_file_request share;
    int64_t result;
    int rc = files_share_request(&client, &share) ? call_first(share, &result) : 0;
    if (!rc) /* if it was refused, content is copied */
        rc = files_each(reopen);
    if (!rc)
        rc = lock_again();
    if (!rc && files_directory_ino)
        rc = go_back();
    if (!rc && files_mask >= 0)
        rc = call_first((struct ivmc_file_request){.op = IVMC_FILE_UMASK,
                                                   .mode = (uint32_t)files_mask},
                        &result);
    return rc;
}

static int resume(struct ivmc_client *of)
{
    int64_t result;
    (void)of;
    int rc = call_first((struct ivmc_file_request){.op = IVMC_FILE_RESUME, .arg = 1}, &result);
    if (!rc)
        rc = tell_all();
    return rc ? rc
              : call_first((struct ivmc_file_request){.op = IVMC_FILE_RESUME}, &result);
}

static const struct ivmc_use use = {connected, answered, over, resume};

/* Whether it is done or refused, and then said at the server, files are there. */
static void share(void)
{
    struct ivmc_file_request request;
    uint64_t extra;
    if (files_share_request(&client, &request))
        call(&request, &extra);
}

int files_open_ivmc(const struct files_options *options)
{
    client.use = &use;
    client.service = options->service ? options->service : "files";
    client.path = IVMC_DIRECT;
    client.order = options->order ? options->order : DEFAULT_ORDER;
    int rc = ivmc_client_open(&client, options->region_bytes ? options->region_bytes
                                                             : DEFAULT_REGION);
    if (rc)
        return rc;
    files_link = &remote;
    share();
    return files_frames_init();
}
