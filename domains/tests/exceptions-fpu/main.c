/* Exceptions of the x87 unit: #NM, #MF. That of SSE is in exceptions-sse. */
#include <ringside-rt/cpu.h>
#include <ringside-rt/exception.h>
#include <ringside-rt/test.h>

#define CR0_TS (1ul << 3)

static void cr0_write(uint64_t value)
{
    asm volatile("mov %0, %%cr0" ::"r"(value) : "memory");
}

static uint64_t cr0_read(void)
{
    uint64_t value;
    asm volatile("mov %%cr0, %0" : "=r"(value));
    return value;
}

static void fnop(void *arg)
{
    (void)arg;
    asm volatile("fnop");
}

/* 1 / 0 with the x87 exception unmasked; reported by the next waiting instruction. */
static void x87(void *arg)
{
    const uint16_t unmasked = 0x037b;
    (void)arg;
    asm volatile("fninit; fldcw %0; fld1; fldz; fdivrp; fwait" ::"m"(unmasked));
}

/* The same, and FNENI, FNDISI and FNSETPM, which do nothing and wait for nothing. */
static void x87_no_wait(void *arg)
{
    const uint16_t unmasked = 0x037b;
    (void)arg;
    asm volatile("fninit; fldcw %0; fld1; fldz; fdivrp" ::"m"(unmasked));
    asm volatile(".byte 0xdb, 0xe0; .byte 0xdb, 0xe1; .byte 0xdb, 0xe4; fnclex; fwait");
}

static void expect(const char *what, void (*fn)(void *), unsigned vector)
{
    struct exception_info info = {0};
    test_check(exception_catch(fn, NULL, &info), "%s: no exception", what);
    test_check(info.vector == vector, "%s: %s, expected %s", what, exception_name(info.vector),
               exception_name(vector));
}

void test_main(void)
{
    uint64_t cr0 = cr0_read();
    cr0_write(cr0 | CR0_TS);
    expect("x87 with CR0.TS", fnop, X86_EXC_NM);
    cr0_write(cr0);
    expect("x87 division by zero", x87, X86_EXC_MF);
    test_check(!exception_catch(x87_no_wait, NULL, &(struct exception_info){0}),
               "the control forms of older coprocessors wait");
    asm volatile("fninit");
}
