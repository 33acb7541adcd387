/* xenstore between two domains: permissions, and watches on a foreign node. peer=DOMID. */
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>
#include <ringside-rt/test.h>
#include <ringside-rt/test_pair.h>
#include <ringside-rt/xenstore.h>

static struct test_pair pair;

static void owner(void)
{
    char perms[32];
    test_returns(xenstore_write(0, "data/private", "secret"), 0);
    test_returns(xenstore_write(0, "data/public", "first"), 0);
    snprintf(perms, sizeof(perms), "n%u r%u", pair.self, pair.peer);
    test_returns(xenstore_set_perms(0, "data/public", perms), 0);
    test_pair_step(&pair); /* it reads, and sets its watch */
    test_pair_step(&pair);
    test_returns(xenstore_write(0, "data/private", "changed"), 0);
    test_returns(xenstore_write(0, "data/public", "second"), 0);
    test_pair_step(&pair);
}

static void reader(void)
{
    char private[64], public[64], text[32];
    struct xenstore_watch on_public, on_private;
    snprintf(private, sizeof(private), "/local/domain/%u/data/private", pair.peer);
    snprintf(public, sizeof(public), "/local/domain/%u/data/public", pair.peer);
    test_pair_step(&pair);
    test_returns(xenstore_read(0, private, text, sizeof(text)), -XEN_EACCES);
    test_returns(xenstore_read(0, public, text, sizeof(text)), 5);
    test_returns(xenstore_write(0, public, "mine"), -XEN_EACCES);
    test_returns(xenstore_rm(0, public), -XEN_EACCES);
    test_returns(xenstore_set_perms(0, public, "n0"), -XEN_EACCES);
    test_returns(xenstore_watch(&on_public, public), 0);
    xenstore_watch_wait(&on_public);
    test_returns(xenstore_watch(&on_private, private), 0);
    xenstore_watch_wait(&on_private);
    test_pair_step(&pair);
    xenstore_watch_wait(&on_public);
    test_returns(xenstore_read(0, public, text, sizeof(text)), 6);
    test_check(strcmp(text, "second") == 0, "read \"%s\"", text);
    test_equal(on_private.fired, 0); /* nobody may learn of what it cannot read */
    test_pair_step(&pair);
}

void test_main(void)
{
    test_pair_meet(&pair);
    if (pair.first)
        owner();
    else
        reader();
}
