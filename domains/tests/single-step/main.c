/* #DB after each instruction with the trap flag, and by int1. */
#include <ringside-rt/exception.h>
#include <ringside-rt/test.h>

static unsigned steps;

static bool count(struct exception_frame *frame)
{
    (void)frame;
    steps++;
    return true;
}

void test_main(void)
{
    exception_handler_set(X86_EXC_DB, count);
    /* The POPF itself is not trapped; three NOPs, PUSHF, AND and the last POPF are. */
    asm volatile("pushf; orl $0x100, (%%rsp); popf\n"
                 "nop; nop; nop\n"
                 "pushf; andl $~0x100, (%%rsp); popf\n" ::
                     : "memory", "cc");
    test_equal(steps, 6);
    steps = 0;
    asm volatile(".byte 0xf1" ::: "memory"); /* int1 */
    test_equal(steps, 1);
}
