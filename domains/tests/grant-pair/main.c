/*
 * Grants between two domains: what is mapped, what is taken back, and who sees what. Both run this
 * image, peer=DOMID. The first grants, the second maps.
 */
#include <ringside-rt/exception.h>
#include <ringside-rt/grant.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/paging.h>
#include <ringside-rt/test.h>
#include <ringside-rt/test_pair.h>

#define REVOKED 0xdeaddeaddeaddeadul

/* Words of the shared page. */
enum { REF, READONLY_REF, STOP, RACE_REF, MAPS };

static struct test_pair pair;
static volatile uint64_t *words;

static void granter(void)
{
    volatile uint64_t *page = page_alloc(1), *readonly = page_alloc(1);
    test_need(page && readonly);
    int ref = grant_access(pair.peer, (void *)page, false);
    int readonly_ref = grant_access(pair.peer, (void *)readonly, true);
    test_need(ref > 0 && readonly_ref > 0);
    page[0] = 0x1111;
    readonly[0] = 0x2222;
    words[REF] = (uint64_t)ref;
    words[READONLY_REF] = (uint64_t)readonly_ref;
    test_pair_step(&pair); /* it maps and writes */
    test_pair_step(&pair);
    test_equal(page[1], 0x3333);
    test_equal(readonly[0], 0x2222);
    test_check(!grant_end_access((grant_ref_t)ref), "took back a grant that is mapped");
    page[2] = 0x4444;
    test_pair_step(&pair); /* it unmaps */
    test_pair_step(&pair);
    test_check(grant_end_access((grant_ref_t)ref), "the grant is still in use");
    test_check(grant_end_access((grant_ref_t)readonly_ref), "the read-only grant is still in use");
    test_pair_step(&pair); /* it tries again */
    test_pair_step(&pair);
}

static void force_write(void *page)
{
    *(volatile uint64_t *)page = 0x6666;
}

static void mapper(void)
{
    struct grant_mapping mapping, readonly;
    test_pair_step(&pair);
    grant_ref_t ref = (grant_ref_t)words[REF], readonly_ref = (grant_ref_t)words[READONLY_REF];
    test_status(grant_map(pair.peer, ref, 0, &mapping), GNTST_okay);
    volatile uint64_t *page = mapping.address;
    test_equal(page[0], 0x1111);
    page[1] = 0x3333;
    test_check(grant_map(pair.peer, readonly_ref, 0, &readonly) < 0, "read-only, yet writable");
    test_status(grant_map(pair.peer, readonly_ref, GNTMAP_readonly, &readonly), GNTST_okay);
    test_equal(*(volatile uint64_t *)readonly.address, 0x2222);
    /* Our own page tables do not matter: the hypervisor must not let the store through. */
    paging_protect((uintptr_t)readonly.address, 1, PAGING_WRITE);
    exception_catch(force_write, readonly.address, NULL);
    test_pair_step(&pair);
    test_pair_step(&pair);
    test_equal(page[2], 0x4444);
    test_status(grant_unmap(&mapping), GNTST_okay);
    test_status(grant_unmap(&readonly), GNTST_okay);
    test_pair_step(&pair);
    test_pair_step(&pair);
    test_status(grant_map(pair.peer, ref, 0, &mapping), GNTST_general_error);
    char copy[8];
    test_check(grant_copy_from(pair.peer, ref, 0, copy, sizeof(copy)) < 0, "copied after the end");
    test_pair_step(&pair);
}

/* So often the race is run, and on until the other has won once: it may not have its pCPU yet. */
#define ROUNDS 200
#define ROUNDS_MOST 10000000

/* Grants and takes back while the other maps as often as it can. */
static void revoke_race(void)
{
    volatile uint64_t *page = page_alloc(1);
    bool kept = true;
    test_need(page);
    test_pair_step(&pair);
    for (unsigned round = 0; kept && round < (words[MAPS] ? ROUNDS : ROUNDS_MOST); round++) {
        int ref = grant_access(pair.peer, (void *)page, false);
        test_need(ref > 0);
        words[RACE_REF] = (uint64_t)ref;
        for (unsigned i = 0; i < round % 7; i++)
            HYPERVISOR_sched_op(SCHEDOP_yield, NULL);
        while (!grant_end_access((grant_ref_t)ref))
            HYPERVISOR_sched_op(SCHEDOP_yield, NULL);
        page[0] = REVOKED;
        for (unsigned i = 0; i < 3; i++)
            HYPERVISOR_sched_op(SCHEDOP_yield, NULL);
        kept = page[0] == REVOKED;
    }
    test_check(kept, "mapped after the grant was taken back");
    words[STOP] = 1;
    test_pair_step(&pair);
    test_check(words[MAPS] > 0, "the other never mapped anything");
}

static void map_race(void)
{
    uint64_t maps = 0;
    test_pair_step(&pair);
    while (!words[STOP]) {
        struct grant_mapping mapping;
        int status = grant_map(pair.peer, (grant_ref_t)words[RACE_REF], 0, &mapping);
        if (status == GNTST_okay) {
            words[MAPS] = ++maps;
            *(volatile uint64_t *)mapping.address = maps;
            HYPERVISOR_sched_op(SCHEDOP_yield, NULL);
            *(volatile uint64_t *)mapping.address = maps;
            test_status(grant_unmap(&mapping), GNTST_okay);
        } else if (!test_status(status, GNTST_general_error)) {
            break;
        }
        HYPERVISOR_sched_op(SCHEDOP_yield, NULL);
    }
    test_pair_step(&pair);
}

void test_main(void)
{
    test_pair_meet(&pair);
    words = test_pair_words(&pair);
    if (pair.first) {
        granter();
        revoke_race();
    } else {
        mapper();
        map_race();
    }
}
