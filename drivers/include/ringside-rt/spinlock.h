/*
 * A lock between vCPUs that also keeps interrupts off while it is held.
 */
#ifndef RINGSIDE_RT_SPINLOCK_H
#define RINGSIDE_RT_SPINLOCK_H

#include <ringside-rt/cpu.h>

/** All zero: unlocked. */
struct spinlock {
    uint32_t held;
};

/** @return what spin_unlock needs: whether interrupts were on */
static inline bool spin_lock(struct spinlock *lock)
{
    bool irq = irq_save();
    while (__atomic_exchange_n(&lock->held, 1, __ATOMIC_ACQUIRE))
        cpu_relax();
    return irq;
}

static inline void spin_unlock(struct spinlock *lock, bool irq)
{
    __atomic_store_n(&lock->held, 0, __ATOMIC_RELEASE);
    irq_restore(irq);
}

#endif
