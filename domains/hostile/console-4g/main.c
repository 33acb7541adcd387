/* Console writes of up to 4 GiB, by hypercall and by ring. */
#include <ringside-rt/console.h>
#include <ringside-rt/event.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/test.h>

void test_main(void)
{
    static char text[] = "0123456789abcdef";
    const unsigned counts[] = {0x10000000, 0x7fffffff, 0x80000000, 0xffffffff};
    for (unsigned i = 0; i < ARRAY_SIZE(counts); i++) {
        test_check(HYPERVISOR_console_io(CONSOLEIO_write, counts[i], text) < 0,
                   "wrote %u bytes", counts[i]);
        void *last = (void *)0xfffffffffffff000;
        test_check(HYPERVISOR_console_io(CONSOLEIO_write, counts[i], last) < 0,
                   "wrote %u bytes from the end", counts[i]);
        test_check(HYPERVISOR_console_io(CONSOLEIO_read, counts[i], (void *)16) <= 0,
                   "read %u bytes", counts[i]);
    }
    test_end_by_fault();
}
