/* pvclock and the wall clock: they go forward, at one rate, and agree. */
#include <ringside-rt/clock.h>
#include <ringside-rt/cpu.h>
#include <ringside-rt/event.h>
#include <ringside-rt/percpu.h>
#include <ringside-rt/test.h>
#include <ringside-rt/timer.h>

static void never_falls(void)
{
    uint64_t last = clock_ns();
    for (unsigned i = 0; i < 20000; i++) {
        uint64_t now = clock_ns();
        if (!test_check(now >= last, "system time fell from %lu to %lu", last, now))
            return;
        last = now;
    }
}

static void follows_the_tsc(void)
{
    uint64_t tsc = rdtsc();
    uint64_t ns = clock_ns_of_tsc(tsc);
    sleep_ns(5 * NS_PER_MS);
    uint64_t later_tsc = rdtsc();
    uint64_t later = clock_ns_of_tsc(later_tsc);
    test_check(later - ns >= 5 * NS_PER_MS, "slept %lu ns", later - ns);
    /* The machine's TSC runs at 1 GHz. */
    uint64_t ticks = later_tsc - tsc, passed = later - ns;
    test_check(ticks - passed + 2 <= 4, "%lu ticks in %lu ns", ticks, passed);
}

static void wall_clock(void)
{
    uint64_t wall = clock_wall_ns(), system = clock_ns();
    test_check(wall > system, "wall clock at %lu", wall);
    sleep_ns(NS_PER_MS);
    uint64_t wall_passed = clock_wall_ns() - wall, system_passed = clock_ns() - system;
    test_check(wall_passed >= NS_PER_MS, "wall clock passed %lu ns", wall_passed);
    test_check(system_passed >= NS_PER_MS, "system time passed %lu ns", system_passed);
}

void test_main(void)
{
    test_check(!(percpu()->info->time.version & 1), "version is odd");
    test_check(percpu()->info->time.tsc_to_system_mul != 0, "no rate");
    never_falls();
    follows_the_tsc();
    wall_clock();
}
