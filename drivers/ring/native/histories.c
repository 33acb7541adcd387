/*
 * Checks the checkers: histories that no queue can have, made by hand, and ones that a queue can.
 */
#include "history.h"
#include "long_history.h"
#include <stdio.h>
#include <string.h>

static int failed;

static void expect(const char *what, bool ok)
{
    printf("%-62s %s\n", what, ok ? "ok" : "WRONG");
    failed |= !ok;
}

static void short_ones(void)
{
    struct history fifo = {.count = 4,
                           .ops = {{false, 1, 0, 1},
                                   {false, 2, 2, 3},
                                   {true, 1, 4, 5},
                                   {true, 2, 6, 7}}};
    expect("one after the other", history_linearizable(&fifo));
    struct history swapped = fifo;
    swapped.ops[2].value = 2;
    swapped.ops[3].value = 1;
    expect("the second before the first is seen", !history_linearizable(&swapped));
    swapped.ops[0].end = swapped.ops[1].end;
    swapped.ops[1].begin = swapped.ops[0].begin;
    expect("but not when they were put in at the same time", history_linearizable(&swapped));
    struct history empty = fifo;
    empty.ops[2].value = HISTORY_EMPTY;
    expect("EMPTY of a queue that holds two is seen", !history_linearizable(&empty));
    struct history twice = fifo;
    twice.ops[3].value = 1;
    expect("the same value twice is seen", !history_linearizable(&twice));
}

static bool said(struct long_value a, struct long_value b, struct long_empty empty,
                 unsigned producers, const char *wrong)
{
    struct long_value values[] = {a, b};
    const char *said = long_history_check(values, producers, 2 / producers, &empty, 1);
    return wrong ? said && strstr(said, wrong) : !said;
}

static void long_ones(void)
{
    struct long_value a = {1, 2, 5, 6, 1}, b = {3, 4, 7, 8, 1}, early = {3, 4, 5, 6, 1};
    struct long_value late = {1, 2, 7, 8, 1}, twice = a, lost = a, phantom = a;
    struct long_empty good = {9, 10}, bad = {3, 4}, overlapping = {3, 6};
    twice.taken = 2;
    lost.taken = 0;
    phantom.put_end = 0;
    expect("a long history in order", said(a, b, good, 1, NULL));
    expect("a doubled value is seen", said(twice, b, good, 1, "twice"));
    expect("a lost value is seen", said(lost, b, good, 1, "lost"));
    expect("a value made up is seen", said(phantom, b, good, 1, "nobody"));
    expect("one producer's values out of order are seen", said(late, early, good, 1, "one pro"));
    expect("two producers' values out of order are seen", said(late, early, good, 2, "overtook"));
    expect("EMPTY while a value is inside is seen", said(a, b, bad, 1, "empty"));
    expect("EMPTY that ends after the value may be gone is none",
           said(a, (struct long_value){7, 8, 9, 10, 1}, overlapping, 1, NULL));
}

int main(void)
{
    short_ones();
    long_ones();
    return failed;
}
