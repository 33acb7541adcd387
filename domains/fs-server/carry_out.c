/*
 * Exactly once: what must not be done twice is done in one operation of the volume with storing its
 * answer; a request whose answer is found there is not carried out again. Whatever is answered is
 * on the device before.
 */
#include "carry_out.h"
#include "client.h"
#include "share.h"

#include <ringside-rt/hypercall.h>
#include <ringside-rt/print.h>
#include <ringside-rt/probe.h>
#include <ringside-rt/string.h>

/* What a request needs on its way. */
struct call {
    struct ext_note note; /* of an append */
    struct ext *volume;
    struct ivmc_work *work;
    struct client *client;
    struct ivmc_file_request request;
    struct files_scratch *scratch;
    uint64_t appended; /* by the last server */
};

static void keep(const struct call *call, int64_t result, uint64_t extra)
{
    const struct reply reply = {call->request.sequence, result, extra, 0};
    const struct ivmc_peer *peer = call->client->peer;
    int rc = 0;
    if (call->client->kept)
        rc = replies_store(peer->slot, ivmc_work_slot(call->work), &reply);
    if (rc)
        printf("an answer to domain %u is not kept: %s\n", peer->domid, errno_name(rc));
}

static void keep_append(const struct ext_note *note, uint64_t done, uint64_t offset)
{
    const struct call *call = CONTAINER_OF(note, struct call, note);
    keep(call, (int64_t)(call->appended + done), offset + done);
}

static int64_t dispatch(const struct call *call, const struct ext_note *note)
{
    const struct ivmc_peer *peer = call->client->peer;
    const struct files_area area = {peer->data, peer->data_bytes};
    return files_dispatch(call->client->process, &call->request, &area, call->scratch, note,
                          &call->work->extra);
}

static int64_t within_operation(const struct call *call)
{
    ext_begin(call->volume);
    int64_t result = dispatch(call, NULL);
    if (result >= 0)
        keep(call, result, call->work->extra);
    ext_end(call->volume);
    return result;
}

/* Within an operation the volume cannot wait for what was freed to be free. */
static int64_t once(const struct call *call)
{
    int64_t result = within_operation(call);
    if (result == -ENOSPC && !ext_sync(call->volume, EXT_DURABLE))
        result = within_operation(call);
    return result;
}

/* A long append is several operations of the volume: the last server may have died between them. */
static int64_t append_rest(struct call *call, const struct reply *reply)
{
    struct ivmc_file_request *request = &call->request;
    call->appended = (uint64_t)reply->result;
    request->data += call->appended;
    request->length -= (uint32_t)call->appended;
    int64_t result = dispatch(call, &call->note);
    if (result > 0)
        return reply->result + result;
    call->work->extra = reply->extra;
    return reply->result;
}

/* It was done: only what that left in the last server's memory is missing. */
static int64_t again(struct call *call, const struct reply *reply)
{
    const struct ivmc_file_request *request = &call->request;
    if (request->op == IVMC_FILE_APPEND && (uint64_t)reply->result < request->length)
        return append_rest(call, reply);
    call->work->extra = reply->extra;
    if (request->op != IVMC_FILE_OPENAT)
        return reply->result;
    return fs_reopen(call->client->process, -1, (uint32_t)reply->extra,
                     (uint32_t)(reply->extra >> 32), (int)request->arg, 0);
}

static int64_t do_it(struct call *call)
{
    struct client *client = call->client;
    const struct ivmc_file_request *request = &call->request;
    const struct reply *before = client_before(client, request->sequence);
    if (before)
        return again(call, before);
    if (request->op == IVMC_FILE_RESUME)
        return client_resume(client, request->arg);
    if (request->op == IVMC_FILE_CLOSE && !request->flags)
        return fs_close_begin(client->process, request->fd);
    if (request->op == IVMC_FILE_SHARE)
        return share(client->peer, request);
    if (request->op == IVMC_FILE_REOPEN && (client->phase != RESUMING || !client->known))
        return -EPERM;
    return files_once(request) ? once(call) : dispatch(call, &call->note);
}

int64_t carry_out(struct ext *volume, struct ivmc_work *work, struct files_scratch *scratch)
{
    struct call call = {.note = {keep_append},
                        .volume = volume,
                        .work = work,
                        .client = work->peer->backend,
                        .scratch = scratch};
    memcpy(&call.request, &work->request, sizeof(call.request));
    const struct ivmc_file_request *request = &call.request;
    PROBE(file_begin, thread_current(), work->peer->channel, request->sequence, request->op,
          request->fd, request->length);
    client_get_ready(call.client);
    int64_t result = do_it(&call);
    bool closed = request->op == IVMC_FILE_CLOSE && result >= 0;
    if (result >= 0 && files_changes(&call.request)) {
        int rc = ext_sync(volume, EXT_WRITTEN);
        result = rc ? rc : result;
    }
    if (closed) /* only now: a client must not have the number twice, also while it is resent */
        fs_close_end(call.client->process, request->fd);
    PROBE(file_end, thread_current(), result, work->extra);
    return result;
}
