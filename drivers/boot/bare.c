/* The few things that a program without hypervisor has instead. */
#include <ringside-rt/bare.h>
#include <ringside-rt/cpu.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/paging.h>

#define PIC_MASTER_MASK 0x21
#define PIC_SLAVE_MASK 0xa1
#define TSC_PER_NS 4

void bare_init(void)
{
    outb(PIC_MASTER_MASK, 0xff);
    outb(PIC_SLAVE_MASK, 0xff);
    paging_unmap((uintptr_t)hypercall_page, 1);
}

void bare_console_write(const char *text, size_t length)
{
    for (; length; length--, text++)
        outb(BARE_DEBUGCON, (uint8_t)*text);
}

void bare_exit(uint8_t value)
{
    outb(BARE_DEBUG_EXIT, value);
    for (;;)
        asm volatile("cli; hlt");
}

uint64_t bare_clock_ns(void)
{
    return rdtsc() / TSC_PER_NS;
}
