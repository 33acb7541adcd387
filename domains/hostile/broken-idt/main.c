/* An exception without an IDT: a triple fault. */
#include <ringside-rt/print.h>
#include <ringside-rt/test.h>

void test_main(void)
{
    struct {
        uint16_t limit;
        uint64_t base;
    } __attribute__((packed)) idtr = {0, 0};
    printf("loading an empty IDT\n");
    asm volatile("lidt %0; int3" ::"m"(idtr));
}
