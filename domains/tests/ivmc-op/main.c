/* ivmc_op: arguments good and bad, from a domain to which the description gives no service. */
#include <ringside-rt/hypercall.h>
#include <ringside-rt/ivmc_registry.h>
#include <ringside-rt/string.h>
#include <ringside-rt/test.h>
#include <ringside-rt/test_pointers.h>

#define NO_ROLE 2

static long try_register(const char *name, size_t length, uint32_t role)
{
    struct ivmc_register arg = {.role = role, .epoch = 1, .slot = 77, .port = 78};
    memcpy(arg.service, name, length);
    long rc = HYPERVISOR_ivmc_op(IVMCOP_register, &arg);
    test_equal(arg.slot, 77);
    test_equal(arg.port, 78);
    return rc;
}

static long try_fetch(const char *name, size_t length, uint32_t role)
{
    struct ivmc_fetch arg = {.role = role, .slot = 0xffffffff};
    memcpy(arg.service, name, length);
    return HYPERVISOR_ivmc_op(IVMCOP_fetch, &arg);
}

static void names_and_roles(void)
{
    static const char endless[] = "sixteen-letters-";
    static const char bytes[] = "\xff\xfe\x80\x01";
    for (uint32_t role = IVMC_SERVER; role <= NO_ROLE; role++) {
        long refused = role == NO_ROLE ? -XEN_EINVAL : -XEN_EPERM;
        test_returns(try_register("storage", 7, role), refused);
        test_returns(try_register(endless, 15, role), refused);
        test_returns(try_register(bytes, 4, role), refused);
        test_returns(try_register(endless, IVMC_SERVICE_BYTES, role), -XEN_EINVAL);
        test_returns(try_register("", 0, role), -XEN_EINVAL);
        test_returns(try_fetch("storage", 7, role), refused);
        test_returns(try_fetch(bytes, 4, role), refused);
        test_returns(try_fetch(endless, IVMC_SERVICE_BYTES, role), -XEN_EINVAL);
        test_returns(try_fetch("", 0, role), -XEN_EINVAL);
    }
    test_returns(try_register("storage", 7, 0xffffffff), -XEN_EINVAL);
}

static void runtime(void)
{
    struct ivmc_register reply;
    struct ivmc_fetch record;
    test_returns(ivmc_register_server("storage", &reply), -XEN_EPERM);
    test_returns(ivmc_register_client("storage", 8, 1, &reply), -XEN_EPERM);
    test_returns(ivmc_register_server("sixteen-letters-", &reply), -XEN_EINVAL);
    test_returns(ivmc_fetch_server("storage", &record), -XEN_EPERM);
    test_returns(ivmc_fetch_client("storage", 0, &record), -XEN_EPERM);
    test_returns(ivmc_serves(1, 1), -XEN_EPERM);
    test_returns(ivmc_serves(DOMID_SELF, DOMID_SELF), -XEN_EPERM);
    test_returns(ivmc_fetch_client("a-name-of-much-more-than-that", 0, &record), -XEN_EINVAL);
}

static void compat(void)
{
    static struct ivmc_register arg = {.service = "storage", .role = IVMC_CLIENT, .epoch = 1};
    test_returns(hypercall_compat(__HYPERVISOR_ivmc_op, IVMCOP_register, (uint32_t)(uintptr_t)&arg,
                                  0, 0, 0), -XEN_EPERM);
    test_returns(hypercall_compat(__HYPERVISOR_ivmc_op, IVMCOP_register, 16, 0, 0, 0),
                 -XEN_EFAULT);
}

void test_main(void)
{
    static uint64_t nothing[8];
    names_and_roles();
    runtime();
    compat();
    test_returns(HYPERVISOR_ivmc_op(IVMCOP_serves + 1, nothing), -XEN_ENOSYS);
    test_returns(HYPERVISOR_ivmc_op(0xffffffff, nothing), -XEN_ENOSYS);
    for (unsigned op = IVMCOP_register; op <= IVMCOP_serves; op++) {
        for (unsigned i = 0; i < TEST_BAD_POINTERS; i++)
            test_check(HYPERVISOR_ivmc_op(op, test_bad_pointer(i)) == -XEN_EFAULT,
                       "op %u takes %s", op, test_bad_pointer_name(i));
    }
}
