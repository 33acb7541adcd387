/* multicall: results one by one, no nesting, nothing lost when the list cannot be read. */
#include <ringside-rt/event.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/test.h>
#include <ringside-rt/test_pointers.h>

static struct multicall_entry calls[256];

static void results(void)
{
    struct xen_feature_info features = {.submap_idx = 1};
    calls[0] = (struct multicall_entry){
        .op = __HYPERVISOR_xen_version, .args = {XENVER_pagesize}};
    calls[1] = (struct multicall_entry){
        .op = __HYPERVISOR_xen_version, .args = {XENVER_get_features, (uintptr_t)&features}};
    calls[2] = (struct multicall_entry){.op = 127, .result = 5};
    calls[3] = (struct multicall_entry){.op = ~0ul, .result = 5};
    calls[4] = (struct multicall_entry){
        .op = __HYPERVISOR_event_channel_op,
        .args = {EVTCHNOP_send, (uintptr_t)test_bad_pointer(0)}};
    test_returns(HYPERVISOR_multicall(calls, 5), 0);
    test_returns(calls[0].result, 4096);
    test_returns(calls[1].result, -XEN_EINVAL);
    test_returns(calls[2].result, -XEN_ENOSYS);
    test_returns(calls[3].result, -XEN_ENOSYS);
    test_returns(calls[4].result, -XEN_EFAULT);
    test_returns(HYPERVISOR_multicall(calls, 0), 0);
}

static void many(void)
{
    int port = event_bind_ipi(0);
    test_need(port > 0);
    struct evtchn_send send = {(evtchn_port_t)port};
    for (unsigned i = 0; i < ARRAY_SIZE(calls); i++)
        calls[i] = (struct multicall_entry){
            .op = __HYPERVISOR_event_channel_op,
            .result = 99,
            .args = {EVTCHNOP_send, (uintptr_t)&send},
        };
    test_returns(HYPERVISOR_multicall(calls, ARRAY_SIZE(calls)), 0);
    for (unsigned i = 0; i < ARRAY_SIZE(calls); i++)
        if (!test_returns(calls[i].result, 0))
            break;
    event_wait((evtchn_port_t)port);
    event_close((evtchn_port_t)port);
}

/* A list that runs into a page that is not mapped: the calls before it are made. */
static void cut_off(void)
{
    struct multicall_entry *end = test_bad_pointer(5);
    end = (struct multicall_entry *)(((uintptr_t)end | (PAGE_SIZE - 1)) + 1);
    end[-1] = (struct multicall_entry){
        .op = __HYPERVISOR_xen_version, .result = 99, .args = {XENVER_pagesize}};
    test_returns(HYPERVISOR_multicall(end - 1, 2), -XEN_EFAULT);
    test_check(end[-1].result == 4096 || end[-1].result == 99, "result %lu", end[-1].result);
    for (unsigned i = 0; i < TEST_BAD_POINTERS; i++)
        test_returns(HYPERVISOR_multicall(test_bad_pointer(i), 1), -XEN_EFAULT);
    test_check(HYPERVISOR_multicall(end - 1, 0xffffffff) < 0, "2^32-1 calls");
}

void test_main(void)
{
    results();
    many();
    cut_off();
}
