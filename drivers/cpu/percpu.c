/* The GDT and TSS of each vCPU; all share one IDT (exception.c). */
#include <ringside-rt/cpu.h>
#include <ringside-rt/exception.h>
#include <ringside-rt/percpu.h>

struct percpu percpu_boot;

struct table_register {
    uint16_t limit;
    uint64_t base;
} __attribute__((packed));

static void tss_descriptor(uint64_t *slot, const struct tss *tss)
{
    uint64_t base = (uintptr_t)tss, limit = sizeof(*tss) - 1;
    slot[0] = limit | (base & 0xffffff) << 16 | 0x89ul << 40 | (base >> 24 & 0xff) << 56;
    slot[1] = base >> 32;
}

static void gdt_load(const struct percpu *p)
{
    struct table_register gdtr = {sizeof(p->gdt) - 1, (uintptr_t)p->gdt};
    asm volatile("lgdt %0\n"
                 "push %1\n"
                 "lea 1f(%%rip), %%rax\n"
                 "push %%rax\n"
                 "lretq\n"
                 "1: mov %2, %%ds\n"
                 "mov %2, %%es\n"
                 "mov %2, %%ss\n"
                 "mov %3, %%fs\n"
                 "mov %3, %%gs\n"
                 "ltr %w4\n" ::"m"(gdtr),
                 "i"(SELECTOR_CODE64), "r"(SELECTOR_DATA), "r"(0), "r"(SELECTOR_TSS)
                 : "rax", "memory");
}

void percpu_install(struct percpu *p, unsigned vcpu)
{
    p->self = p;
    p->vcpu = vcpu;
    p->gdt[SELECTOR_CODE64 / 8] = 0x00af9b000000ffff;
    p->gdt[SELECTOR_DATA / 8] = 0x00cf93000000ffff;
    p->gdt[SELECTOR_CODE32 / 8] = 0x00cf9b000000ffff;
    p->gdt[SELECTOR_USER_DATA / 8] = 0x00cff3000000ffff;
    p->gdt[SELECTOR_USER_CODE64 / 8] = 0x00affb000000ffff;
    tss_descriptor(&p->gdt[SELECTOR_TSS / 8], &p->tss);
    p->tss.ist[IST_DOUBLE_FAULT - 1] = (uintptr_t)p->ist_stacks[1];
    p->tss.ist[IST_NMI - 1] = (uintptr_t)(p->ist_stacks + 2);
    p->tss.io_map_base = sizeof(p->tss);
    gdt_load(p);
    wrmsr(MSR_GS_BASE, (uintptr_t)p);
    exception_install();
}
