/* Invariant: words from next on are not drawn yet; all are made anew when none is left. */
#include "twister.h"

#define SHIFT 397
#define UPPER 0x80000000u
#define MATRIX 0x9908b0dfu

/* Both halves of a word come from the upper half of a congruential generator. */
void twister_seed(struct twister *twister, uint32_t seed)
{
    for (unsigned i = 0; i < TWISTER_WORDS; i++) {
        uint32_t high = seed & 0xffff0000u;
        seed = 69069 * seed + 1;
        twister->word[i] = high | seed >> 16;
        seed = 69069 * seed + 1;
    }
    twister->next = TWISTER_WORDS;
}

static void renew(uint32_t *word)
{
    for (unsigned i = 0; i < TWISTER_WORDS; i++) {
        uint32_t y = (word[i] & UPPER) | (word[(i + 1) % TWISTER_WORDS] & ~UPPER);
        word[i] = word[(i + SHIFT) % TWISTER_WORDS] ^ y >> 1 ^ (y & 1 ? MATRIX : 0);
    }
}

static uint32_t draw(struct twister *twister)
{
    if (twister->next == TWISTER_WORDS) {
        renew(twister->word);
        twister->next = 0;
    }
    uint32_t y = twister->word[twister->next++];
    y ^= y >> 11;
    y ^= y << 7 & 0x9d2c5680u;
    y ^= y << 15 & 0xefc60000u;
    return y ^ y >> 18;
}

uint32_t twister_below(struct twister *twister, uint32_t limit)
{
    return limit ? draw(twister) % limit : 0;
}
