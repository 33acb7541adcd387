/* Page tables that lie outside memory: first seen through a hypercall, then by ourselves. */
#include <ringside-rt/cpu.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/paging.h>
#include <ringside-rt/print.h>
#include <ringside-rt/test.h>

extern uint64_t boot_pml4[512];

void test_main(void)
{
    const uint64_t outside[] = {1ul << 35, 1ul << 36, 1ul << 45, 0xfffffffff000, 0xfee00000};
    const uintptr_t place = 0x400000000000; /* entry 128 of the first level */
    for (unsigned i = 0; i < ARRAY_SIZE(outside); i++) {
        boot_pml4[128] = outside[i] | PTE_PRESENT | PTE_WRITABLE;
        write_cr3(read_cr3());
        test_returns(HYPERVISOR_event_channel_op(EVTCHNOP_send, (void *)place), -XEN_EFAULT);
        test_returns(HYPERVISOR_xen_version(XENVER_changeset, (void *)place), -XEN_EFAULT);
    }
    /* A table that is its own parent: every level is the same page. */
    boot_pml4[128] = (uintptr_t)boot_pml4 | PTE_PRESENT | PTE_WRITABLE;
    write_cr3(read_cr3());
    HYPERVISOR_event_channel_op(EVTCHNOP_send, (void *)(place | place >> 9 | place >> 18));
    boot_pml4[128] = 0;
    printf("leaving memory\n");
    if (!test_failures())
        write_cr3(1ul << 35);
}
