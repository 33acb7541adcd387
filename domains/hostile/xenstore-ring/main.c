/* Insane indices and messages in the xenstore ring. */
#include <ringside-rt/event.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/random.h>
#include <ringside-rt/test.h>
#include <ringside-rt/xenstore.h>

static struct xenstore_domain_interface *ring;

static void kick(void)
{
    event_send(xenstore_port());
    HYPERVISOR_sched_op(SCHEDOP_yield, NULL);
}

static void messages(void)
{
    const uint32_t lengths[] = {0xffffffff, 0x80000000, 4097, 0x7fffffff, 0xfffffff0};
    for (unsigned i = 0; i < ARRAY_SIZE(lengths); i++) {
        struct xsd_sockmsg header = {XS_READ, 1, 0, lengths[i]};
        for (unsigned j = 0; j < sizeof(header); j++)
            ring->req[(ring->req_prod + j) % sizeof(ring->req)] = ((char *)&header)[j];
        ring->req_prod += sizeof(header);
        kick();
    }
}

void test_main(void)
{
    const uint32_t distances[] = {1025, 0x7fffffff, 0x80000000, 0xffff0000, 0xffffffff, 2048};
    ring = xenstore_ring();
    test_need(ring && xenstore_domid() > 0);
    struct random *random = random_default();
    messages();
    for (unsigned i = 0; i < ARRAY_SIZE(distances); i++) {
        ring->req_prod = ring->req_cons + distances[i];
        kick();
        ring->rsp_cons = ring->rsp_prod + distances[i];
        kick();
        ring->req_cons = ring->rsp_prod = distances[i];
        kick();
    }
    for (unsigned i = 0; i < 500; i++) {
        for (unsigned j = 0; j < sizeof(*ring) / 4; j++)
            ((uint32_t *)ring)[j] = (uint32_t)random_next(random);
        kick();
    }
    test_check(true, "nothing to see");
    test_end_by_fault();
}
