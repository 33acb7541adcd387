/*
 * The data area is granted a second time: to the domain that does the server's DMA, so that content
 * reaches it without a copy. The server asks for that in the channel page. It can touch the area
 * itself, so whomever it names there learns nothing that it could not be told.
 */
#include "../ivmc/client.h"
#include "link.h"
#include <ringside-rt/hypercall.h>
#include <ringside-rt/print.h>

static domid_t wanted, granted_to;
static grant_ref_t first_ref;

void files_share_with(domid_t domid)
{
    wanted = domid;
}

bool files_share_request(const struct ivmc_client *client, struct ivmc_file_request *request)
{
    if (!wanted || (granted_to && granted_to != wanted))
        return false;
    if (!granted_to) {
        int ref = grant_access_range(wanted, client->data, (unsigned)client->data_pages, false);
        if (ref < 0) {
            printf("files: content is copied at the server: no %zu grants are left\n",
                   client->data_pages);
            return false;
        }
        granted_to = wanted;
        first_ref = (grant_ref_t)ref;
    }
    *request = (struct ivmc_file_request){.op = IVMC_FILE_SHARE, .offset = first_ref};
    return true;
}
