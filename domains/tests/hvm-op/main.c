/* hvm_op: parameters a guest may read, may write, and may not; upcall vectors. */
#include <ringside-rt/clock.h>
#include <ringside-rt/event.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/test.h>
#include <ringside-rt/test_pointers.h>

static long param(unsigned op, domid_t domid, unsigned index)
{
    struct xen_hvm_param arg = {.domid = domid, .index = index};
    return HYPERVISOR_hvm_op(op, &arg);
}

static void parameters(void)
{
    const unsigned readable[] = {
        HVM_PARAM_CALLBACK_IRQ, HVM_PARAM_STORE_PFN,      HVM_PARAM_STORE_EVTCHN,
        HVM_PARAM_CONSOLE_PFN,  HVM_PARAM_CONSOLE_EVTCHN, HVM_PARAM_VM_GENERATION_ID_ADDR,
    };
    const unsigned fixed[] = {HVM_PARAM_STORE_PFN, HVM_PARAM_CONSOLE_PFN, HVM_PARAM_IOREQ_PFN,
                              HVM_PARAM_IDENT_PT, HVM_PARAM_TRIPLE_FAULT_REASON};
    const unsigned none[] = {HVM_NR_PARAMS, 0x7fffffff, 0x80000000, 0xffffffff};
    uint64_t value;
    for (unsigned i = 0; i < ARRAY_SIZE(readable); i++)
        test_returns(hvm_param_get(readable[i], &value), 0);
    for (unsigned i = 0; i < ARRAY_SIZE(fixed); i++)
        test_check(hvm_param_set(fixed[i], 0x1234) < 0, "parameter %u can be set", fixed[i]);
    for (unsigned i = 0; i < ARRAY_SIZE(none); i++) {
        test_returns(hvm_param_get(none[i], &value), -XEN_EINVAL);
        test_returns(hvm_param_set(none[i], 0), -XEN_EINVAL);
    }
    test_check(hvm_param_get(HVM_PARAM_IOREQ_SERVER_PFN, &value) < 0, "ioreq server pfn is shown");
    hvm_param_get(HVM_PARAM_CALLBACK_IRQ, &value);
    test_equal(value, (uint64_t)HVM_PARAM_CALLBACK_TYPE_VECTOR << 56 | EVENT_VECTOR);
    test_check(param(HVMOP_get_param, 0x7000, HVM_PARAM_STORE_PFN) < 0, "foreign get");
    test_check(param(HVMOP_set_param, 0x7000, HVM_PARAM_CALLBACK_IRQ) < 0, "foreign set");
    test_returns(param(HVMOP_get_param, 0x7000, HVM_NR_PARAMS), -XEN_EINVAL);
}

static void upcall_vectors(void)
{
    struct xen_hvm_evtchn_upcall_vector set = {.vcpu = 0, .vector = 15};
    test_returns(HYPERVISOR_hvm_op(HVMOP_set_evtchn_upcall_vector, &set), -XEN_EINVAL);
    set.vector = 1;
    test_returns(HYPERVISOR_hvm_op(HVMOP_set_evtchn_upcall_vector, &set), -XEN_EINVAL);
    set = (struct xen_hvm_evtchn_upcall_vector){.vcpu = 99, .vector = 0x30};
    test_returns(HYPERVISOR_hvm_op(HVMOP_set_evtchn_upcall_vector, &set), -XEN_ENOENT);
}

static void others(void)
{
    static uint64_t buffer[8];
    struct xen_hvm_get_time time = {0};
    uint64_t before = clock_ns();
    test_returns(HYPERVISOR_hvm_op(HVMOP_get_time, &time), 0);
    test_check(time.now >= before && time.now <= clock_ns(), "time %lu", time.now);
    test_returns(HYPERVISOR_hvm_op(HVMOP_flush_tlbs, NULL), 0);
    test_returns(HYPERVISOR_hvm_op(HVMOP_flush_tlbs, buffer), -XEN_EINVAL);
    test_returns(HYPERVISOR_hvm_op(HVMOP_guest_request_vm_event, NULL), -XEN_EOPNOTSUPP);
    test_returns(HYPERVISOR_hvm_op(99, buffer), -XEN_ENOSYS);
    test_returns(HYPERVISOR_hvm_op(0xffffffff, buffer), -XEN_ENOSYS);
}

static void bad_pointers(void)
{
    const unsigned ops[] = {HVMOP_set_param, HVMOP_get_param, HVMOP_get_time,
                            HVMOP_set_evtchn_upcall_vector};
    for (unsigned i = 0; i < ARRAY_SIZE(ops); i++)
        for (unsigned j = 0; j < TEST_BAD_POINTERS; j++)
            test_check(HYPERVISOR_hvm_op(ops[i], test_bad_pointer(j)) == -XEN_EFAULT,
                       "op %u takes %s", ops[i], test_bad_pointer_name(j));
}

void test_main(void)
{
    parameters();
    upcall_vectors();
    others();
    bad_pointers();
}
