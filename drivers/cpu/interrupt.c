/*
 * The local APIC, and the vectors that devices may have. Invariant: an interrupt of one of these
 * vectors is always acknowledged, whether or not somebody still wants it.
 */
#include <ringside-rt/cpu.h>
#include <ringside-rt/exception.h>
#include <ringside-rt/interrupt.h>
#include <ringside-rt/paging.h>
#include <ringside/errno.h>

#define LAPIC 0xfee00000ul
#define LAPIC_ID 0x20
#define LAPIC_EOI 0xb0
#define LAPIC_SVR 0xf0
#define SVR_ENABLED 0x100u
#define SPURIOUS_VECTOR 0xffu

struct interrupt_handler {
    void (*fn)(void *arg);
    void *arg;
    bool used;
};

static struct interrupt_handler handlers[INTERRUPT_VECTORS];
static bool enabled;

static volatile uint32_t *lapic(unsigned offset)
{
    return (volatile uint32_t *)(LAPIC + offset);
}

static bool spurious(struct exception_frame *frame)
{
    (void)frame;
    return true;
}

static bool deliver(struct exception_frame *frame)
{
    struct interrupt_handler *handler = &handlers[frame->vector - INTERRUPT_VECTOR_FIRST];
    if (handler->used)
        handler->fn(handler->arg);
    *lapic(LAPIC_EOI) = 0;
    return true;
}

static void enable(void)
{
    paging_map(LAPIC, LAPIC, 1, PAGING_WRITE | PAGING_UNCACHED);
    for (unsigned i = 0; i < INTERRUPT_VECTORS; i++)
        exception_handler_set(INTERRUPT_VECTOR_FIRST + i, deliver);
    exception_handler_set(SPURIOUS_VECTOR, spurious);
    *lapic(LAPIC_SVR) = SVR_ENABLED | SPURIOUS_VECTOR;
    enabled = true;
}

int interrupt_open(void (*fn)(void *arg), void *arg)
{
    if (!enabled)
        enable();
    for (int i = 0; i < INTERRUPT_VECTORS; i++)
        if (!handlers[i].used) {
            handlers[i] = (struct interrupt_handler){fn, arg, true};
            return INTERRUPT_VECTOR_FIRST + i;
        }
    return -XEN_ENOSPC;
}

void interrupt_close(int vector)
{
    handlers[vector - INTERRUPT_VECTOR_FIRST].used = false;
}

uint64_t interrupt_message_address(void)
{
    return LAPIC | (*lapic(LAPIC_ID) >> 24) << 12;
}

uint32_t interrupt_message_data(int vector)
{
    return (uint32_t)vector;
}
