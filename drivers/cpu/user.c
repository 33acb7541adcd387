/*
 * User mode for tests: the whole text and one stack page become accessible to ring 3. The end of
 * the function is a breakpoint at a known place, taken as an exception like any other.
 */
#include <ringside-rt/boot.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/paging.h>
#include <ringside-rt/percpu.h>
#include <ringside-rt/print.h>
#include <ringside-rt/user.h>

struct call {
    uint64_t (*fn)(uint64_t);
    uint64_t arg;
    uint64_t rsp;
};

void user_enter(uint64_t rip, uint64_t arg, uint64_t rsp, void *rsp0);
extern const uint8_t user_return[];

static uint64_t returned;

/* Keeps RAX, which exception_catch does not. */
static bool note_return(struct exception_frame *frame)
{
    if (frame->rip == (uintptr_t)user_return + 1)
        returned = frame->rax;
    return false;
}

static void enter(void *arg)
{
    struct call *call = arg;
    char *rsp0 = (char *)&percpu()->tss + offsetof(struct tss, rsp);
    user_enter((uintptr_t)call->fn, call->arg, call->rsp, rsp0);
}

bool user_call(uint64_t (*fn)(uint64_t), uint64_t arg, uint64_t *result,
               struct exception_info *info)
{
    size_t text_pages = (size_t)(image_text_end - image_text_start) / PAGE_SIZE;
    struct exception_info seen;
    uint64_t *stack = page_alloc(1);
    panic_unless(stack);
    uint64_t *top = stack + PAGE_SIZE / 8;
    *--top = (uintptr_t)user_return;
    paging_protect((uintptr_t)stack, 1, PAGING_WRITE | PAGING_USER);
    paging_protect((uintptr_t)image_text_start, text_pages, PAGING_EXECUTE | PAGING_USER);
    exception_handler_t before = exception_handler_set(X86_EXC_BP, note_return);
    struct call call = {fn, arg, (uintptr_t)top};
    panic_unless(exception_catch(enter, &call, &seen));
    exception_handler_set(X86_EXC_BP, before);
    paging_protect((uintptr_t)image_text_start, text_pages, PAGING_EXECUTE);
    paging_protect((uintptr_t)stack, 1, PAGING_WRITE);
    page_free(stack, 1);
    if (info)
        *info = seen;
    if (seen.vector == X86_EXC_BP && seen.rip == (uintptr_t)user_return + 1) {
        *result = returned;
        return false;
    }
    return true;
}
