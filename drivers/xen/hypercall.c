/* Finding the hypervisor, and small calls that many use. */
#include <ringside-rt/cpu.h>
#include <ringside-rt/hypercall.h>

#define CPUID_END (XEN_CPUID_FIRST_LEAF + 0x10000)

uint32_t hypercall_cpuid_base(void)
{
    for (uint32_t base = XEN_CPUID_FIRST_LEAF; base < CPUID_END; base += 0x100) {
        struct cpuid r = cpuid(base, 0);
        if (r.ebx == XEN_CPUID_SIGNATURE_EBX && r.ecx == XEN_CPUID_SIGNATURE_ECX &&
            r.edx == XEN_CPUID_SIGNATURE_EDX && r.eax >= base + 2)
            return base;
    }
    return 0;
}

bool hypercall_init(void)
{
    uint32_t base = hypercall_cpuid_base();
    if (!base)
        return false;
    wrmsr(cpuid(base + 2, 0).ebx, (uintptr_t)hypercall_page);
    return true;
}

long hvm_param_get(unsigned index, uint64_t *value)
{
    struct xen_hvm_param param = {.domid = DOMID_SELF, .index = index};
    long rc = HYPERVISOR_hvm_op(HVMOP_get_param, &param);
    *value = param.value;
    return rc;
}

long hvm_param_set(unsigned index, uint64_t value)
{
    struct xen_hvm_param param = {.domid = DOMID_SELF, .index = index, .value = value};
    return HYPERVISOR_hvm_op(HVMOP_set_param, &param);
}

long add_to_physmap(unsigned space, uint64_t index, uint64_t gfn)
{
    struct xen_add_to_physmap add = {
        .domid = DOMID_SELF,
        .space = space,
        .idx = index,
        .gpfn = gfn,
    };
    return HYPERVISOR_memory_op(XENMEM_add_to_physmap, &add);
}
