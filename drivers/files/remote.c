/*
 * Files at a server: requests go through an IVMC channel, content and paths lie in its data area.
 */
#include "../ivmc/client.h"
#include "link.h"
#include <ringside-rt/probe.h>
#include <ringside-rt/string.h>
#include <ringside-rt/thread_queue.h>

#define DEFAULT_REGION (4ul << 20)

/* A thread that waits for its answer. */
struct waiting {
    struct thread *thread;
    bool over;
    int status;
    int64_t result;
    uint64_t extra;
};

static struct ivmc_client client;
static char *directory; /* where a new server reads the path of the working directory */

static int connected(struct ivmc_client *of, const struct ivmc_channel *page)
{
    (void)of;
    (void)page;
    return 0;
}

static bool answered(struct ivmc_client *of, struct flight *flight,
                     const struct ivmc_response *response)
{
    struct waiting *waiting = flight->owner;
    (void)of;
    waiting->result = response->result;
    waiting->extra = response->extra;
    return response->result >= 0;
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

static const struct files_link remote = {call, alloc, free, reaches, offset};

/* By the manager, to a new server, before anything else. */
static int call_first(const struct ivmc_file_request *request)
{
    struct waiting waiting = {.thread = thread_current()};
    struct flight *flight = &client.flights[client.spare];
    flight->owner = &waiting;
    memcpy(&flight->message, request, sizeof(*request));
    int rc = ivmc_client_call(&client);
    return rc ? rc : waiting.status;
}

/* What was open is open again under the numbers it had; what dup shared is shared. */
static int reopen(int number, const struct files_description *of, int shared_with)
{
    const struct ivmc_file_request request = {
        .op = shared_with < 0 ? IVMC_FILE_REOPEN : IVMC_FILE_DUP2,
        .fd = shared_with < 0 ? number : shared_with,
        .fd2 = number,
        .offset = of->offset,
        .length = of->ino,
        .length2 = of->generation,
        .arg = (uint32_t)of->flags,
    };
    return call_first(&request);
}

static int resume(struct ivmc_client *of)
{
    (void)of;
    int rc = files_each(reopen);
    if (!rc && files_directory[0]) {
        const struct ivmc_file_request chdir = {.op = IVMC_FILE_CHDIR,
                                                .data = offset(directory),
                                                .length = sizeof(files_directory)};
        memcpy(directory, files_directory, sizeof(files_directory));
        rc = call_first(&chdir);
    }
    if (!rc && files_mask >= 0) {
        const struct ivmc_file_request umask = {.op = IVMC_FILE_UMASK,
                                                .mode = (uint32_t)files_mask};
        rc = call_first(&umask);
    }
    return rc;
}

static const struct ivmc_use use = {connected, answered, over, resume};

int files_open_ivmc(const struct files_options *options)
{
    client.use = &use;
    client.service = options->service ? options->service : "files";
    client.path = IVMC_DIRECT;
    client.order = options->order;
    int rc = ivmc_client_open(&client, options->region_bytes ? options->region_bytes
                                                             : DEFAULT_REGION);
    if (rc)
        return rc;
    files_link = &remote;
    directory = alloc(FS_PATH_MAX);
    return directory ? files_frames_init() : -ENOMEM;
}
