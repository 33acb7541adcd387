/* The runtime itself: threads, sleeping, joining, semaphores, mutexes, the guard pages. */
#include <ringside-rt/exception.h>
#include <ringside-rt/smp.h>
#include <ringside-rt/test.h>
#include <ringside-rt/thread.h>
#include <ringside-rt/timer.h>

static unsigned order[8], count;
static struct semaphore items;
static struct mutex mutex;
static unsigned inside;
static uint64_t all_asleep_ns; /* also where time goes on while threads begin */

static void sleeper(void *arg)
{
    sleep_until(all_asleep_ns + (uintptr_t)arg * NS_PER_MS);
    order[count++] = (unsigned)(uintptr_t)arg;
}

static void sleeping(void)
{
    const unsigned ms[] = {5, 1, 3, 2, 4};
    struct thread *threads[ARRAY_SIZE(ms)];
    all_asleep_ns = clock_ns() + NS_PER_S;
    for (unsigned i = 0; i < ARRAY_SIZE(ms); i++) {
        threads[i] = thread_start(sleeper, (void *)(uintptr_t)ms[i]);
        test_need(threads[i]);
    }
    for (unsigned i = 0; i < ARRAY_SIZE(ms); i++)
        thread_join(threads[i]);
    test_equal(count, ARRAY_SIZE(ms));
    for (unsigned i = 0; i < ARRAY_SIZE(ms); i++)
        test_equal(order[i], i + 1);
}

static void consumer(void *arg)
{
    for (unsigned i = 0; i < 10; i++) {
        semaphore_down(&items);
        (*(unsigned *)arg)++;
    }
}

static void semaphores(void)
{
    unsigned taken = 0;
    struct thread *thread = thread_start(consumer, &taken);
    test_need(thread);
    for (unsigned i = 0; i < 10; i++) {
        thread_yield();
        test_equal(taken, i);
        semaphore_up(&items);
    }
    thread_join(thread);
    test_equal(taken, 10);
    test_check(!semaphore_try_down(&items), "a unit is left");
}

static void exclusive(void *arg)
{
    (void)arg;
    for (unsigned i = 0; i < 5; i++) {
        mutex_lock(&mutex);
        test_equal(inside++, 0);
        sleep_ns(NS_PER_US);
        inside--;
        mutex_unlock(&mutex);
    }
}

static void mutexes(void)
{
    struct thread *threads[3];
    for (unsigned i = 0; i < ARRAY_SIZE(threads); i++)
        threads[i] = thread_start(exclusive, NULL);
    for (unsigned i = 0; i < ARRAY_SIZE(threads); i++)
        thread_join(threads[i]);
}

static uintptr_t lowest;

static unsigned deep(unsigned n)
{
    volatile char space[512];
    lowest = (uintptr_t)space; /* in a frame that is there */
    space[0] = (char)n;
    return n < 1u << 20 ? deep(n + 1) + (unsigned)space[0] : 0;
}

static void overflow(void *arg)
{
    (void)arg;
    deep(0);
}

#define BOOT_STACK_SIZE (16 * PAGE_SIZE) /* boot/entry.S */

/* On a stack of that size; whatever lies below its guard page is not reached. */
static void overflow_thread(void *size)
{
    struct exception_info info = {0};
    uintptr_t here = (uintptr_t)&info;
    test_check(exception_catch(overflow, NULL, &info), "no end of the stack");
    test_equal(info.vector, X86_EXC_DF);
    test_check(here - lowest < (uintptr_t)size + PAGE_SIZE, "%lu bytes deep", here - lowest);
}

static void guard_pages(void)
{
    struct thread *thread = thread_start(overflow_thread, (void *)THREAD_STACK_SIZE);
    test_need(thread);
    thread_join(thread);
    overflow_thread((void *)BOOT_STACK_SIZE);
    if (smp_vcpus() > 1) {
        test_returns(smp_start(1, overflow_thread, (void *)THREAD_STACK_SIZE), 0);
        smp_join(1);
    }
}

void test_main(void)
{
    sleeping();
    semaphores();
    mutexes();
    guard_pages();
}
