/*
 * Explores all scenarios, the rings as they are, and then shows of each known mistake that some
 * scenario finds it.
 *
 *   ring-explorer                      all of it; exit code 1 when anything is not as it should be
 *   ring-explorer SCENARIO [MISTAKE]   one scenario, and the schedule that fails, if any
 */
#include "scenario.h"
#include <stdio.h>
#include <string.h>

/* Schedules after which a scenario counts as passed though there are more. */
#define ENOUGH 250000

static const struct scenario {
    const char *name;
    enum { RING, SLEEP, WAITERS } type;
    const char *threads;
    char kind;
    unsigned order, preemptions;
    uint64_t base;
    unsigned step_limit; /* 0: the usual one */
} scenarios[] = {
    {"alone", RING, "eddddddde", 's', 1, 0, 0, 62},
    {"idle", RING, "edddddddddddddddddddd", 's', 0, 0, 0, 60},
    {"pair", RING, "ed|ed", 's', 1, 4, 0, 0},
    {"pair-poll", RING, "ep|ep", 's', 1, 3, 0, 0},
    {"three", RING, "ed|ed|d", 's', 1, 3, 0, 0},
    {"lap", RING, "eded|ddddede", 's', 1, 3, 0, 0},
    {"lap-poll", RING, "ededd|ppppeded", 's', 1, 3, 0, 0},
    {"late", RING, "ed|dddddeded", 's', 1, 4, 0, 0},
    {"early", RING, "ed|dddddded", 's', 1, 2, 0, 0},
    {"both-rings", RING, "ed|ed", 'S', 1, 3, 0, 0},
    {"both-rings-three", RING, "ed|ed|d", 'S', 1, 2, 0, 0},
    {"one-index", RING, "eded|eded", 'S', 0, 2, 0, 0},
    {"four-indices", RING, "eed|eed|dd", 's', 2, 2, 0, 0},
    {"wrap-62", RING, "eded|ddddede", 's', 1, 3, (1ull << 62) - 4, 0},
    {"wrap-63", RING, "eded|ddddede", 's', 1, 3, (1ull << 63) - 4, 0},
    {"wrap-64", RING, "eded|ddddede", 's', 1, 3, -4ull, 0},
    {"wrap-64-poll", RING, "epep|ppppepe", 's', 1, 2, -4ull, 0},
    {"sleep", SLEEP, NULL, '1', 1, 4, 0, 0},
    {"sleep-stray", SLEEP, NULL, 'w', 1, 3, 0, 0},
    {"sleep-two", SLEEP, NULL, '1', 1, 3, 0, 0},
    {"sleep-rings-two", SLEEP, NULL, '2', 1, 2, 0, 0},
    {"sleep-stray-two", SLEEP, NULL, 'w', 1, 2, 0, 0},
    {"waiter", WAITERS, NULL, 0, 1, 4, 0, 0},
    {"waiters-two", WAITERS, NULL, 0, 1, 3, 0, 0},
    {"ncq-pair", RING, "ed|ed", 'n', 1, 4, 0, 0},
    {"ncq-lap", RING, "eded|ddddede", 'n', 1, 3, 0, 0},
    {"ncq-three", RING, "ed|ed|d", 'n', 1, 3, 0, 0},
    {"ncq-poll", RING, "epep|ppppepe", 'n', 1, 2, 0, 0},
};
#define SCENARIOS (sizeof(scenarios) / sizeof(scenarios[0]))

static const char *const mutants[] = {
#define MUTANT_NAME(name, text) #name,
    RING_MUTANTS(MUTANT_NAME)};
static const char *const mistakes[] = {
#define MUTANT_TEXT(name, text) text,
    RING_MUTANTS(MUTANT_TEXT)};

static struct explored explore_one(const struct scenario *scenario, bool show)
{
    unsigned threads = strstr(scenario->name, "-two") ? 2 : 1;
    struct exploration program =
        scenario->type == RING
            ? scenario_ring(scenario->threads, scenario->kind, scenario->order, scenario->base)
        : scenario->type == SLEEP
            ? scenario_sleep(threads, scenario->kind == '2' ? 2 : 1, scenario->kind == 'w',
                             scenario->order)
            : scenario_waiters(threads, scenario->order);
    program.preemptions = scenario->preemptions;
    program.schedules = ENOUGH;
    program.show = show;
    if (scenario->step_limit)
        program.step_limit = scenario->step_limit;
    return explore(&program);
}

static int print_one(const struct scenario *scenario)
{
    struct explored result = explore_one(scenario, true);
    printf("%-17s %-22s n=%u preemptions<=%u  %7lu schedules%s  %s\n", scenario->name,
           scenario->threads ? scenario->threads : "", 1u << scenario->order,
           scenario->preemptions, result.schedules, result.exhausted ? ", all" : "     ",
           result.violation ? result.violation : "ok");
    return result.violation != NULL;
}

/* Whether some scenario finds the mistake. */
static bool found(enum ring_mutant mutant)
{
    ring_mutant = mutant;
    for (unsigned i = 0; i < SCENARIOS; i++) {
        struct explored result = explore_one(&scenarios[i], false);
        if (!result.violation)
            continue;
        printf("%-23s found by %-13s in schedule %6lu: %s\n", mutants[mutant], scenarios[i].name,
               result.schedules, result.violation);
        return true;
    }
    printf("%-23s NOT FOUND: %s\n", mutants[mutant], mistakes[mutant]);
    return false;
}

static int explore_all(void)
{
    int failed = 0;
    for (unsigned i = 0; i < SCENARIOS; i++)
        failed |= print_one(&scenarios[i]);
    for (enum ring_mutant mutant = MUTANT_none + 1; mutant < MUTANT_COUNT; mutant++)
        failed |= !found(mutant);
    return failed;
}

int main(int argc, char **argv)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (argc == 1)
        return explore_all();
    for (enum ring_mutant i = MUTANT_none; argc > 2 && i < MUTANT_COUNT; i++)
        if (strcmp(argv[2], mutants[i]) == 0)
            ring_mutant = i;
    if (argc > 2 && strcmp(argv[2], mutants[ring_mutant]) != 0) {
        fprintf(stderr, "no mistake is called %s; see mutants.h\n", argv[2]);
        return 2;
    }
    for (unsigned i = 0; i < SCENARIOS; i++)
        if (strcmp(argv[1], scenarios[i].name) == 0)
            return print_one(&scenarios[i]);
    fprintf(stderr, "no scenario is called %s; see explorer.c\n", argv[1]);
    return 2;
}
