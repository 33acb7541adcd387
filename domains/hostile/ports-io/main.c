/* Every I/O port, read and written in every width; every MSR around Xen's; strange CPUID leaves. */
#include <ringside-rt/cpu.h>
#include <ringside-rt/exception.h>
#include <ringside-rt/random.h>
#include <ringside-rt/test.h>

static void touch_port(uint16_t port)
{
    uint32_t value;
    asm volatile("inb %w1, %b0" : "=a"(value) : "d"(port));
    asm volatile("inw %w1, %w0" : "=a"(value) : "d"(port));
    asm volatile("inl %w1, %0" : "=a"(value) : "d"(port));
    /* The value must be no hypercall number, should a port take it for one. */
    asm volatile("outb %b0, %w1" ::"a"(0xffffffff), "d"(port) : "memory");
    asm volatile("outw %w0, %w1" ::"a"(0xffffffff), "d"(port) : "memory");
    asm volatile("outl %0, %w1" : "=a"(value) : "d"(port), "0"(0xffffffff) : "memory");
}

static void write_msr(void *index)
{
    wrmsr((uint32_t)(uintptr_t)index, 0x123456789abcdef0);
}

static void read_msr(void *index)
{
    rdmsr((uint32_t)(uintptr_t)index);
}

void test_main(void)
{
    struct random *random = random_default();
    for (unsigned port = 0; port < 0x10000; port++)
        if (port != 0xe9)
            touch_port((uint16_t)port);
    for (uintptr_t msr = 0x40000000; msr < 0x40000200; msr++) {
        exception_catch(read_msr, (void *)msr, NULL);
        test_check(exception_catch(write_msr, (void *)msr, NULL), "MSR %#lx was written", msr);
    }
    for (unsigned i = 0; i < 2000; i++)
        exception_catch(read_msr, (void *)(uintptr_t)random_next(random), NULL);
    for (unsigned i = 0; i < 2000; i++)
        cpuid((uint32_t)random_next(random), (uint32_t)random_next(random));
    test_end_by_fault();
}
