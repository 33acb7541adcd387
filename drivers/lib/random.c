/* SplitMix64: a counter and a mixing function, so that every seed gives a full-period stream. */
#include <ringside-rt/cmdline.h>
#include <ringside-rt/random.h>

struct random random_seeded(uint64_t seed)
{
    return (struct random){seed};
}

uint64_t random_next(struct random *random)
{
    uint64_t z = random->state += 0x9e3779b97f4a7c15ul;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ul;
    z = (z ^ z >> 27) * 0x94d049bb133111ebul;
    return z ^ z >> 31;
}

uint64_t random_below(struct random *random, uint64_t limit)
{
    return random_next(random) % limit;
}

struct random *random_default(void)
{
    static struct random stream;
    static bool started;
    if (!started) {
        stream = random_seeded(cmdline_u64("seed", 0));
        started = true;
    }
    return &stream;
}
