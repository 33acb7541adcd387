/* vcpu_op: arguments good and bad, on vCPU 0. More vCPUs are in vcpus, timers in timers. */
#include <ringside-rt/clock.h>
#include <ringside-rt/cpu.h>
#include <ringside-rt/event.h>
#include <ringside-rt/exception.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/percpu.h>
#include <ringside-rt/test.h>
#include <ringside-rt/test_pointers.h>

static void bad_vcpus(void)
{
    static uint64_t buffer[32];
    const unsigned ids[] = {32, 128, 0x7fffffff, 0x80000000, 0xffffffff};
    const unsigned ops[] = {
        VCPUOP_initialise,         VCPUOP_up,
        VCPUOP_down,               VCPUOP_is_up,
        VCPUOP_get_runstate_info,  VCPUOP_set_periodic_timer,
        VCPUOP_register_vcpu_info, VCPUOP_send_nmi,
    };
    for (unsigned i = 0; i < ARRAY_SIZE(ids); i++)
        for (unsigned j = 0; j < ARRAY_SIZE(ops); j++)
            test_returns(HYPERVISOR_vcpu_op(ops[j], ids[i], buffer), -XEN_ENOENT);
    test_returns(HYPERVISOR_vcpu_op(16, 0, buffer), -XEN_ENOSYS);
    test_returns(HYPERVISOR_vcpu_op(0xffffffff, 0, buffer), -XEN_ENOSYS);
}

static void bad_pointers(void)
{
    const unsigned ops[] = {
        VCPUOP_get_runstate_info,
        VCPUOP_set_periodic_timer,
        VCPUOP_set_singleshot_timer,
        VCPUOP_register_vcpu_info,
        VCPUOP_register_vcpu_time_memory_area,
        VCPUOP_register_runstate_memory_area,
    };
    for (unsigned i = 0; i < ARRAY_SIZE(ops); i++)
        for (unsigned j = 0; j < TEST_BAD_POINTERS; j++)
            test_check(HYPERVISOR_vcpu_op(ops[i], 0, test_bad_pointer(j)) == -XEN_EFAULT,
                       "op %u takes %s", ops[i], test_bad_pointer_name(j));
    test_returns(HYPERVISOR_vcpu_op(VCPUOP_get_runstate_info, 0, test_readonly_page()),
                 -XEN_EFAULT);
}

static void runstate_area(void)
{
    static struct vcpu_runstate_info area;
    struct vcpu_register_runstate_memory_area set = {.addr.v = &area};
    test_returns(HYPERVISOR_vcpu_op(VCPUOP_register_runstate_memory_area, 0, &set), 0);
    HYPERVISOR_sched_op(SCHEDOP_yield, NULL);
    test_equal(area.state, RUNSTATE_running);
    test_check(area.state_entry_time <= clock_ns(), "entered at %lu", area.state_entry_time);
    set.addr.v = NULL;
    HYPERVISOR_vcpu_op(VCPUOP_register_runstate_memory_area, 0, &set);
}

static void time_area(void)
{
    static struct vcpu_time_info area;
    struct vcpu_register_time_memory_area set = {.addr.v = &area};
    test_returns(HYPERVISOR_vcpu_op(VCPUOP_register_vcpu_time_memory_area, 0, &set), 0);
    test_check(area.tsc_to_system_mul != 0 && !(area.version & 1), "the copy is empty");
}

static bool nmi_seen;

static bool on_nmi(struct exception_frame *frame)
{
    (void)frame;
    nmi_seen = true;
    return true;
}

static void nmi(void)
{
    exception_handler_set(X86_EXC_NMI, on_nmi);
    test_returns(HYPERVISOR_vcpu_op(VCPUOP_send_nmi, 0, NULL), 0);
    for (unsigned i = 0; i < 1000 && !READ_ONCE(nmi_seen); i++)
        HYPERVISOR_sched_op(SCHEDOP_yield, NULL);
    test_check(nmi_seen, "no NMI came");
}

/* Once only, so last: moves vcpu_info to a page of ours. */
static void vcpu_info(void)
{
    char *page = page_alloc(1);
    test_need(page);
    struct vcpu_register_vcpu_info set = {.mfn = (uintptr_t)page >> PAGE_SHIFT};
    set.offset = PAGE_SIZE - sizeof(struct vcpu_info) + 1;
    test_returns(HYPERVISOR_vcpu_op(VCPUOP_register_vcpu_info, 0, &set), -XEN_EINVAL);
    set.offset = 0xffffffff;
    test_returns(HYPERVISOR_vcpu_op(VCPUOP_register_vcpu_info, 0, &set), -XEN_EINVAL);
    set.offset = 64;
    set.mfn = 1ul << 52;
    test_returns(HYPERVISOR_vcpu_op(VCPUOP_register_vcpu_info, 0, &set), -XEN_EINVAL);
    set.mfn = (uintptr_t)page >> PAGE_SHIFT;
    bool irq = irq_save();
    test_returns(HYPERVISOR_vcpu_op(VCPUOP_register_vcpu_info, 0, &set), 0);
    percpu()->info = (struct vcpu_info *)(page + 64);
    irq_restore(irq);
    int port = event_bind_ipi(0);
    test_need(port > 0);
    event_send((evtchn_port_t)port);
    event_wait((evtchn_port_t)port);
    test_check(clock_ns() > 0, "no time in the moved vcpu_info");
    test_returns(HYPERVISOR_vcpu_op(VCPUOP_register_vcpu_info, 0, &set), -XEN_EINVAL);
}

void test_main(void)
{
    bad_vcpus();
    bad_pointers();
    runstate_area();
    time_area();
    nmi();
    vcpu_info();
}
