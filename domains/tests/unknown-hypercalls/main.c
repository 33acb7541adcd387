/* Hypercalls that a PVH guest has no business with, and numbers that mean nothing. */
#include <ringside-rt/hypercall.h>
#include <ringside-rt/test.h>

struct expected {
    unsigned number;
    long result;
};

static const struct expected table[] = {
    {__HYPERVISOR_set_trap_table, -XEN_ENOSYS},
    {__HYPERVISOR_mmu_update, -XEN_ENOSYS},
    {__HYPERVISOR_set_gdt, -XEN_ENOSYS},
    {__HYPERVISOR_stack_switch, -XEN_ENOSYS},
    {__HYPERVISOR_set_callbacks, -XEN_ENOSYS},
    {__HYPERVISOR_fpu_taskswitch, -XEN_ENOSYS},
    {__HYPERVISOR_platform_op, -XEN_EPERM},
    {__HYPERVISOR_set_debugreg, -XEN_ENOSYS},
    {__HYPERVISOR_get_debugreg, -XEN_ENOSYS},
    {__HYPERVISOR_update_descriptor, -XEN_ENOSYS},
    {11, -XEN_ENOSYS},
    {__HYPERVISOR_update_va_mapping, -XEN_ENOSYS},
    {__HYPERVISOR_event_channel_op_compat, -XEN_ENOSYS},
    {__HYPERVISOR_physdev_op_compat, -XEN_ENOSYS},
    {__HYPERVISOR_update_va_mapping_otherdomain, -XEN_ENOSYS},
    {__HYPERVISOR_set_segment_base, -XEN_ENOSYS},
    {__HYPERVISOR_mmuext_op, -XEN_ENOSYS},
    {__HYPERVISOR_nmi_op, -XEN_ENOSYS},
    {__HYPERVISOR_callback_op, -XEN_ENOSYS},
    {__HYPERVISOR_sysctl, -XEN_EPERM},
    {__HYPERVISOR_domctl, -XEN_EPERM},
    {__HYPERVISOR_kexec_op, -XEN_ENOSYS},
    {43, -XEN_ENOSYS},
    {47, -XEN_ENOSYS},
    {__HYPERVISOR_arch_7, -XEN_ENOSYS},
    {56, -XEN_ENOSYS},
    {64, -XEN_ENOSYS},
    {127, -XEN_ENOSYS},
};

void test_main(void)
{
    for (unsigned i = 0; i < ARRAY_SIZE(table); i++) {
        long rc = hypercall(table[i].number, 0, 0, 0, 0, 0);
        test_check(rc == table[i].result, "hypercall %u: expected %s, got %s (%ld)",
                   table[i].number, errno_name(table[i].result), errno_name(rc), rc);
    }
}
