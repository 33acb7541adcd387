/* xen_version: every command, and that texts are filled up with zeros. */
#include <ringside-rt/hypercall.h>
#include <ringside-rt/string.h>
#include <ringside-rt/test.h>
#include <ringside-rt/test_pointers.h>

static char buffer[2048];

/* Calls with a buffer of 0xff; the text ends within size, and what is behind stays. */
static void text(unsigned cmd, size_t size, bool zero_filled)
{
    memset(buffer, 0xff, sizeof(buffer));
    test_returns(HYPERVISOR_xen_version(cmd, buffer), 0);
    size_t length = strnlen(buffer, size);
    test_check(length < size, "command %u: no end of the text", cmd);
    for (size_t i = length; zero_filled && i < size; i++)
        if (!test_equal(buffer[i], 0))
            break;
    test_equal((uint8_t)buffer[size], 0xff);
}

static void features(void)
{
    struct xen_feature_info info = {.submap_idx = 0};
    test_returns(HYPERVISOR_xen_version(XENVER_get_features, &info), 0);
    test_check(info.submap & 1u << XENFEAT_auto_translated_physmap, "features %#x", info.submap);
    test_check(info.submap & 1u << XENFEAT_hvm_callback_vector, "features %#x", info.submap);
    info.submap_idx = 1;
    test_returns(HYPERVISOR_xen_version(XENVER_get_features, &info), -XEN_EINVAL);
    info.submap_idx = 0xffffffff;
    test_returns(HYPERVISOR_xen_version(XENVER_get_features, &info), -XEN_EINVAL);
}

static void bad_pointers(void)
{
    const unsigned commands[] = {
        XENVER_extraversion, XENVER_compile_info,        XENVER_capabilities,
        XENVER_changeset,    XENVER_platform_parameters, XENVER_get_features,
        XENVER_guest_handle,
    };
    for (unsigned i = 0; i < ARRAY_SIZE(commands); i++) {
        for (unsigned j = 0; j < TEST_BAD_POINTERS; j++)
            test_check(HYPERVISOR_xen_version(commands[i], test_bad_pointer(j)) == -XEN_EFAULT,
                       "command %u takes %s", commands[i], test_bad_pointer_name(j));
        test_check(HYPERVISOR_xen_version(commands[i], test_readonly_page()) == -XEN_EFAULT,
                   "command %u writes to a read-only page", commands[i]);
    }
}

void test_main(void)
{
    test_check(HYPERVISOR_xen_version(XENVER_version, NULL) >> 16 >= 4, "version");
    test_returns(HYPERVISOR_xen_version(XENVER_pagesize, NULL), 4096);
    text(XENVER_extraversion, 16, true);
    text(XENVER_capabilities, 1024, true);
    test_check(strstr(buffer, "hvm-3.0-x86_64") != NULL, "capabilities \"%s\"", buffer);
    text(XENVER_changeset, 64, true);
    memset(buffer, 0xff, sizeof(buffer));
    test_returns(HYPERVISOR_xen_version(XENVER_compile_info, buffer), 0);
    test_equal((uint8_t)buffer[sizeof(struct xen_compile_info)], 0xff);
    test_returns(HYPERVISOR_xen_version(XENVER_guest_handle, buffer), 0);
    features();
    test_returns(HYPERVISOR_xen_version(0x7fffffff, buffer), -XEN_ENOSYS);
    test_returns(HYPERVISOR_xen_version(0xffffffff, buffer), -XEN_ENOSYS);
    bad_pointers();
}
