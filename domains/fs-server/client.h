/*
 * A client domain, as this server knows it.
 */
#ifndef CLIENT_H
#define CLIENT_H

#include "replies.h"
#include <ringside-rt/fs.h>
#include <ringside-rt/ivmc.h>

enum client_phase {
    UNKNOWN,  /* it has not said anything */
    RESUMING, /* it says what the last server knew of it */
    SETTLED
};

struct client {
    enum client_phase phase;
    struct fs_process *process;
    struct ivmc_peer *peer;
    bool known;   /* the last server had it: it may open inodes by number while it resumes */
    bool kept;    /* its replies are */
    bool ready;   /* its replies were looked at */
    struct mutex getting_ready;
    struct reply *before; /* what the last server answered; NULL: nothing */
};

/** NULL: no memory. */
struct client *client_new(struct fs *fs, struct ivmc_peer *peer);
void client_end(struct client *client);

/** A request came; whether it has to wait until others were heard. */
bool client_waits(struct client *client, const struct ivmc_file_request *request);

/** Before its first request is carried out; may be called with each. */
void client_get_ready(struct client *client);

/** The last server's answer to a request; NULL: it gave none. */
const struct reply *client_before(const struct client *client, uint64_t sequence);

/** IVMC_FILE_RESUME. */
int client_resume(struct client *client, uint32_t begin);

#endif
