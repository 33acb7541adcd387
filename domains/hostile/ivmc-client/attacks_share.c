/* Attacks of a client of files on whoever does the DMA to its data area. */
#include "attacks.h"
#include "files.h"

#include <ringside-rt/grant.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/string.h>
#include <ringside-rt/test.h>

static grant_ref_t first, readonly;

/* Twice, once to write and once only to read. */
static void grant_data(const struct raw *raw)
{
    domid_t domid = raw->page->dma_domid;
    unsigned pages = (unsigned)(raw->data_bytes / PAGE_SIZE);
    test_need(domid && domid != raw->server);
    int all = grant_access_range(domid, raw->data, pages, false);
    int some = grant_access_range(domid, raw->data, pages, true);
    test_need(all > 0 && some > 0);
    first = (grant_ref_t)all;
    readonly = (grant_ref_t)some;
}

static int64_t share(struct raw *raw, uint64_t ref)
{
    struct ivmc_file_request request = {.op = IVMC_FILE_SHARE, .offset = ref};
    return file_call(raw, &request);
}

static struct ivmc_file_request transfer(const struct raw *raw, uint16_t op, int fd)
{
    return (struct ivmc_file_request){
        .op = op,
        .fd = fd,
        .data = PAGE_SIZE,
        .length = (uint32_t)(raw->data_bytes - PAGE_SIZE),
    };
}

/* However it goes to the disk and back, it is what was written. */
static void write_and_read(struct raw *raw, int fd)
{
    struct ivmc_file_request request = transfer(raw, IVMC_FILE_PWRITE, fd);
    memset(raw->data + PAGE_SIZE, 0x5a, request.length);
    test_equal(file_call(raw, &request), request.length);
    memset(raw->data + PAGE_SIZE, 0, request.length);
    request = transfer(raw, IVMC_FILE_PREAD, fd);
    test_equal(file_call(raw, &request), request.length);
    for (uint32_t i = 0; i < request.length; i += 512)
        test_equal(raw->data[PAGE_SIZE + i], 0x5a);
}

static void reserve(const struct raw *raw, unsigned op)
{
    for (size_t at = PAGE_SIZE; at < raw->data_bytes; at += PAGE_SIZE) {
        xen_pfn_t gfn = ((uintptr_t)raw->data + at) >> PAGE_SHIFT;
        struct xen_memory_reservation arg = {
            .extent_start = &gfn, .nr_extents = 1, .domid = DOMID_SELF};
        test_returns(HYPERVISOR_memory_op(op, &arg), 1);
    }
}

/* Grants, and then the pages themselves, go while both servers use them. */
static void take_away(struct raw *raw, int fd, struct random *random)
{
    struct grant_entry_v1 *entry = grant_entry(first + 1), saved = *entry;
    for (unsigned slot = 0; slot < raw->entries; slot++) {
        bool in = random_below(random, 2);
        struct ivmc_file_request request = transfer(raw, in ? IVMC_FILE_PREAD : IVMC_FILE_PWRITE,
                                                    fd);
        file_send(raw, slot, &request);
    }
    raw_pause((unsigned)random_below(random, 100));
    entry->flags = 0;
    entry->frame = (uint32_t)random_next(random);
    reserve(raw, XENMEM_decrease_reservation);
    raw_pause((unsigned)random_below(random, 1000));
    reserve(raw, XENMEM_populate_physmap);
    *entry = saved;
}

void attack_file_share(struct raw *raw, struct random *random)
{
    static unsigned round;
    test_check(file_connect(raw), "the server does not take a sound channel");
    if (!first)
        grant_data(raw);
    const uint64_t refs[] = {first, readonly, raw->data_ref, file_wild(random), first + 1};
    bool sound = round % ARRAY_SIZE(refs) == 0;
    int64_t got = share(raw, refs[round % ARRAY_SIZE(refs)]);
    test_check(sound ? !got : got < 0, "round %u: sharing gives %ld", round, got);
    test_equal(share(raw, first), -EBUSY);
    int fd = file_open(raw, COMMON "/shared", FS_O_CREAT | FS_O_RDWR);
    write_and_read(raw, fd);
    if (sound)
        take_away(raw, fd, random);
    round++;
}
