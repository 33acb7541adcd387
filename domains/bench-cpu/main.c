/*
 * A kernel of kernels.h in a guest; it makes no hypercall, so the same image runs on QEMU.
 *
 *   kernel=NAME rounds=N     N rounds are one slice; without a name the kernels are listed, with
 *                            units in a round, and unit: "kernel crc 4096 byte"
 *   slices=M                 (default 1); the host takes the time between "begin" and "end"
 *   check=N                  before all that N rounds, and their checksum: "check 0123456789abcdef"
 *   paged                    the kernel's data and stack lie in pages that follow each other in no
 *                            order in physical memory, far from where they would lie one to one
 */
#include "kernels.h"
#include <ringside-rt/bare.h>
#include <ringside-rt/boot.h>
#include <ringside-rt/cmdline.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/paging.h>
#include <ringside-rt/print.h>

#define PAGED_ARENA 0x7a5bc0000000ul
#define ARENA_PAGES (ARENA_SIZE / PAGE_SIZE)
#define SHUFFLE 45 /* odd, so that it reaches every page of a power of two */

const bool bare_machine = true;

static void *paged(char *pages)
{
    for (uint64_t i = 0; i < ARENA_PAGES; i++)
        paging_map(PAGED_ARENA + i * PAGE_SIZE,
                   (uintptr_t)pages + (i * SHUFFLE + 7) % ARENA_PAGES * PAGE_SIZE, 1, PAGING_WRITE);
    return (void *)PAGED_ARENA;
}

static int list(void)
{
    for (const struct kernel *k = kernels; k->name; k++)
        printf("kernel %s %lu %s\n", k->name, k->units, k->unit);
    return 0;
}

int main(void)
{
    if (!cmdline_get("kernel"))
        return list();
    const struct kernel *kernel = kernel_find(cmdline_string("kernel", ""));
    uint64_t rounds = cmdline_u64("rounds", 1), slices = cmdline_u64("slices", 1);
    uint64_t check = cmdline_u64("check", 0);
    void *arena = page_alloc(ARENA_PAGES);
    if (!kernel || !arena)
        panic("no kernel of that name, or no memory");
    if (cmdline_get("paged"))
        arena = paged(arena);
    kernel->prepare(arena);
    if (check)
        printf("check %016lx\n", kernel_call(kernel, arena, check));
    for (uint64_t i = 0; i < slices; i++) {
        printf("begin\n");
        kernel_call(kernel, arena, rounds);
        printf("end\n");
    }
    return 0;
}
