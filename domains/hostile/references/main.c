/* Other domains' grant references, guessed: none was given to us. */
#include <ringside-rt/grant.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/test.h>

void test_main(void)
{
    char *page = page_alloc(1);
    struct grant_mapping mapping;
    test_need(page);
    for (unsigned domid = 0; domid < 8; domid++)
        for (grant_ref_t ref = 0; ref < 600; ref++) {
            test_check(grant_map((domid_t)domid, ref, 0, &mapping) < 0, "mapped %u of domain %u",
                       ref, domid);
            test_check(grant_copy_from((domid_t)domid, ref, 0, page, 16) < 0,
                       "read %u of domain %u", ref, domid);
            test_check(grant_copy_to((domid_t)domid, ref, 0, page, 16) < 0,
                       "wrote %u of domain %u", ref, domid);
        }
    /* Frames of other domains, without any grant. */
    for (unsigned domid = 0; domid < 8; domid++) {
        struct gnttab_copy copy = {
            .source = {.u.gmfn = 256, .domid = (domid_t)domid},
            .dest = {.u.gmfn = (uintptr_t)page >> PAGE_SHIFT, .domid = DOMID_SELF},
            .len = 16,
        };
        test_returns(HYPERVISOR_grant_table_op(GNTTABOP_copy, &copy, 1), 0);
        test_check(copy.status < 0 || domid == test_own_domid(), "read a frame of domain %u",
                   domid);
    }
    for (grant_handle_t handle = 0; handle < 1000; handle++) {
        struct gnttab_unmap_grant_ref unmap = {.host_addr = 0x100000, .handle = handle};
        test_returns(HYPERVISOR_grant_table_op(GNTTABOP_unmap_grant_ref, &unmap, 1), 0);
        test_check(unmap.status < 0, "unmapped handle %u", handle);
    }
    test_end_by_fault();
}
