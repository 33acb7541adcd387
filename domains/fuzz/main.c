/*
 * Random hypercalls: number, operation, arguments, pointers. calls=N seed=S. The hypervisor must
 * survive them, and so must we: what would rightly end or stop the caller is left out, and guest
 * frames and pointers that may be valid are those of a playground.
 */
#include <ringside-rt/cmdline.h>
#include <ringside-rt/exception.h>
#include <ringside-rt/grant.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/paging.h>
#include <ringside-rt/print.h>
#include <ringside-rt/random.h>
#include <ringside-rt/string.h>
#include <ringside-rt/test.h>
#include <ringside-rt/test_pointers.h>
#include <ringside-rt/xenstore.h>

#include "fuzz.h"

static struct random *dice;
static uint64_t *arena; /* FUZZ_ARENA_PAGES pages for structures; the one behind is not mapped */
static uint64_t frames; /* first of FUZZ_FRAMES guest frames that may come and go */
static uint64_t *canary;

static uint64_t below(uint64_t limit)
{
    return random_below(dice, limit);
}

uint64_t fuzz_frame(void)
{
    const uint64_t odd[] = {~0ul, 1ul << 52, 1ul << 40, 1ul << 24, 1ul << 20, 0x100000000};
    return below(8) ? frames + below(FUZZ_FRAMES) : odd[below(ARRAY_SIZE(odd))];
}

uint64_t fuzz_word(void)
{
    switch (below(8)) {
    case 0:
        return below(64);
    case 1:
        return below(4096);
    case 2:
        return DOMID_SELF;
    case 3:
        return DOMID_SELF + below(16);
    case 4:
        return 1ul << below(64);
    case 5:
        return (1ul << below(64)) - 1;
    case 6:
        return -below(4096);
    default:
        return random_next(dice);
    }
}

uint64_t fuzz_pointer(void)
{
    uint64_t end = (uintptr_t)arena + FUZZ_ARENA_PAGES * PAGE_SIZE;
    switch (below(10)) {
    case 0:
        return (uintptr_t)test_bad_pointer((unsigned)below(TEST_BAD_POINTERS));
    case 1:
        return end - below(256); /* runs into the page that is not mapped */
    case 2:
        return below(4096);
    case 3:
        return 0x800000000000 + (random_next(dice) >> 1); /* not canonical, or the upper half */
    default:
        return (uintptr_t)arena + 8 * below(FUZZ_ARENA_PAGES * 512 - 128);
    }
}

bool fuzz_is_ours(uint64_t pointer, size_t size)
{
    uint64_t start = (uintptr_t)arena, end = start + FUZZ_ARENA_PAGES * PAGE_SIZE;
    return pointer >= start && pointer <= end - size;
}

/* A word that may be taken for a pointer must not lead to memory that we need. */
uint64_t fuzz_harmless(uint64_t word)
{
    return paging_is_mapped(word) && !fuzz_is_ours(word, 1) ? fuzz_pointer() : word;
}

void fuzz_fill(uint64_t pointer, unsigned words)
{
    for (; words && fuzz_is_ours(pointer, 8); words--, pointer += 8) {
        uint64_t low = fuzz_word(), high = fuzz_word();
        uint64_t word = fuzz_harmless((low & 0xffffffff) | high << 32);
        if (below(3) == 0)
            word = fuzz_pointer();
        memcpy((void *)pointer, &word, 8);
    }
}

uint64_t fuzz_below(uint64_t limit)
{
    return below(limit);
}

static bool on_nmi(struct exception_frame *frame)
{
    (void)frame;
    return true;
}

static void prepare(void)
{
    dice = random_default();
    char *run = page_alloc(FUZZ_ARENA_PAGES + 1), *playground = page_alloc(FUZZ_FRAMES);
    canary = page_alloc(FUZZ_CANARY_PAGES);
    test_need(run && playground && canary);
    arena = (uint64_t *)run;
    frames = (uintptr_t)playground >> PAGE_SHIFT;
    paging_unmap((uintptr_t)run + FUZZ_ARENA_PAGES * PAGE_SIZE, 1);
    for (uint64_t i = 0; i < FUZZ_CANARY_PAGES * 512; i++)
        canary[i] = i * 0x9e3779b97f4a7c15;
    exception_handler_set(X86_EXC_NMI, on_nmi);
    grant_entries();
    xenstore_domid();
}

static void check_canary(void)
{
    for (uint64_t i = 0; i < FUZZ_CANARY_PAGES * 512; i++)
        if (!test_equal(canary[i], i * 0x9e3779b97f4a7c15))
            return;
}

void test_main(void)
{
    uint64_t calls = cmdline_u64("calls", 10000), errors = 0, made = 0;
    prepare();
    for (uint64_t i = 0; i < calls; i++) {
        struct fuzz_call call;
        fuzz_choose(&call);
        if (fuzz_suicidal(&call))
            continue;
        made++;
        errors += hypercall(call.number, call.args[0], call.args[1], call.args[2], call.args[3],
                            call.args[4]) < 0;
    }
    check_canary();
    printf("%lu hypercalls of %lu made, %lu of them failed\n", made, calls, errors);
    test_check(errors > 0 || calls < 100, "no hypercall failed");
    test_check(HYPERVISOR_xen_version(XENVER_pagesize, NULL) == 4096, "xen_version is broken");
}
