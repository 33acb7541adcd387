/* The ways a domain ends. */
#include <ringside-rt/bare.h>
#include <ringside-rt/console.h>
#include <ringside-rt/cpu.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/percpu.h>
#include <ringside-rt/print.h>
#include <ringside-rt/shutdown.h>

void shutdown(unsigned reason)
{
    struct sched_shutdown arg = {reason};
    irq_disable();
    if (bare_machine)
        bare_exit((uint8_t)reason);
    /* With a report about a report under way, the console is what is broken. */
    if (percpu()->reports < 2)
        console_flush();
    HYPERVISOR_sched_op(SCHEDOP_shutdown, &arg);
    for (;;)
        asm volatile("cli; hlt");
}

void shutdown_poweroff(void)
{
    shutdown(SHUTDOWN_poweroff);
}

void shutdown_crash(void)
{
    shutdown(SHUTDOWN_crash);
}

void panic(const char *format, ...)
{
    va_list args;
    percpu()->reports++;
    va_start(args, format);
    printf("Panic: ");
    vprintf(format, args);
    printf("\n");
    va_end(args);
    shutdown_crash();
}
