/* Ring 3: what it may not do, and that hypercalls are refused. */
#include <ringside-rt/hypercall.h>
#include <ringside-rt/test.h>
#include <ringside-rt/user.h>

static uint64_t add_one(uint64_t n)
{
    return n + 1;
}

static uint64_t halt(uint64_t n)
{
    asm volatile("hlt");
    return n;
}

static uint64_t disable_interrupts(uint64_t n)
{
    asm volatile("cli");
    return n;
}

static uint64_t interrupt_70(uint64_t n)
{
    asm volatile("int $0x70");
    return n;
}

static uint64_t read(uint64_t address)
{
    return *(volatile uint64_t *)address;
}

static uint64_t write(uint64_t address)
{
    *(volatile uint64_t *)address = 1;
    return 0;
}

static uint64_t ask_version(uint64_t n)
{
    (void)n;
    return (uint64_t)HYPERVISOR_xen_version(XENVER_version, NULL);
}

static void expect(const char *what, uint64_t (*fn)(uint64_t), uint64_t arg, unsigned vector,
                   uint64_t error)
{
    struct exception_info info = {0};
    uint64_t result;
    test_check(user_call(fn, arg, &result, &info), "%s: no exception", what);
    test_check(info.vector == vector && info.error == error,
               "%s: %s error %#lx, expected %s error %#lx", what, exception_name(info.vector),
               info.error, exception_name(vector), error);
}

void test_main(void)
{
    static uint64_t kernel_data;
    uint64_t result = 0;
    test_check(!user_call(add_one, 41, &result, NULL), "a plain function ends in an exception");
    test_equal(result, 42);
    expect("hlt", halt, 0, X86_EXC_GP, 0);
    expect("cli", disable_interrupts, 0, X86_EXC_GP, 0);
    expect("int to a kernel gate", interrupt_70, 0, X86_EXC_GP, 0x70 * 8 + 2);
    expect("kernel read", read, (uintptr_t)&kernel_data, X86_EXC_PF, PFEC_PRESENT | PFEC_USER);
    expect("text write", write, (uintptr_t)add_one, X86_EXC_PF,
           PFEC_PRESENT | PFEC_WRITE | PFEC_USER);
    expect("unmapped read", read, 0x7f0000000000, X86_EXC_PF, PFEC_USER);
    test_check(!user_call(ask_version, 0, &result, NULL), "a hypercall raises an exception");
    test_returns(result, -XEN_EPERM);
}
