/*
 * The IDT and what happens behind it. Invariant: every vector has a gate, so nothing a guest does
 * with a sound stack ends in a triple fault.
 */
#include <ringside-rt/cpu.h>
#include <ringside-rt/exception.h>
#include <ringside-rt/percpu.h>
#include <ringside-rt/print.h>
#include <ringside-rt/shutdown.h>

#define VECTORS 256
#define GATE_INTERRUPT 0x8e
#define GATE_DPL3 0x60

struct gate {
    uint16_t offset_low, selector;
    uint8_t ist, type;
    uint16_t offset_middle;
    uint32_t offset_high, reserved;
};

struct exception_catcher {
    uint64_t rsp;
    uint64_t rflags;
    struct exception_catcher *outer;
    struct exception_info info;
};

extern const uint8_t exception_entries[VECTORS][16];
extern const uint8_t exception_catch_land[];
bool exception_catch_call(void (*fn)(void *), void *arg, uint64_t *rsp);
void exception_dispatch(struct exception_frame *frame);

static struct gate idt[VECTORS] __attribute__((aligned(16)));
static exception_handler_t handlers[VECTORS];

static void idt_fill(void)
{
    for (unsigned vector = 0; vector < VECTORS; vector++) {
        uintptr_t entry = (uintptr_t)exception_entries[vector];
        idt[vector] = (struct gate){
            .offset_low = (uint16_t)entry,
            .offset_middle = (uint16_t)(entry >> 16),
            .offset_high = (uint32_t)(entry >> 32),
            .selector = SELECTOR_CODE64,
            .type = GATE_INTERRUPT,
        };
    }
    exception_gate_ist(X86_EXC_DF, IST_DOUBLE_FAULT);
    exception_gate_ist(X86_EXC_NMI, IST_NMI);
    exception_gate_user(X86_EXC_BP, true);
    exception_gate_user(X86_EXC_OF, true);
}

void exception_install(void)
{
    struct {
        uint16_t limit;
        uint64_t base;
    } __attribute__((packed)) idtr = {sizeof(idt) - 1, (uintptr_t)idt};
    if (!idt[0].type)
        idt_fill();
    asm volatile("lidt %0" ::"m"(idtr));
}

void exception_gate_user(unsigned vector, bool allowed)
{
    idt[vector].type = GATE_INTERRUPT | (allowed ? GATE_DPL3 : 0);
}

void exception_gate_ist(unsigned vector, unsigned ist)
{
    idt[vector].ist = (uint8_t)ist;
}

exception_handler_t exception_handler_set(unsigned vector, exception_handler_t handler)
{
    exception_handler_t before = handlers[vector];
    handlers[vector] = handler;
    return before;
}

bool exception_catch(void (*fn)(void *), void *arg, struct exception_info *info)
{
    struct percpu *p = percpu();
    struct exception_catcher catcher = {.rflags = read_rflags(), .outer = p->catcher};
    p->catcher = &catcher;
    bool caught = exception_catch_call(fn, arg, &catcher.rsp);
    p->catcher = catcher.outer;
    if (caught && info)
        *info = READ_ONCE(catcher.info);
    return caught;
}

static void catch(struct exception_catcher *catcher, struct exception_frame *frame)
{
    catcher->info = (struct exception_info){
        .vector = (unsigned)frame->vector,
        .error = frame->error,
        .rip = frame->rip,
        .cr2 = frame->vector == X86_EXC_PF ? read_cr2() : 0,
    };
    frame->rip = (uintptr_t)exception_catch_land;
    frame->rsp = catcher->rsp;
    frame->rflags = catcher->rflags;
    frame->cs = SELECTOR_CODE64;
    frame->ss = SELECTOR_DATA;
}

void exception_dispatch(struct exception_frame *frame)
{
    struct percpu *p = percpu();
    exception_handler_t handler = handlers[frame->vector];
    if (handler && handler(frame))
        return;
    if (frame->vector < 32 && p->catcher) {
        catch(p->catcher, frame);
        return;
    }
    if (p->reports++ == 0)
        exception_report(frame);
    shutdown_crash();
}
