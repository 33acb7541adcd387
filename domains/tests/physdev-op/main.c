/* physdev_op: a domain without devices can do nothing with it. */
#include <ringside-rt/hypercall.h>
#include <ringside-rt/test.h>
#include <ringside-rt/test_pointers.h>

void test_main(void)
{
    static uint64_t buffer[16];
    struct physdev_map_pirq map = {.domid = DOMID_SELF, .type = 1, .index = 5, .pirq = -1};
    struct physdev_unmap_pirq unmap = {.domid = DOMID_SELF, .pirq = 5};
    test_check(HYPERVISOR_physdev_op(PHYSDEVOP_map_pirq, &map) < 0, "an interrupt was mapped");
    map.type = 99;
    test_returns(HYPERVISOR_physdev_op(PHYSDEVOP_map_pirq, &map), -XEN_EINVAL);
    map.domid = 0x7000;
    test_check(HYPERVISOR_physdev_op(PHYSDEVOP_map_pirq, &map) < 0, "foreign map");
    test_check(HYPERVISOR_physdev_op(PHYSDEVOP_unmap_pirq, &unmap) < 0, "unmap of nothing");
    test_returns(HYPERVISOR_physdev_op(PHYSDEVOP_eoi, buffer), -XEN_ENOSYS);
    test_returns(HYPERVISOR_physdev_op(PHYSDEVOP_irq_status_query, buffer), -XEN_ENOSYS);
    test_returns(HYPERVISOR_physdev_op(PHYSDEVOP_pci_mmcfg_reserved, buffer), -XEN_ENOSYS);
    test_returns(HYPERVISOR_physdev_op(99, buffer), -XEN_ENOSYS);
    test_returns(HYPERVISOR_physdev_op(0xffffffff, buffer), -XEN_ENOSYS);
    for (unsigned i = 0; i < TEST_BAD_POINTERS; i++) {
        void *bad = test_bad_pointer(i);
        test_returns(HYPERVISOR_physdev_op(PHYSDEVOP_map_pirq, bad), -XEN_EFAULT);
        test_returns(HYPERVISOR_physdev_op(PHYSDEVOP_unmap_pirq, bad), -XEN_EFAULT);
    }
}
