/* Garbage in the grant table, while we use it ourselves and offer it to everybody. */
#include <ringside-rt/cmdline.h>
#include <ringside-rt/grant.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/random.h>
#include <ringside-rt/test.h>

void test_main(void)
{
    struct random *random = random_default();
    unsigned entries = grant_entries();
    test_need(entries > 0);
    for (unsigned round = 0; round < 200; round++) {
        for (unsigned i = 0; i < entries; i++)
            *(uint64_t *)grant_entry(i) = random_next(random);
        for (unsigned i = 0; i < 64; i++) {
            grant_ref_t ref = (grant_ref_t)random_below(random, entries);
            struct grant_mapping mapping;
            /* Mostly refused; what is granted to us for once must be ours to give. */
            struct grant_entry_v1 *entry = grant_entry(ref);
            entry->domid = (domid_t)test_own_domid();
            entry->flags = (uint16_t)random_next(random);
            int status = grant_map((domid_t)test_own_domid(), ref, 0, &mapping);
            test_check(status <= 0, "status %d", status);
            if (status == GNTST_okay) {
                entry->flags = 0; /* under the hypervisor's feet */
                entry->frame = 0xffffffff;
                test_check(grant_unmap(&mapping) <= 0, "unmap");
            }
        }
    }
    test_end_by_fault();
}
