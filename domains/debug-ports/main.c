/* Speaks without any hypercall: text to the debug console, then value=N to the debug exit port. */
#include <ringside-rt/cmdline.h>
#include <ringside-rt/cpu.h>

#define DEBUGCON 0xe9
#define DEBUG_EXIT 0x501

int main(void)
{
    for (const char *c = "written to a port\n"; *c; c++)
        outb(DEBUGCON, (uint8_t)*c);
    outb(DEBUG_EXIT, (uint8_t)cmdline_u64("value", 0));
    return 0;
}
