/* Starts vCPUs with registers that cannot be, and then with some that cannot run. vcpus=2. */
#include <ringside-rt/cpu.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/random.h>
#include <ringside-rt/smp.h>
#include <ringside-rt/test.h>

static long initialise(struct vcpu_hvm_context *context)
{
    return HYPERVISOR_vcpu_op(VCPUOP_initialise, 1, context);
}

void test_main(void)
{
    struct random *random = random_default();
    struct vcpu_hvm_context context = {.mode = 2};
    if (smp_vcpus() < 2)
        test_skip("needs vcpus = 2");
    test_check(initialise(&context) < 0, "mode 2");
    context.mode = 0xffffffff;
    test_check(initialise(&context) < 0, "mode 2^32-1");
    context = (struct vcpu_hvm_context){.mode = VCPU_HVM_MODE_64B};
    test_check(initialise(&context) < 0, "64-bit mode without paging");
    for (unsigned i = 0; i < 200 && !test_failures(); i++) {
        for (unsigned j = 2; j < sizeof(context) / 4; j++)
            ((uint32_t *)&context)[j] = (uint32_t)random_next(random);
        context.mode = (uint32_t)random_below(random, 3);
        if (initialise(&context) == 0)
            break;
    }
    /* Possible registers, but there is no code: its exceptions have no IDT. */
    context = (struct vcpu_hvm_context){.mode = VCPU_HVM_MODE_64B};
    context.cpu_regs.x86_64.rip = 0x7fffdeadb000;
    context.cpu_regs.x86_64.rflags = 2;
    context.cpu_regs.x86_64.cr0 = CR0_PG | CR0_WP | CR0_NE | CR0_ET | CR0_PE;
    context.cpu_regs.x86_64.cr3 = read_cr3();
    context.cpu_regs.x86_64.cr4 = CR4_PAE;
    context.cpu_regs.x86_64.efer = EFER_LME | EFER_LMA;
    initialise(&context);
    HYPERVISOR_vcpu_op(VCPUOP_up, 1, NULL);
    for (unsigned i = 0; i < 1000000; i++)
        HYPERVISOR_sched_op(SCHEDOP_yield, NULL);
    test_check(false, "vCPU 1 lives");
}
