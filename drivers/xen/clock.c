/*
 * pvclock: the hypervisor gives a point in time and a rate, the TSC does the rest. The version is
 * odd during an update and differs after one; then we read again.
 */
#include <ringside-rt/bare.h>
#include <ringside-rt/clock.h>
#include <ringside-rt/cpu.h>
#include <ringside-rt/event.h>
#include <ringside-rt/percpu.h>

static uint64_t scaled(const struct vcpu_time_info *t, uint64_t ticks)
{
    ticks = t->tsc_shift >= 0 ? ticks << t->tsc_shift : ticks >> -t->tsc_shift;
    return (uint64_t)((unsigned __int128)ticks * t->tsc_to_system_mul >> 32);
}

/* A TSC value may be from before the last update, so the difference has a sign. */
static uint64_t system_time(const struct vcpu_time_info *t, uint64_t tsc)
{
    if (tsc >= t->tsc_timestamp)
        return t->system_time + scaled(t, tsc - t->tsc_timestamp);
    return t->system_time - scaled(t, t->tsc_timestamp - tsc);
}

/* The TSC is read between the two looks at the version: it belongs to what was read with it. */
static uint64_t consistent(const uint64_t *given_tsc)
{
    const struct vcpu_time_info *t = &percpu()->info->time;
    for (;;) {
        uint32_t version = READ_ONCE(t->version);
        read_barrier();
        uint64_t ns = system_time(t, given_tsc ? *given_tsc : rdtsc());
        read_barrier();
        if (!(version & 1) && version == READ_ONCE(t->version))
            return ns;
        cpu_relax();
    }
}

uint64_t clock_ns_of_tsc(uint64_t tsc)
{
    return consistent(&tsc);
}

uint64_t clock_ns(void)
{
    return bare_machine ? bare_clock_ns() : consistent(NULL);
}

uint64_t clock_wall_ns(void)
{
    for (;;) {
        uint32_t version = READ_ONCE(shared_info.wc_version);
        read_barrier();
        uint64_t s = READ_ONCE(shared_info.wc_sec) | (uint64_t)READ_ONCE(shared_info.wc_sec_hi)
                                                         << 32;
        uint64_t ns = s * NS_PER_S + READ_ONCE(shared_info.wc_nsec);
        read_barrier();
        if (!(version & 1) && version == READ_ONCE(shared_info.wc_version))
            return ns + clock_ns();
        cpu_relax();
    }
}
