/* Four lists on the command line; every combination is one load, as often as there are rounds. */
#include "modes.h"
#include "table.h"

#include <ringside-rt/cmdline.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>
#include <ringside-rt/test.h>

#define FILL_BYTES 65536
#define FILL_DEPTH 16

/* Takes the next word off a list; false at its end. */
static bool next_word(const char **list, char word[16])
{
    size_t n = 0;
    if (!**list)
        return false;
    for (; **list && **list != ','; ++*list)
        if (n < 15)
            word[n++] = **list;
    word[n] = '\0';
    *list += **list == ',';
    return true;
}

/* Everything of a load but size and depth has been chosen. */
static void measure(struct blk *blk, struct load load)
{
    struct load_result result;
    uint64_t total = cmdline_bytes("total", 8 << 20);
    load.span = ALIGN_DOWN(load.span, load.size);
    load.requests = cmdline_u64("count", total / load.size);
    if (load.requests < 1)
        load.requests = 1;
    if (!load.span)
        test_error("span= holds no request of %lu bytes", load.size);
    if (cmdline_get("marks")) {
        struct load warm = load;
        warm.requests = 2 * load.depth;
        run_checked(blk, &warm, &result);
        load.marks = true;
    }
    run_checked(blk, &load, &result);
    if (cmdline_get("result"))
        table_line(&load, &result);
    else
        table_row(&load, &result);
}

static void choose_op(struct load *load, const char *word)
{
    load->mixed = strcmp(word, "mixed") == 0;
    load->op = strcmp(word, "write") == 0 ? BLK_WRITE : BLK_READ;
    if (!load->mixed && load->op == BLK_READ && strcmp(word, "read") != 0)
        test_error("op= is read, write or mixed, not \"%s\"", word);
}

static void choose_pattern(struct load *load, const char *word)
{
    load->random = strcmp(word, "random") == 0;
    if (!load->random && strcmp(word, "seq") != 0)
        test_error("pattern= is seq or random, not \"%s\"", word);
}

static void choose_size(const struct blk *blk, struct load *load, const char *word)
{
    load->size = strtobytes(word, NULL);
    if (!load->size || load->size % blk->block_bytes)
        test_error("size= is whole blocks of %u bytes, not \"%s\"", blk->block_bytes, word);
}

static void for_depths(struct blk *blk, struct load load)
{
    char word[16];
    for (const char *depths = cmdline_string("depth", "1,32"); next_word(&depths, word);) {
        unsigned depth = (unsigned)strtou64(word, NULL);
        load.depth = depth_within_window(load.size, depth < 1 ? 1 : depth);
        measure(blk, load);
    }
}

static void for_sizes(struct blk *blk, struct load load)
{
    char word[16];
    for (const char *sizes = cmdline_string("size", "4k,64k,1m,4m"); next_word(&sizes, word);) {
        choose_size(blk, &load, word);
        for_depths(blk, load);
    }
}

static void for_patterns(struct blk *blk, struct load load)
{
    char word[16];
    for (const char *patterns = cmdline_string("pattern", "seq"); next_word(&patterns, word);) {
        choose_pattern(&load, word);
        for_sizes(blk, load);
    }
}

/* Stamped blocks all over, for loads that read and verify. */
static void fill(struct blk *blk, struct load load)
{
    struct load_result result;
    load.op = BLK_WRITE;
    load.size = load.span < FILL_BYTES ? load.span : FILL_BYTES;
    load.span = ALIGN_DOWN(load.span, load.size);
    load.depth = FILL_DEPTH;
    load.requests = load.span / load.size;
    run_checked(blk, &load, &result);
}

static void for_ops(struct blk *blk, struct load load)
{
    char word[16];
    for (const char *ops = cmdline_string("op", "read,write"); next_word(&ops, word);) {
        choose_op(&load, word);
        for_patterns(blk, load);
    }
}

void sweep(struct blk *blk)
{
    uint64_t rounds = cmdline_u64("rounds", 1);
    uint64_t total = cmdline_bytes("total", 8 << 20);
    struct load load = {
        .span = cmdline_bytes("span", blk->bytes < total ? blk->bytes : total),
        .verify = cmdline_get("verify") != NULL,
        .seed = cmdline_u64("seed", 1),
    };
    if (load.span > blk->bytes)
        test_error("span=%lu, but the disk has only %lu bytes", load.span, blk->bytes);
    if (load.verify)
        fill(blk, load);
    if (!cmdline_get("result"))
        table_head();
    for (uint64_t round = 0; round < rounds; round++)
        for_ops(blk, load);
}
