/* Several vCPUs: up, down, what they are doing, and interrupting each other. vcpus=2 or more. */
#include <ringside-rt/clock.h>
#include <ringside-rt/cpu.h>
#include <ringside-rt/event.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/percpu.h>
#include <ringside-rt/smp.h>
#include <ringside-rt/test.h>

#define ROUNDS 20

static unsigned ran_on[VCPUS_MAX];
static evtchn_port_t to_vcpu1, to_vcpu0;
static unsigned received;

static void note(void *arg)
{
    ran_on[(uintptr_t)arg] = vcpu_id();
}

static void before_initialise(void)
{
    test_returns(HYPERVISOR_vcpu_op(VCPUOP_is_up, 0, NULL), 1);
    test_returns(HYPERVISOR_vcpu_op(VCPUOP_is_up, 1, NULL), 0);
    test_returns(HYPERVISOR_vcpu_op(VCPUOP_up, 1, NULL), -XEN_EINVAL);
    test_returns(HYPERVISOR_vcpu_op(VCPUOP_is_up, smp_vcpus(), NULL), -XEN_ENOENT);
    test_returns(HYPERVISOR_vcpu_op(VCPUOP_up, smp_vcpus(), NULL), -XEN_ENOENT);
}

static void each_runs(void)
{
    for (unsigned round = 0; round < 3; round++)
        for (unsigned vcpu = 1; vcpu < smp_vcpus(); vcpu++) {
            ran_on[vcpu] = 0;
            test_returns(smp_start(vcpu, note, (void *)(uintptr_t)vcpu), 0);
            smp_join(vcpu);
            test_equal(ran_on[vcpu], vcpu);
        }
}

static void after_initialise(void)
{
    struct vcpu_hvm_context context = {.mode = VCPU_HVM_MODE_64B};
    struct vcpu_runstate_info state = {0};
    test_returns(HYPERVISOR_vcpu_op(VCPUOP_initialise, 1, &context), -XEN_EEXIST);
    while (HYPERVISOR_vcpu_op(VCPUOP_is_up, 1, NULL) == 1)
        HYPERVISOR_sched_op(SCHEDOP_yield, NULL);
    test_returns(HYPERVISOR_vcpu_op(VCPUOP_get_runstate_info, 1, &state), 0);
    test_equal(state.state, RUNSTATE_offline);
    test_returns(HYPERVISOR_vcpu_op(VCPUOP_get_runstate_info, 0, &state), 0);
    test_equal(state.state, RUNSTATE_running);
    test_check(state.time[RUNSTATE_running] > 0, "vCPU 0 never ran");
    uint64_t sum = 0;
    for (unsigned i = 0; i < 4; i++)
        sum += state.time[i];
    test_check(sum <= clock_ns(), "%lu ns in all states, system time %lu", sum, clock_ns());
}

static void answer(void *arg)
{
    (void)arg;
    for (unsigned i = 0; i < ROUNDS; i++) {
        event_wait(to_vcpu1);
        received++;
        event_send(to_vcpu0);
    }
}

static void interrupts(void)
{
    int a = event_bind_ipi(1), b = event_bind_ipi(0);
    test_need(a > 0 && b > 0);
    to_vcpu1 = (evtchn_port_t)a;
    to_vcpu0 = (evtchn_port_t)b;
    test_returns(smp_start(1, answer, NULL), 0);
    for (unsigned i = 0; i < ROUNDS; i++) {
        event_send(to_vcpu1);
        event_wait(to_vcpu0);
        test_equal(received, i + 1);
    }
    smp_join(1);
}

static void spin(void *arg)
{
    while (!READ_ONCE(*(bool *)arg))
        cpu_relax();
}

static void both_make_progress(void)
{
    static bool stop;
    test_returns(smp_start(1, spin, &stop), 0);
    test_returns(HYPERVISOR_vcpu_op(VCPUOP_is_up, 1, NULL), 1);
    uint64_t end = clock_ns() + 20 * NS_PER_MS;
    while (clock_ns() < end)
        cpu_relax();
    WRITE_ONCE(stop, true);
    smp_join(1);
    test_check(true, "vCPU 1 saw the store");
}

void test_main(void)
{
    if (smp_vcpus() < 2)
        test_skip("needs vcpus = 2");
    before_initialise();
    each_runs();
    after_initialise();
    interrupts();
    both_make_progress();
}
