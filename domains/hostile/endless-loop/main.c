/* Spins with interrupts off. Only the hypervisor's own watchdog ends this. */
#include <ringside-rt/cpu.h>
#include <ringside-rt/print.h>
#include <ringside-rt/test.h>

void test_main(void)
{
    printf("spinning\n");
    irq_disable();
    for (;;)
        compiler_barrier();
}
