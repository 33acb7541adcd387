/*
 * Probes at places of every kind: with and without arguments, in a loop, in an inlined function,
 * with arguments in registers, in memory and in no place at all. What watches them is on the other
 * side; here only that they change nothing.
 */
#include <ringside-rt/compiler.h>
#include <ringside-rt/probe.h>
#include <ringside-rt/test.h>

struct pair {
    uint16_t low;
    int32_t high;
};

static uint64_t counted;

static inline void step(unsigned n)
{
    PROBE(test_step, n);
    WRITE_ONCE(counted, counted + n);
}

static __attribute__((noinline)) uint64_t work(struct pair *pair, unsigned turns)
{
    uint64_t sum = 0;
    for (unsigned i = 0; i < turns; i++) {
        PROBE(test_turn, i, sum, pair->low, pair->high);
        sum += i * pair->low;
        step(1);
    }
    step(2);
    return sum;
}

void test_main(void)
{
    struct pair pair = {.low = 7, .high = -1};
    PROBE(test_begin);
    test_equal(work(&pair, 100), 7 * 99 * 50);
    test_equal(counted, 102);
    PROBE(test_end, counted, (uint8_t)0xfe, 3, 4, 5);
}
