/*
 * Threads of vCPU 0 that wait for what vCPU 1 does at the same moment: none of its wake-ups is
 * lost, whether it comes before the wait, in the midst of falling asleep, or after. vcpus=2 or
 * more.
 */
#include <ringside-rt/event.h>
#include <ringside-rt/smp.h>
#include <ringside-rt/test.h>
#include <ringside-rt/thread.h>

#define ROUNDS 2000

static struct semaphore items;
static unsigned taken;
static evtchn_port_t port; /* notifies vCPU 1, a thread of vCPU 0 waits for it */

/* Until vCPU 0 has come round; a little later each time, to meet all of its falling asleep. */
static void follow(unsigned round)
{
    while (READ_ONCE(taken) != round)
        cpu_relax();
    for (unsigned i = 0; i < round % 64; i++)
        compiler_barrier();
}

static void produce(void *arg)
{
    (void)arg;
    for (unsigned i = 0; i < ROUNDS; i++) {
        follow(i);
        semaphore_up(&items);
    }
}

static void semaphores(void)
{
    taken = 0;
    test_returns(smp_start(1, produce, NULL), 0);
    for (unsigned i = 0; i < ROUNDS; i++) {
        semaphore_down(&items);
        WRITE_ONCE(taken, i + 1);
    }
    smp_join(1);
    test_check(!semaphore_try_down(&items), "a unit is left");
}

static void notify(void *arg)
{
    (void)arg;
    for (unsigned i = 0; i < ROUNDS; i++) {
        follow(i);
        event_send(port);
    }
}

static void events(void)
{
    int bound = event_bind_ipi(1);
    test_need(bound > 0);
    port = (evtchn_port_t)bound;
    taken = 0;
    test_returns(smp_start(1, notify, NULL), 0);
    for (unsigned i = 0; i < ROUNDS; i++) {
        event_wait(port);
        WRITE_ONCE(taken, i + 1);
    }
    smp_join(1);
    test_returns(event_close(port), 0);
}

static void nothing(void *arg)
{
    (void)arg;
}

static void joins(void)
{
    for (unsigned i = 0; i < ROUNDS / 10; i++) {
        test_returns(smp_start(1, nothing, NULL), 0);
        smp_join(1);
    }
}

void test_main(void)
{
    if (smp_vcpus() < 2)
        test_skip("needs vcpus = 2");
    semaphores();
    events();
    joins();
}
