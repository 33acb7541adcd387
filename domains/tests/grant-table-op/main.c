/* grant_table_op in one domain: grants to ourselves, every status, and bad arguments. */
#include <ringside-rt/grant.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/string.h>
#include <ringside-rt/test.h>
#include <ringside-rt/test_pointers.h>

static uint64_t *page;
static int self_ref;
static domid_t self;

static void sizes(void)
{
    struct gnttab_query_size query = {.dom = DOMID_SELF, .status = 99};
    test_returns(HYPERVISOR_grant_table_op(GNTTABOP_query_size, &query, 1), 0);
    test_status(query.status, GNTST_okay);
    test_check(query.nr_frames >= 1 && query.nr_frames <= query.max_nr_frames, "%u of %u frames",
               query.nr_frames, query.max_nr_frames);
    query.dom = 0x7000;
    test_returns(HYPERVISOR_grant_table_op(GNTTABOP_query_size, &query, 1), 0);
    test_status(query.status, GNTST_bad_domain);
    test_returns(HYPERVISOR_grant_table_op(GNTTABOP_query_size, &query, 2), -XEN_EINVAL);

    xen_pfn_t frames[64];
    struct gnttab_setup_table setup = {.dom = DOMID_SELF, .nr_frames = 1, .frame_list = frames};
    test_returns(HYPERVISOR_grant_table_op(GNTTABOP_setup_table, &setup, 1), 0);
    test_status(setup.status, GNTST_okay);
    setup.nr_frames = query.max_nr_frames + 1;
    test_returns(HYPERVISOR_grant_table_op(GNTTABOP_setup_table, &setup, 1), 0);
    test_check(setup.status < 0, "more frames than there may be");
    test_returns(HYPERVISOR_grant_table_op(GNTTABOP_setup_table, &setup, 2), -XEN_EINVAL);
}

static void versions(void)
{
    struct gnttab_get_version get = {.dom = DOMID_SELF};
    struct gnttab_set_version set = {1};
    test_returns(HYPERVISOR_grant_table_op(GNTTABOP_get_version, &get, 1), 0);
    test_equal(get.version, 1);
    test_returns(HYPERVISOR_grant_table_op(GNTTABOP_set_version, &set, 1), 0);
    set.version = 2;
    test_returns(HYPERVISOR_grant_table_op(GNTTABOP_set_version, &set, 1), -XEN_ENOSYS);
    set.version = 3;
    test_returns(HYPERVISOR_grant_table_op(GNTTABOP_set_version, &set, 1), -XEN_EINVAL);
}

static void map_own(void)
{
    struct grant_mapping mapping, second;
    page[5] = 0xabcdef;
    test_status(grant_map(self, (grant_ref_t)self_ref, 0, &mapping), GNTST_okay);
    uint64_t *mapped = mapping.address;
    test_equal(mapped[5], 0xabcdef);
    mapped[6] = 0x1234;
    test_equal(page[6], 0x1234);
    test_check(grant_entry((grant_ref_t)self_ref)->flags & GTF_writing, "not marked as in use");
    test_check(!grant_end_access((grant_ref_t)self_ref), "a mapped grant was taken back");
    test_status(grant_map(self, (grant_ref_t)self_ref, GNTMAP_readonly, &second),
                 GNTST_okay);
    test_status(grant_unmap(&mapping), GNTST_okay);
    test_check(grant_entry((grant_ref_t)self_ref)->flags & GTF_reading, "still mapped read-only");
    test_check(!(grant_entry((grant_ref_t)self_ref)->flags & GTF_writing), "not mapped writable");
    test_status(grant_unmap(&second), GNTST_okay);
    test_equal(grant_entry((grant_ref_t)self_ref)->flags & (GTF_reading | GTF_writing), 0);
}

static int16_t map_status(domid_t domid, grant_ref_t ref, unsigned flags, uint64_t address)
{
    struct gnttab_map_grant_ref op = {
        .host_addr = address, .flags = flags, .ref = ref, .dom = domid, .status = 99};
    test_returns(HYPERVISOR_grant_table_op(GNTTABOP_map_grant_ref, &op, 1), 0);
    return op.status;
}

static void bad_maps(void)
{
    uint64_t address = grant_window_take(1) << PAGE_SHIFT;
    int readonly = grant_access(self, page, true);
    test_need(address && readonly > 0);
    grant_ref_t ref = (grant_ref_t)self_ref;
    test_status(map_status(0x7000, ref, GNTMAP_host_map, address), GNTST_bad_domain);
    test_status(map_status(DOMID_XEN, ref, GNTMAP_host_map, address), GNTST_bad_domain);
    test_status(map_status(self, 0xffffffff, GNTMAP_host_map, address), GNTST_bad_gntref);
    test_status(map_status(self, grant_entries(), GNTMAP_host_map, address),
                 GNTST_bad_gntref);
    test_check(map_status(self, ref + 100, GNTMAP_host_map, address) < 0, "a free entry");
    test_check(map_status(self, ref, 0, address) < 0, "neither host nor device map");
    test_check(map_status(self, ref, GNTMAP_host_map, ~0ul << PAGE_SHIFT) < 0,
               "at the end of all addresses");
    test_check(map_status(self, (grant_ref_t)readonly, GNTMAP_host_map, address) < 0,
               "a read-only grant mapped for writing");
    test_check(grant_end_access((grant_ref_t)readonly), "a failed map marked the entry");
}

static void bad_unmaps(void)
{
    const grant_handle_t handles[] = {1000, 0x7fffffff, 0x80000000, 0xffffffff};
    struct grant_mapping mapping;
    for (unsigned i = 0; i < ARRAY_SIZE(handles); i++) {
        struct gnttab_unmap_grant_ref op = {.host_addr = 0x1000, .handle = handles[i]};
        test_returns(HYPERVISOR_grant_table_op(GNTTABOP_unmap_grant_ref, &op, 1), 0);
        test_status(op.status, GNTST_bad_handle);
    }
    test_need(grant_map(self, (grant_ref_t)self_ref, 0, &mapping) == GNTST_okay);
    struct gnttab_unmap_grant_ref twice[2] = {
        {.host_addr = (uintptr_t)mapping.address, .handle = mapping.handle},
        {.host_addr = (uintptr_t)mapping.address, .handle = mapping.handle},
    };
    test_returns(HYPERVISOR_grant_table_op(GNTTABOP_unmap_grant_ref, twice, 2), 0);
    test_status(twice[0].status, GNTST_okay);
    test_status(twice[1].status, GNTST_bad_handle);
}

static void copies(void)
{
    char *to = page_alloc(1);
    test_need(to);
    strlcpy((char *)page + 100, "granted words", 32);
    grant_ref_t ref = (grant_ref_t)self_ref;
    test_status(grant_copy_from(DOMID_SELF, ref, 100, to, 32), GNTST_okay);
    test_check(strcmp(to, "granted words") == 0, "copied \"%s\"", to);
    strlcpy(to, "other words", 32);
    test_status(grant_copy_to(DOMID_SELF, ref, 200, to, 32), GNTST_okay);
    test_check(strcmp((char *)page + 200, "other words") == 0, "copied \"%s\"", (char *)page + 200);
    test_status(grant_copy_from(DOMID_SELF, ref, 4090, to, 32), GNTST_bad_copy_arg);
    test_status(grant_copy_from(DOMID_SELF, ref, 0xffff, to, 0xffff), GNTST_bad_copy_arg);
    test_status(grant_copy_from(DOMID_SELF, ref, 0, to + 4090, 32), GNTST_bad_copy_arg);
    test_status(grant_copy_from(0x7000, ref, 0, to, 32), GNTST_bad_domain);
    test_status(grant_copy_from(DOMID_SELF, 0xffffffff, 0, to, 32), GNTST_bad_gntref);
    struct gnttab_copy no_frame = {
        .source = {.u.gmfn = 1ul << 40, .domid = DOMID_SELF},
        .dest = {.u.gmfn = (uintptr_t)to >> PAGE_SHIFT, .domid = DOMID_SELF},
        .len = 8,
    };
    test_returns(HYPERVISOR_grant_table_op(GNTTABOP_copy, &no_frame, 1), 0);
    test_check(no_frame.status < 0, "copied from no frame");
}

static void bad_pointers(void)
{
    const unsigned ops[] = {
        GNTTABOP_map_grant_ref, GNTTABOP_unmap_grant_ref, GNTTABOP_setup_table,
        GNTTABOP_query_size,    GNTTABOP_copy,            GNTTABOP_get_version,
    };
    for (unsigned i = 0; i < ARRAY_SIZE(ops); i++)
        for (unsigned j = 0; j < TEST_BAD_POINTERS; j++)
            test_check(HYPERVISOR_grant_table_op(ops[i], test_bad_pointer(j), 1) == -XEN_EFAULT,
                       "op %u takes %s", ops[i], test_bad_pointer_name(j));
    static struct gnttab_copy nothing[2];
    test_returns(HYPERVISOR_grant_table_op(GNTTABOP_copy, nothing, 0), 0);
    test_check(HYPERVISOR_grant_table_op(GNTTABOP_transfer, nothing, 1) < 0, "transfer");
    test_check(HYPERVISOR_grant_table_op(99, nothing, 1) == -XEN_ENOSYS, "op 99");
}

void test_main(void)
{
    test_need(grant_entries() > 0);
    page = page_alloc(1);
    /* An entry names a domain by its number: DOMID_SELF is for arguments only. */
    self = (domid_t)test_own_domid();
    self_ref = grant_access(self, page, false);
    test_need(page && self_ref > 0);
    sizes();
    versions();
    map_own();
    bad_maps();
    bad_unmaps();
    copies();
    bad_pointers();
    test_check(grant_end_access((grant_ref_t)self_ref), "the grant is still in use");
}
