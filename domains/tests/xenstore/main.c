/* xenstore in one domain: the tree, transactions, watches, permissions, bad messages. */
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>
#include <ringside-rt/test.h>
#include <ringside-rt/xenstore.h>

static char text[XENSTORE_PAYLOAD_MAX + 1];

static void expect_value(uint32_t transaction, const char *path, const char *value)
{
    int rc = xenstore_read(transaction, path, text, sizeof(text));
    test_returns(rc, (long)strlen(value));
    test_check(rc < 0 || strcmp(text, value) == 0, "%s: expected \"%s\", got \"%s\"", path, value,
               text);
}

static void tree(void)
{
    test_returns(xenstore_write(0, "data/a", "one"), 0);
    expect_value(0, "data/a", "one");
    test_returns(xenstore_write(0, "data/a", "%s", ""), 0);
    expect_value(0, "data/a", "");
    test_returns(xenstore_mkdir(0, "data/dir"), 0);
    test_returns(xenstore_mkdir(0, "data/dir"), 0);
    test_returns(xenstore_write(0, "data/dir/x/y", "deep"), 0);
    int length = xenstore_directory(0, "data/dir", text, sizeof(text));
    test_returns(length, 2);
    test_check(length < 0 || strcmp(text, "x") == 0, "children \"%s\"", text);
    test_returns(xenstore_rm(0, "data/dir"), 0);
    test_returns(xenstore_read(0, "data/dir/x/y", text, sizeof(text)), -XEN_ENOENT);
    test_returns(xenstore_rm(0, "data/dir"), 0); /* its parent is there */
    test_returns(xenstore_rm(0, "data/no/such/node"), -XEN_ENOENT);
    test_returns(xenstore_directory(0, "data/none", text, sizeof(text)), -XEN_ENOENT);
    char path[64];
    snprintf(path, sizeof(path), "/local/domain/%d/data/a", xenstore_domid());
    test_returns(xenstore_write(0, path, "by its whole name"), 0);
    expect_value(0, "data/a", "by its whole name");
}

static void bad_paths(void)
{
    const char *paths[] = {"", "data//a", "data/a/", "//", "data/\x01", "data/a b", "/local/../x"};
    for (unsigned i = 0; i < ARRAY_SIZE(paths); i++)
        test_check(xenstore_write(0, paths[i], "x") == -XEN_EINVAL, "path \"%s\" is taken",
                   paths[i]);
    test_returns(xenstore_write(0, "/not-ours", "x"), -XEN_EACCES);
    test_returns(xenstore_write(0, "/local/domain/0/data", "x"), -XEN_EACCES);
}

static void transactions(void)
{
    uint32_t a, b;
    xenstore_write(0, "data/t", "before");
    test_need(xenstore_transaction_start(&a) == 0);
    test_check(a != 0, "transaction 0");
    test_returns(xenstore_write(a, "data/t", "inside"), 0);
    expect_value(a, "data/t", "inside");
    expect_value(0, "data/t", "before");
    test_returns(xenstore_transaction_end(a, false), 0);
    expect_value(0, "data/t", "before");

    test_need(xenstore_transaction_start(&a) == 0);
    xenstore_write(a, "data/t", "committed");
    test_returns(xenstore_transaction_end(a, true), 0);
    expect_value(0, "data/t", "committed");

    test_need(xenstore_transaction_start(&a) == 0);
    test_need(xenstore_transaction_start(&b) == 0);
    xenstore_read(a, "data/t", text, sizeof(text));
    xenstore_write(a, "data/t", "from a");
    xenstore_read(b, "data/t", text, sizeof(text));
    xenstore_write(b, "data/t", "from b");
    test_returns(xenstore_transaction_end(a, true), 0);
    test_returns(xenstore_transaction_end(b, true), -XEN_EAGAIN);
    expect_value(0, "data/t", "from a");
    test_returns(xenstore_transaction_end(a, true), -XEN_ENOENT);
    test_returns(xenstore_read(0x7777, "data/t", text, sizeof(text)), -XEN_ENOENT);
}

static void watches(void)
{
    struct xenstore_watch watch;
    test_returns(xenstore_watch(&watch, "data/w"), 0);
    xenstore_watch_wait(&watch);
    test_check(strcmp(watch.changed, "data/w") == 0, "fired for \"%s\"", watch.changed);
    test_returns(xenstore_write(0, "data/w", "1"), 0);
    xenstore_watch_wait(&watch);
    test_returns(xenstore_write(0, "data/w/below/it", "2"), 0);
    xenstore_watch_wait(&watch);
    test_check(strncmp(watch.changed, "data/w/below", 12) == 0, "fired for \"%s\"", watch.changed);
    test_returns(xenstore_rm(0, "data/w"), 0);
    xenstore_watch_wait(&watch);
    xenstore_write(0, "data/other", "3");
    test_equal(watch.fired, 0);
    test_returns(xenstore_unwatch(&watch), 0);
    xenstore_write(0, "data/w", "4");
    test_equal(watch.fired, 0);
    test_returns(xenstore_unwatch(&watch), -XEN_ENOENT);
}

static void permissions(void)
{
    char perms[16], mine[16];
    snprintf(mine, sizeof(mine), "n%d", xenstore_domid());
    test_returns(xenstore_write(0, "data/p", "x"), 0);
    test_check(xenstore_get_perms(0, "data/p", perms, sizeof(perms)) > 0, "no permissions");
    test_check(strcmp(perms, mine) == 0, "permissions %s, expected %s", perms, mine);
    char wanted[32];
    snprintf(wanted, sizeof(wanted), "r%d b77", xenstore_domid());
    test_returns(xenstore_set_perms(0, "data/p", wanted), 0);
    test_check(xenstore_get_perms(0, "data/p", text, sizeof(text)) > 0, "no permissions");
    test_check(text[0] == 'r' && strcmp(text + strlen(text) + 1, "b77") == 0,
               "permissions \"%s\" \"%s\"", text, text + strlen(text) + 1);
    test_check(xenstore_set_perms(0, "data/p", "q1") < 0, "permission q");
}

static void bad_messages(void)
{
    uint32_t transaction;
    test_returns(xenstore_call(XS_READ, 0, "data/a", 6, NULL, 0), -XEN_EINVAL); /* no NUL */
    test_returns(xenstore_call(XS_READ, 0, "", 0, NULL, 0), -XEN_EINVAL);
    test_returns(xenstore_call(XS_WATCH, 0, "data/a", 7, NULL, 0), -XEN_EINVAL); /* no token */
    test_need(xenstore_transaction_start(&transaction) == 0);
    test_returns(xenstore_call(XS_TRANSACTION_END, transaction, "x", 2, NULL, 0), -XEN_EINVAL);
    test_returns(xenstore_transaction_end(transaction, false), 0);
    test_check(xenstore_call(XS_INTRODUCE, 0, "1", 2, NULL, 0) < 0, "introduce");
    test_check(xenstore_call(XS_CONTROL, 0, "help", 5, NULL, 0) < 0, "control");
    test_check(xenstore_call(999, 0, "x", 2, NULL, 0) < 0, "type 999");
    expect_value(0, "data/a", "by its whole name");
}

/* Larger than the ring: goes through it in parts. */
static void large(void)
{
    static char request[1900];
    memset(request, 'v', sizeof(request));
    strlcpy(request, "data/large", sizeof(request));
    test_check(xenstore_call(XS_WRITE, 0, request, sizeof(request), NULL, 0) >= 0, "cannot write");
    int length = xenstore_read(0, "data/large", text, sizeof(text));
    test_returns(length, (long)(sizeof(request) - strlen("data/large") - 1));
    test_equal(text[1500], 'v');
    test_returns(xenstore_read(0, "data/large", text, 100), -XEN_E2BIG);
}

void test_main(void)
{
    test_check(xenstore_domid() > 0, "domid %d", xenstore_domid());
    tree();
    bad_paths();
    transactions();
    watches();
    permissions();
    bad_messages();
    large();
}
