/*
 * Clients: new ones, and those that the last server knew. A client resumes with its very first
 * request or not at all, and may open inodes by number only then: with later requests it could
 * reach what it was never allowed to open.
 */
#include "client.h"
#include "recovery.h"

#include <ringside-rt/hypercall.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/print.h>

struct client *client_new(struct fs *fs, struct ivmc_peer *peer)
{
    const struct fs_credentials credentials = {.uid = peer->uid, .gid = peer->gid};
    struct client *client = kmalloc(sizeof(*client));
    if (!client)
        return NULL;
    *client = (struct client){.peer = peer};
    client->process = fs_process(fs, peer->domid, &credentials);
    if (client->process)
        return client;
    kfree(client);
    return NULL;
}

void client_end(struct client *client)
{
    unsigned slot = client->peer->slot;
    int rc = client->kept ? replies_end(slot) : 0;
    if (rc)
        printf("the replies to domain %u stay: %s\n", client->peer->domid, errno_name(rc));
    recovery_heard(slot);
    fs_process_end(client->process);
    kfree(client->before);
    kfree(client);
}

/* What it may send to say what the last server knew. */
static bool resumes(const struct ivmc_file_request *request)
{
    switch (request->op) {
    case IVMC_FILE_RESUME:
    case IVMC_FILE_SHARE:
    case IVMC_FILE_REOPEN:
    case IVMC_FILE_DUP2:
    case IVMC_FILE_FCNTL_LOCK:
    case IVMC_FILE_FLOCK:
    case IVMC_FILE_FCHDIR:
    case IVMC_FILE_CLOSE:
    case IVMC_FILE_UMASK:
        return true;
    default:
        return false;
    }
}

bool client_waits(struct client *client, const struct ivmc_file_request *request)
{
    if (client->phase == UNKNOWN) {
        bool begins = request->op == IVMC_FILE_RESUME && request->arg;
        client->known = recovery_claim(client->peer->slot);
        client->phase = begins ? RESUMING : SETTLED;
        if (!begins)
            recovery_heard(client->peer->slot);
    }
    return client->phase != RESUMING || !resumes(request);
}

/* What the last server answered. */
static int load(struct client *client)
{
    struct ivmc_peer *peer = client->peer;
    client->before = kmalloc(peer->entries * sizeof(*client->before));
    int rc = client->before ? replies_load(peer->slot, peer->domid, peer->entries, client->before)
                            : -ENOMEM;
    if (rc) {
        kfree(client->before);
        client->before = NULL;
        client->known = false;
    }
    return rc;
}

static void get_ready(struct client *client)
{
    const struct ivmc_peer *peer = client->peer;
    int rc = client->phase == RESUMING && client->known ? load(client) : -ENOENT;
    if (rc == -ENOENT)
        rc = replies_begin(peer->slot, peer->domid, peer->entries);
    client->kept = !rc;
    client->known |= rc == -EROFS; /* where nothing is kept, nobody is known */
    if (rc && rc != -EROFS)
        printf("domain %u may see a restart of this server: its replies cannot be kept: %s\n",
               peer->domid, errno_name(rc));
}

void client_get_ready(struct client *client)
{
    mutex_lock(&client->getting_ready);
    if (!client->ready)
        get_ready(client);
    client->ready = true;
    mutex_unlock(&client->getting_ready);
}

const struct reply *client_before(const struct client *client, uint64_t sequence)
{
    for (unsigned i = 0; client->before && sequence && i < client->peer->entries; i++)
        if (client->before[i].sequence == sequence)
            return &client->before[i];
    return NULL;
}

int client_resume(struct client *client, uint32_t begin)
{
    if (client->phase != RESUMING)
        return -EPERM;
    if (begin)
        return 0;
    client->phase = SETTLED;
    recovery_heard(client->peer->slot);
    return 0;
}
