/*
 * Tests of two domains that run the same image: peer=DOMID on both command lines. The one with the
 * lower id is the first. They share a page and an event channel, and walk through the test in step.
 */
#ifndef RINGSIDE_RT_TEST_PAIR_H
#define RINGSIDE_RT_TEST_PAIR_H

#include <ringside-rt/compiler.h>
#include <ringside/abi.h>

struct test_pair {
    bool first;
    domid_t self, peer;
    evtchn_port_t port;
    struct test_pair_page *page;
};

/** Meets the other domain. Ends the test with SKIP without peer=. */
void test_pair_meet(struct test_pair *pair);

/** Waits until both are here. What either wrote to words before, the other sees after. */
void test_pair_step(struct test_pair *pair);

/** Words in the shared page, for what the domains have to tell each other. */
#define TEST_PAIR_WORDS 64
volatile uint64_t *test_pair_words(struct test_pair *pair);

#endif
