/*
 * The cheapest hypercall, rounds=N times, samples=M times over. The host takes the time between the
 * lines "begin" and "end".
 */
#include <ringside-rt/cmdline.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/print.h>

int main(void)
{
    uint64_t rounds = cmdline_u64("rounds", 1000), samples = cmdline_u64("samples", 1);
    for (uint64_t s = 0; s < samples; s++) {
        printf("begin\n");
        for (uint64_t i = 0; i < rounds; i++)
            HYPERVISOR_xen_version(XENVER_version, NULL);
        printf("end\n");
    }
    return 0;
}
