/* Executes where the page tables say there is code, but there is no memory. */
#include <ringside-rt/paging.h>
#include <ringside-rt/test.h>

void test_main(void)
{
    const uintptr_t hole = 1ul << 35;
    paging_map(hole, hole, 1, PAGING_EXECUTE);
    ((void (*)(void))hole)();
}
