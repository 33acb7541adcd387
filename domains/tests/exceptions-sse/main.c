/* The exception of SSE: #XM. Emulated processors often compute on instead, which is skipped. */
#include <ringside-rt/exception.h>
#include <ringside-rt/test.h>

static void sse(void *arg)
{
    const uint32_t unmasked = 0x1d80;
    (void)arg;
    asm volatile("ldmxcsr %0\n"
                 "mov $1, %%eax\n"
                 "cvtsi2ss %%eax, %%xmm0\n"
                 "pxor %%xmm1, %%xmm1\n"
                 "divss %%xmm1, %%xmm0\n" ::"m"(unmasked)
                 : "eax");
}

void test_main(void)
{
    struct exception_info info = {0};
    if (!exception_catch(sse, NULL, &info))
        test_skip("this processor raises no SSE exceptions");
    test_check(info.vector == X86_EXC_XM, "%s, expected #XM", exception_name(info.vector));
}
