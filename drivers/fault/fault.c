/* How a domain goes wrong when its fault plan says so. */
#include <ringside-rt/cpu.h>
#include <ringside-rt/fault.h>
#include <ringside-rt/spinlock.h>
#include <ringside-rt/thread.h>

/* Above all memory that a guest of ours maps. */
#define NOWHERE 0x7f0000000000ul

void fault_page_fault(void)
{
    for (;;)
        (void)*(const volatile uint64_t *)NOWHERE;
}

void fault_loop(void)
{
    for (;;)
        compiler_barrier();
}

void fault_spin(void)
{
    irq_save();
    for (;;)
        compiler_barrier();
}

void fault_deadlock(void)
{
    static struct spinlock lock;
    for (;;)
        spin_lock(&lock);
}

void fault_block(void)
{
    for (;;)
        thread_block();
}
