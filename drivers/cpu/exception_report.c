/* What is said about an exception that nobody handles: registers, then the chain of callers. */
#include <ringside-rt/cpu.h>
#include <ringside-rt/exception.h>
#include <ringside-rt/paging.h>
#include <ringside-rt/percpu.h>
#include <ringside-rt/print.h>

#define CALLERS_MAX 16

const char *exception_name(unsigned vector)
{
    static const char *const names[] = {
        "#DE", "#DB", "NMI", "#BP", "#OF", "#BR", "#UD", "#NM", "#DF", NULL,
        "#TS", "#NP", "#SS", "#GP", "#PF", NULL,  "#MF", "#AC", "#MC", "#XM",
    };
    return vector < ARRAY_SIZE(names) && names[vector] ? names[vector] : "vector";
}

/* The chain of frame pointers, as far as it leads through mapped memory and upward. */
static void report_callers(uint64_t rbp)
{
    for (unsigned i = 0; i < CALLERS_MAX; i++) {
        const uint64_t *link = (const uint64_t *)rbp;
        if (!rbp || rbp % 8 || !paging_is_mapped(rbp) || !paging_is_mapped(rbp + 15))
            return;
        printf("  called from %#lx\n", link[1]);
        if (link[0] <= rbp)
            return;
        rbp = link[0];
    }
}

void exception_report(const struct exception_frame *f)
{
    printf("Unhandled exception %s (%lu), error code %#lx, vCPU %u\n",
           exception_name((unsigned)f->vector), f->vector, f->error, vcpu_id());
    printf("  rip %016lx cs %04lx rflags %08lx rsp %016lx ss %04lx\n", f->rip, f->cs, f->rflags,
           f->rsp, f->ss);
    printf("  rax %016lx rbx %016lx rcx %016lx rdx %016lx\n", f->rax, f->rbx, f->rcx, f->rdx);
    printf("  rsi %016lx rdi %016lx rbp %016lx cr2 %016lx\n", f->rsi, f->rdi, f->rbp, read_cr2());
    printf("  r8  %016lx r9  %016lx r10 %016lx r11 %016lx\n", f->r8, f->r9, f->r10, f->r11);
    printf("  r12 %016lx r13 %016lx r14 %016lx r15 %016lx\n", f->r12, f->r13, f->r14, f->r15);
    report_callers(f->rbp);
}
