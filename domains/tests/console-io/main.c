/* console_io: allowed or refused, but never more than that. */
#include <ringside-rt/hypercall.h>
#include <ringside-rt/test.h>
#include <ringside-rt/test_pointers.h>

void test_main(void)
{
    static char text[] = "by console_io\n";
    static char input[16];
    const unsigned huge[] = {0x7fffffff, 0x80000000, 0xffffffff};
    long rc = HYPERVISOR_console_io(CONSOLEIO_write, sizeof(text) - 1, text);
    test_check(rc == 0 || rc == -XEN_EPERM, "write: %s", errno_name(rc));
    test_returns(HYPERVISOR_console_io(CONSOLEIO_write, 0, text), rc);
    for (unsigned i = 0; i < ARRAY_SIZE(huge); i++)
        test_check(HYPERVISOR_console_io(CONSOLEIO_write, huge[i], test_bad_pointer(i)) < 0,
                   "%#x bytes written from %s", huge[i], test_bad_pointer_name(i));
    for (unsigned i = 0; i < TEST_BAD_POINTERS; i++)
        test_returns(HYPERVISOR_console_io(CONSOLEIO_write, 16, test_bad_pointer(i)),
                     rc ? rc : -XEN_EFAULT);
    rc = HYPERVISOR_console_io(CONSOLEIO_read, sizeof(input), input);
    test_check((rc >= 0 && rc <= (long)sizeof(input)) || rc == -XEN_EPERM, "read: %ld", rc);
    test_returns(HYPERVISOR_console_io(99, 1, text), -XEN_ENOSYS);
    test_returns(HYPERVISOR_console_io(0xffffffff, 1, text), -XEN_ENOSYS);
}
