/*
 * Hypercalls: the raw call, and one typed function for each that the hypervisor implements. All
 * return what the hypervisor put into RAX: 0 or more on success, -XEN_E... on failure.
 */
#ifndef RINGSIDE_RT_HYPERCALL_H
#define RINGSIDE_RT_HYPERCALL_H

#include <ringside-rt/compiler.h>
#include <ringside/abi.h>

/** The page the hypervisor fills: stub n lies at 32 * n. */
extern uint8_t hypercall_page[128][32];

/** Finds the hypervisor by CPUID and lets it fill the page; false when there is none. */
bool hypercall_init(void);

/** First CPUID leaf of the hypervisor, 0x40000000 or a multiple of 0x100 above; 0: none found. */
uint32_t hypercall_cpuid_base(void);

/** Any number below 128, any arguments. */
static inline long hypercall(unsigned number, uint64_t a1, uint64_t a2, uint64_t a3, uint64_t a4,
                             uint64_t a5)
{
    long result;
    register uint64_t r10 asm("r10") = a4;
    register uint64_t r8 asm("r8") = a5;
    asm volatile("call *%%rax"
                 : "=a"(result), "+D"(a1), "+S"(a2), "+d"(a3), "+r"(r10), "+r"(r8)
                 : "0"(hypercall_page[number])
                 : "memory");
    return result;
}

/**
 * The same from 32-bit code: the hypervisor takes arguments in EBX, ECX, EDX, ESI, EDI and the
 * structures in their 32-bit layouts (struct compat_... of the ABI). Pointers must be below 4 GiB.
 */
long hypercall_compat(unsigned number, uint32_t a1, uint32_t a2, uint32_t a3, uint32_t a4,
                      uint32_t a5);

static inline long HYPERVISOR_memory_op(unsigned cmd, void *arg)
{
    return hypercall(__HYPERVISOR_memory_op, cmd, (uintptr_t)arg, 0, 0, 0);
}

static inline long HYPERVISOR_multicall(struct multicall_entry *calls, unsigned count)
{
    return hypercall(__HYPERVISOR_multicall, (uintptr_t)calls, count, 0, 0, 0);
}

static inline long HYPERVISOR_set_timer_op(uint64_t deadline_ns)
{
    return hypercall(__HYPERVISOR_set_timer_op, deadline_ns, 0, 0, 0, 0);
}

static inline long HYPERVISOR_xen_version(unsigned cmd, void *arg)
{
    return hypercall(__HYPERVISOR_xen_version, cmd, (uintptr_t)arg, 0, 0, 0);
}

static inline long HYPERVISOR_console_io(unsigned cmd, unsigned count, void *buffer)
{
    return hypercall(__HYPERVISOR_console_io, cmd, count, (uintptr_t)buffer, 0, 0);
}

static inline long HYPERVISOR_grant_table_op(unsigned cmd, void *ops, unsigned count)
{
    return hypercall(__HYPERVISOR_grant_table_op, cmd, (uintptr_t)ops, count, 0, 0);
}

static inline long HYPERVISOR_vcpu_op(unsigned cmd, unsigned vcpu, void *arg)
{
    return hypercall(__HYPERVISOR_vcpu_op, cmd, vcpu, (uintptr_t)arg, 0, 0);
}

static inline long HYPERVISOR_sched_op(unsigned cmd, void *arg)
{
    return hypercall(__HYPERVISOR_sched_op, cmd, (uintptr_t)arg, 0, 0, 0);
}

static inline long HYPERVISOR_event_channel_op(unsigned cmd, void *arg)
{
    return hypercall(__HYPERVISOR_event_channel_op, cmd, (uintptr_t)arg, 0, 0, 0);
}

static inline long HYPERVISOR_physdev_op(unsigned cmd, void *arg)
{
    return hypercall(__HYPERVISOR_physdev_op, cmd, (uintptr_t)arg, 0, 0, 0);
}

static inline long HYPERVISOR_hvm_op(unsigned cmd, void *arg)
{
    return hypercall(__HYPERVISOR_hvm_op, cmd, (uintptr_t)arg, 0, 0, 0);
}

static inline long HYPERVISOR_ivmc_op(unsigned cmd, void *arg)
{
    return hypercall(__HYPERVISOR_ivmc_op, cmd, (uintptr_t)arg, 0, 0, 0);
}

/** Reads a parameter (HVM_PARAM_*) of the calling domain; negative on error. */
long hvm_param_get(unsigned index, uint64_t *value);
long hvm_param_set(unsigned index, uint64_t value);

/** Lets a page of the hypervisor (XENMAPSPACE_*) appear at a guest frame. */
long add_to_physmap(unsigned space, uint64_t index, uint64_t gfn);

/** Name of an error number, positive or negative, such as "EINVAL"; "errno" when unknown. */
const char *errno_name(long number);

#endif
