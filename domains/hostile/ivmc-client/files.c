/* What any client sends, with nothing looked at. */
#include "files.h"

#include <ringside-rt/string.h>
#include <ringside-rt/test.h>

#define TRIES 2000
#define TRY_US 100

static unsigned request_ring(uint16_t op)
{
    return op == IVMC_READ || op & IVMC_OP_READS ? IVMC_READ_REQUEST : IVMC_WRITE_REQUEST;
}

static unsigned response_ring(uint16_t op)
{
    return request_ring(op) == IVMC_READ_REQUEST ? IVMC_READ_RESPONSE : IVMC_WRITE_RESPONSE;
}

uint64_t file_wild(struct random *random)
{
    static const uint64_t edges[] = {
        0, 1, 23, 24, 4095, 4096, 0x7fffffff, 0x80000000, 0xffffffff, 1ul << 32, 1ul << 52,
        1ul << 63, UINT64_MAX, UINT64_MAX - 4095, UINT64_MAX / 2, (uint64_t)-100,
    };
    uint64_t choice = random_below(random, 2 * ARRAY_SIZE(edges));
    return choice < ARRAY_SIZE(edges) ? edges[choice] : random_next(random);
}

uint64_t file_text(struct raw *raw, uint64_t at, const char *text)
{
    memcpy(raw->data + at, text, strlen(text) + 1);
    return at;
}

struct ivmc_file_request file_request(uint16_t op, const char *path, struct raw *raw)
{
    return (struct ivmc_file_request){
        .op = op,
        .fd = FS_AT_FDCWD,
        .fd2 = FS_AT_FDCWD,
        .data = path ? file_text(raw, 0, path) : 0,
        .length = path ? (uint32_t)strlen(path) + 1 : 0,
    };
}

void file_send(struct raw *raw, unsigned slot, struct ivmc_file_request *request)
{
    request->sequence = ++raw->sequence;
    request->epoch = raw->epoch;
    memcpy(&raw->slots[slot].request, request, sizeof(*request));
    scq_enqueue(&raw->scq[request_ring(request->op)], slot);
    event_send(raw->port);
}

int64_t file_call(struct raw *raw, struct ivmc_file_request *request)
{
    file_send(raw, 0, request);
    for (unsigned i = 0; i < TRIES; i++, raw_pause(TRY_US)) {
        int slot = scq_dequeue(&raw->scq[response_ring(request->op)]);
        if (slot != 0) /* none, or a late one: of a channel whose memory this one has */
            continue;
        const struct ivmc_response *response = &raw->slots[0].response;
        test_check(response->status <= 0 && response->result >= 0, "op %u: status %d, result %ld",
                   request->op, response->status, response->result);
        return response->status ? response->status : response->result;
    }
    test_check(false, "op %u is not answered", request->op);
    return -EIO;
}

int file_open(struct raw *raw, const char *path, int flags)
{
    struct ivmc_file_request request = file_request(IVMC_FILE_OPENAT, path, raw);
    request.arg = (uint32_t)flags;
    request.mode = 0666;
    return (int)file_call(raw, &request);
}

/* A new channel is taken when all that was asked on the old one is done. */
bool file_channel(struct raw *raw)
{
    raw_build(raw);
    if (raw_register(raw))
        return false;
    for (unsigned i = 0; i < TRIES; i++, raw_pause(TRY_US))
        if (READ_ONCE(raw->page->server_epoch) == raw->epoch &&
            READ_ONCE(raw->page->server_state) != IVMC_CONNECTING)
            return raw->page->server_state == IVMC_CONNECTED;
    return false;
}

bool file_connect(struct raw *raw)
{
    if (!file_channel(raw))
        return false;
    for (unsigned i = 0; i < TRIES; i++, raw_pause(TRY_US)) {
        struct ivmc_file_request request = file_request(IVMC_FILE_FACCESSAT, COMMON, raw);
        if (!file_call(raw, &request))
            return true;
    }
    return false;
}
