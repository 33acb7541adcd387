/* Invariant: a step is drawn without a look at those before it. */
#include "step.h"

#include <ringside-rt/print.h>

static const struct {
    const char *name;
    unsigned weight;
} kinds[] = {
#define STEP_ENTRY(name, weight) {#name, weight},
    STEP_KINDS(STEP_ENTRY)};

static enum step_kind draw_kind(struct random *random)
{
    unsigned all = 0, kind = 0;
    for (unsigned i = 0; i < ARRAY_SIZE(kinds); i++)
        all += kinds[i].weight;
    uint64_t left = random_below(random, all);
    while (left >= kinds[kind].weight)
        left -= kinds[kind++].weight;
    return kind;
}

/* Ends of blocks and what is beside them come often. */
static uint32_t draw_bytes(struct random *random, uint32_t most)
{
    uint32_t bytes = (uint32_t)random_below(random, most + 1);
    if (random_below(random, 3) == 0)
        bytes = bytes / 1024 * 1024;
    if (bytes && random_below(random, 8) == 0)
        bytes--;
    return bytes;
}

/* Of few files, most are of the folder itself. */
static unsigned draw_path(struct random *random)
{
    unsigned root = (unsigned)random_below(random, STEP_ROOTS);
    if (random_below(random, 2))
        return root;
    return STEP_ROOTS + root * STEP_LEAVES + (unsigned)random_below(random, STEP_LEAVES);
}

struct step step_draw(struct random *random)
{
    struct step step = {.kind = draw_kind(random)};
    step.path = draw_path(random);
    step.other = draw_path(random);
    step.slot = (unsigned)random_below(random, STEP_SLOTS);
    step.length = draw_bytes(random, STEP_TRANSFER);
    step.offset = draw_bytes(random, STEP_LONGEST - STEP_TRANSFER);
    step.seed = random_next(random);
    return step;
}

void step_path(unsigned path, char *text, size_t size)
{
    if (path < STEP_ROOTS)
        snprintf(text, size, "n%u", path);
    else
        snprintf(text, size, "n%u/m%u", (path - STEP_ROOTS) / STEP_LEAVES,
                 (path - STEP_ROOTS) % STEP_LEAVES);
}

void step_print(const struct step *step)
{
    char path[16], other[16];
    step_path(step->path, path, sizeof(path));
    step_path(step->other, other, sizeof(other));
    printf("%-9s ", kinds[step->kind].name);
    switch (step->kind) {
    case STEP_open:
    case STEP_append:
    case STEP_create:
        printf("slot %u %s", step->slot, path);
        break;
    case STEP_close:
    case STEP_reopen:
    case STEP_fsync:
    case STEP_fstat:
        printf("slot %u", step->slot);
        break;
    case STEP_read:
    case STEP_write:
        printf("slot %u, %u bytes", step->slot, step->length);
        break;
    case STEP_pread:
    case STEP_pwrite:
        printf("slot %u, %u bytes at %u", step->slot, step->length, step->offset);
        break;
    case STEP_seek:
    case STEP_ftruncate:
        printf("slot %u to %u", step->slot, step->offset);
        break;
    case STEP_truncate:
        printf("%s to %u", path, step->offset);
        break;
    case STEP_rename:
    case STEP_link:
        printf("%s %s", path, other);
        break;
    default:
        printf("%s", path);
        break;
    }
}

void step_fill(uint64_t seed, unsigned char *data, size_t length)
{
    struct random random = random_seeded(seed);
    for (size_t i = 0; i < length; i += sizeof(uint64_t)) {
        uint64_t word = random_next(&random);
        for (size_t k = 0; k < sizeof(word) && i + k < length; k++)
            data[i + k] = (unsigned char)(word >> 8 * k);
    }
}
