/*
 * What each vCPU has for itself. The GS base of a vCPU is the address of its struct percpu, from
 * percpu_install on; user code must leave GS alone.
 */
#ifndef RINGSIDE_RT_PERCPU_H
#define RINGSIDE_RT_PERCPU_H

#include <ringside-rt/compiler.h>

/** vCPUs that have a place in the shared info page. */
#define VCPUS_MAX 32

/* Selectors of every vCPU's GDT. */
#define SELECTOR_CODE64 0x08
#define SELECTOR_DATA 0x10
#define SELECTOR_CODE32 0x18 /* ring 0, for hypercalls with 32-bit layouts */
#define SELECTOR_USER_DATA 0x23
#define SELECTOR_USER_CODE64 0x2b
#define SELECTOR_TSS 0x30

/* Stacks of the interrupt stack table; 0 in a gate means: stay on the current stack. */
#define IST_DOUBLE_FAULT 1
#define IST_NMI 2

struct tss {
    uint32_t reserved0;
    uint64_t rsp[3];
    uint64_t reserved1;
    uint64_t ist[7]; /* ist[0] is IST 1 */
    uint64_t reserved2;
    uint16_t reserved3;
    uint16_t io_map_base;
} __attribute__((packed));

struct exception_catcher;
struct vcpu_info;

struct percpu {
    struct percpu *self;
    unsigned vcpu;
    /** Where the upcall of this vCPU is announced; NULL before event_init. */
    struct vcpu_info *info;
    /** The innermost exception_catch that is under way, or NULL. */
    struct exception_catcher *catcher;
    /** How many reports of unhandled exceptions are under way. */
    unsigned reports;
    uint64_t gdt[8];
    struct tss tss;
    uint8_t ist_stacks[2][8192] __attribute__((aligned(16)));
};

/** The calling vCPU's own. */
static inline struct percpu *percpu(void)
{
    struct percpu *p;
    asm("mov %%gs:0, %0" : "=r"(p));
    return p;
}

/** The number of the calling vCPU. */
static inline unsigned vcpu_id(void)
{
    return percpu()->vcpu;
}

/** The boot vCPU's, for use before any memory can be allocated. */
extern struct percpu percpu_boot;

/** Gives the calling vCPU its GDT, TSS, IDT and GS base. The structure must be zero. */
void percpu_install(struct percpu *p, unsigned vcpu);

#endif
