/* Every exception a kernel can raise: vector, error code, address, and going on afterwards. */
#include <ringside-rt/cpu.h>
#include <ringside-rt/exception.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/paging.h>
#include <ringside-rt/percpu.h>
#include <ringside-rt/test.h>

static void divide(void *arg)
{
    asm volatile("div %b1" ::"a"(1), "c"(0));
    (void)arg;
}

static void int3(void *arg)
{
    asm volatile("int3");
    (void)arg;
}

static void int4(void *arg)
{
    asm volatile("int $4");
    (void)arg;
}

static void ud2(void *arg)
{
    asm volatile("ud2");
    (void)arg;
}

static void load_ds(void *arg)
{
    asm volatile("mov %w0, %%ds" ::"r"((uintptr_t)arg));
}

static void read(void *arg)
{
    (void)*(volatile uint64_t *)arg;
}

static void write(void *arg)
{
    *(volatile uint64_t *)arg = 1;
}

static void jump(void *arg)
{
    ((void (*)(void))arg)();
}

static void read_stack(void *arg)
{
    asm volatile("push %%rbp; mov %0, %%rbp; mov (%%rbp), %%rax; pop %%rbp" ::"r"(arg) : "rax");
}

static void push_at(void *arg)
{
    asm volatile("mov %%rsp, %%rbx; mov %0, %%rsp; push %%rax; mov %%rbx, %%rsp" ::"r"(arg)
                 : "rbx", "memory");
}

static void bad_msr(void *arg)
{
    wrmsr((uint32_t)(uintptr_t)arg, 0);
}

/* Runs fn(arg) and compares; cr2 is only looked at for page faults. */
static void expect(const char *what, void (*fn)(void *), uintptr_t arg, unsigned vector,
                   uint64_t error, uint64_t cr2)
{
    struct exception_info info = {0};
    bool caught = exception_catch(fn, (void *)arg, &info);
    test_check(caught, "%s: no exception", what);
    test_check(info.vector == vector, "%s: %s (%u), expected %s", what,
               exception_name(info.vector), info.vector, exception_name(vector));
    test_check(info.error == error, "%s: error code %#lx, expected %#lx", what, info.error, error);
    if (vector == X86_EXC_PF)
        test_check(info.cr2 == cr2, "%s: cr2 %#lx, expected %#lx", what, info.cr2, cr2);
}

static void faults(void)
{
    expect("division by zero", divide, 0, X86_EXC_DE, 0, 0);
    expect("int3", int3, 0, X86_EXC_BP, 0, 0);
    expect("int 4", int4, 0, X86_EXC_OF, 0, 0);
    expect("ud2", ud2, 0, X86_EXC_UD, 0, 0);
    expect("selector behind the GDT", load_ds, 0x1230, X86_EXC_GP, 0x1230, 0);
    expect("system descriptor as data", load_ds, SELECTOR_TSS, X86_EXC_GP, SELECTOR_TSS, 0);
    expect("non-canonical read", read, 0x0001000000000000, X86_EXC_GP, 0, 0);
    expect("non-canonical stack read", read_stack, 0x0001000000000000, X86_EXC_SS, 0, 0);
    expect("unknown MSR", bad_msr, 0x400000ff, X86_EXC_GP, 0, 0);
}

static void page_faults(void)
{
    char *page = page_alloc(1);
    const uintptr_t far = 0x7f0000001238;
    test_need(page);
    expect("null read", read, 8, X86_EXC_PF, 0, 8);
    expect("read", read, far, X86_EXC_PF, 0, far);
    expect("write", write, far, X86_EXC_PF, PFEC_WRITE, far);
    expect("fetch", jump, far, X86_EXC_PF, PFEC_FETCH, far);
    expect("execute data", jump, (uintptr_t)page, X86_EXC_PF, PFEC_PRESENT | PFEC_FETCH,
           (uintptr_t)page);
    expect("write text", write, (uintptr_t)ud2, X86_EXC_PF, PFEC_PRESENT | PFEC_WRITE,
           (uintptr_t)ud2);
    paging_protect((uintptr_t)page, 1, PAGING_READ);
    expect("write to read-only", write, (uintptr_t)page + 16, X86_EXC_PF,
           PFEC_PRESENT | PFEC_WRITE, (uintptr_t)page + 16);
    paging_protect((uintptr_t)page, 1, PAGING_WRITE);
    test_check(!exception_catch(write, page, NULL), "a writable page faults");
    page_free(page, 1);
}

static unsigned seen[3];

/* Handler of #BP: raises #UD itself, and goes on. */
static bool on_breakpoint(struct exception_frame *frame)
{
    seen[0]++;
    ud2(NULL);
    seen[2] += frame->vector == X86_EXC_BP;
    return true;
}

/* Handler of #UD: skips the two bytes of ud2. */
static bool on_invalid_opcode(struct exception_frame *frame)
{
    seen[1]++;
    frame->rip += 2;
    return true;
}

static void nested(void)
{
    exception_handler_set(X86_EXC_BP, on_breakpoint);
    exception_handler_set(X86_EXC_UD, on_invalid_opcode);
    int3(NULL);
    exception_handler_set(X86_EXC_BP, NULL);
    exception_handler_set(X86_EXC_UD, NULL);
    test_equal(seen[0], 1);
    test_equal(seen[1], 1);
    test_equal(seen[2], 1);
}

static uint64_t frame_at, flags_in_handler;

static bool note_frame(struct exception_frame *frame)
{
    frame_at = (uintptr_t)frame;
    flags_in_handler = read_rflags();
    return true;
}

static void interrupt_stacks(void)
{
    struct percpu *p = percpu();
    exception_handler_set(0x70, note_frame);
    asm volatile("int $0x70" ::: "memory");
    uint64_t here = (uintptr_t)__builtin_frame_address(0);
    test_check(frame_at < here && here - frame_at < PAGE_SIZE, "frame at %#lx, stack at %#lx",
               frame_at, here);
    test_check(!(flags_in_handler & RFLAGS_IF), "an interrupt gate left IF set");
    exception_gate_ist(0x70, IST_NMI);
    asm volatile("int $0x70" ::: "memory");
    uint64_t end = (uintptr_t)(p->ist_stacks + 2);
    test_check(frame_at < end && end - frame_at < sizeof(p->ist_stacks[1]),
               "frame at %#lx, IST ends at %#lx", frame_at, end);
    exception_gate_ist(0x70, 0);
    exception_handler_set(0x70, NULL);
}

void test_main(void)
{
    faults();
    page_faults();
    nested();
    interrupt_stacks();
    /* No stack to report the fault on: it becomes a double fault, which has its own. */
    expect("push to nowhere", push_at, 0x7f0000001000, X86_EXC_DF, 0, 0);
    expect("non-canonical push", push_at, 0x0001000000000000, X86_EXC_DF, 0, 0);
}
