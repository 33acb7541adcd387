/*
 * A client that means harm to its server, and to whoever else the server serves.
 *
 *   variant=NAME   what it does, see below; none: it has no right to the service, and tries
 *   service=NAME   default storage; the variants that begin with file- are for files
 *   rounds=N       how often (20)
 *   order=N, pages=N  log2 of the channel's entries (4), pages of its data area (4)
 *   first=N        first block of those that it may write to: those before are another client's
 *
 * Whatever it does, it can only damage its own channel. It ends in an invalid opcode.
 */
#include "attacks.h"

#include <ringside-rt/cmdline.h>
#include <ringside-rt/ivmc_registry.h>
#include <ringside-rt/string.h>
#include <ringside-rt/test.h>

static const struct {
    const char *name;
    void (*attack)(struct raw *raw, struct random *random);
} variants[] = {
    {"memory", attack_memory},       {"indices", attack_indices},
    {"duplicates", attack_duplicates}, {"requests", attack_requests},
    {"revoke", attack_revoke},       {"storm", attack_storm},
    {"register", attack_register},   {"page", attack_page},
    {"unread", attack_unread},       {"unannounced", attack_unannounced},
    {"greedy", attack_greedy},       {"dear", attack_dear},
    {"answers", attack_answers},     {"vanish", attack_vanish},
    {"race", attack_race},           {"die", attack_die},
    {"file-requests", attack_file_requests},
    {"file-descriptors", attack_file_descriptors},
    {"file-locks", attack_file_locks},
    {"file-many", attack_file_many},
    {"file-resume", attack_file_resume},
    {"file-deep", attack_file_deep},
    {"file-flood", attack_file_flood},
    {"file-die", attack_file_die},
    {"file-race", attack_file_race},
    {"file-share", attack_file_share},
    {"regions", attack_regions},
};

static void without_rights(const char *service)
{
    struct ivmc_register reply;
    struct ivmc_fetch record;
    test_returns(ivmc_register_client(service, 8, 1, &reply), -XEN_EPERM);
    test_returns(ivmc_register_server(service, &reply), -XEN_EPERM);
    test_returns(ivmc_fetch_server(service, &record), -XEN_EPERM);
    test_returns(ivmc_fetch_client(service, 0, &record), -XEN_EPERM);
    test_end_by_fault();
}

void test_main(void)
{
    const char *service = cmdline_string("service", "storage");
    const char *variant = cmdline_get("variant");
    uint64_t rounds = cmdline_u64("rounds", 20);
    struct raw raw;
    if (!variant) {
        without_rights(service);
        return;
    }
    if (strcmp(variant, "accomplice") == 0)
        accomplice();
    raw_init(&raw, service);
    for (unsigned i = 0; i < ARRAY_SIZE(variants); i++) {
        if (strcmp(variants[i].name, variant) != 0)
            continue;
        for (uint64_t round = 0; round < rounds; round++)
            variants[i].attack(&raw, random_default());
        test_check(true, "%lu rounds", rounds);
        test_end_by_fault();
        return;
    }
    test_error("variant=%s: there is none", variant);
}
