/* Wild pointers in every argument of every hypercall and operation. */
#include <ringside-rt/hypercall.h>
#include <ringside-rt/test.h>
#include <ringside-rt/test_pointers.h>

#define OPERATIONS 48

/* What would stop or put to sleep the caller, pointer or not. */
static bool suicidal(unsigned number, unsigned op)
{
    switch (number) {
    case __HYPERVISOR_sched_op_compat:
        return op == 1 || op == 2;
    case __HYPERVISOR_sched_op:
        return op == SCHEDOP_block;
    case __HYPERVISOR_vcpu_op:
        return op == VCPUOP_down || op == VCPUOP_send_nmi;
    default:
        return false;
    }
}

/* Where the pointer stands: the first, second and third argument in turn; answers of any kind. */
static void everywhere(unsigned number, unsigned op, uint64_t bad)
{
    hypercall(number, op, bad, 1, bad, bad);
    hypercall(number, op, 0, bad, bad, bad);
    if (number != __HYPERVISOR_sched_op_compat)
        hypercall(number, bad, bad, bad, bad, bad);
}

void test_main(void)
{
    for (unsigned number = 0; number < 64; number++)
        for (unsigned op = 0; op < OPERATIONS; op++)
            for (unsigned i = 0; i < TEST_BAD_POINTERS && !suicidal(number, op); i++)
                everywhere(number, op, (uintptr_t)test_bad_pointer(i));
    for (unsigned i = 0; i < TEST_BAD_POINTERS; i++) {
        void *bad = test_bad_pointer(i);
        test_returns(HYPERVISOR_event_channel_op(EVTCHNOP_send, bad), -XEN_EFAULT);
        test_returns(HYPERVISOR_memory_op(XENMEM_populate_physmap, bad), -XEN_EFAULT);
        test_returns(HYPERVISOR_grant_table_op(GNTTABOP_copy, bad, 7), -XEN_EFAULT);
        test_returns(HYPERVISOR_sched_op(SCHEDOP_poll, bad), -XEN_EFAULT);
        test_returns(HYPERVISOR_multicall(bad, 3), -XEN_EFAULT);
    }
    test_end_by_fault();
}
