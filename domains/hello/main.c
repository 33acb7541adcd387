/* Says hello: who we are, what we have, what time it is. */
#include <ringside-rt/clock.h>
#include <ringside-rt/cmdline.h>
#include <ringside-rt/cpu.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/print.h>
#include <ringside-rt/smp.h>

int main(void)
{
    long version = HYPERVISOR_xen_version(XENVER_version, NULL);
    struct cpuid id = cpuid(hypercall_cpuid_base() + 4, 0);
    printf("Hello from domain %u\n", id.ecx);
    printf("  Xen ABI %ld.%ld, %u vCPU(s), %lu MiB of memory, %lu KiB free\n", version >> 16,
           version & 0xffff, smp_vcpus(), memory_size() >> 20, pages_free() * 4);
    printf("  command line: \"%s\"\n", cmdline());
    printf("  system time %lu ns, %lu s since 1970\n", clock_ns(), clock_wall_ns() / NS_PER_S);
    return 0;
}
