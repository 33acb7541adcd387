/* The console ring: everything goes through, also what is larger than the ring. */
#include <ringside-rt/console.h>
#include <ringside-rt/event.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>
#include <ringside-rt/test.h>

static char big[3 * 2048];

void test_main(void)
{
    struct xencons_interface *ring = console_ring();
    if (!ring)
        test_skip("no console ring");
    test_check(console_port() > 0, "no port");
    printf("a line\n");
    console_flush();
    test_equal(ring->out_cons, ring->out_prod);
    uint32_t before = ring->out_prod;
    for (unsigned i = 0; i < 200; i++)
        printf("line %u of 200\n", i);
    console_flush();
    test_equal(ring->out_cons, ring->out_prod);
    test_check(ring->out_prod - before > 2048, "only %u bytes", ring->out_prod - before);
    memset(big, '.', sizeof(big));
    big[sizeof(big) - 1] = '\n';
    console_write(big, sizeof(big));
    console_flush();
    test_equal(ring->out_cons, ring->out_prod);
    test_returns(event_send((evtchn_port_t)console_port()), 0);
}
