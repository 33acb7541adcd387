/*
 * MT19937 (M. Matsumoto, T. Nishimura, ACM TOMACS 8/1) with the seeding of 1999.
 */
#ifndef TWISTER_H
#define TWISTER_H

#include <stdint.h>

#define TWISTER_WORDS 624

struct twister {
    uint32_t word[TWISTER_WORDS];
    unsigned next;
};

void twister_seed(struct twister *twister, uint32_t seed);

/** 0 to limit - 1; 0 without a draw when limit is 0. */
uint32_t twister_below(struct twister *twister, uint32_t limit);

#endif
