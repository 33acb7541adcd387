/* Gives back the very memory it runs from. */
#include <ringside-rt/boot.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/print.h>
#include <ringside-rt/test.h>

void test_main(void)
{
    static xen_pfn_t frames[512];
    uint64_t count = 0;
    for (uintptr_t page = (uintptr_t)image_text_start; page < (uintptr_t)image_text_end;
         page += PAGE_SIZE)
        frames[count++] = page >> PAGE_SHIFT;
    struct xen_memory_reservation give = {
        .extent_start = frames, .nr_extents = count, .domid = DOMID_SELF};
    printf("giving back %lu pages of code\n", count);
    HYPERVISOR_memory_op(XENMEM_decrease_reservation, &give);
    test_check(false, "still running");
}
