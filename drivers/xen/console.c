/*
 * The PV console: we produce out[], the other end consumes; in[] is the other way round. Indexes
 * run freely. Waiting for room is a loop around SCHEDOP_yield: no interrupt is needed, so it works
 * at any time. Who waits for input tells the other end so by an event after which nothing is new:
 * neither output nor input that was taken.
 */
#include <ringside-rt/bare.h>
#include <ringside-rt/boot.h>
#include <ringside-rt/console.h>
#include <ringside-rt/event.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/paging.h>
#include <ringside-rt/percpu.h>
#include <ringside-rt/print.h>
#include <ringside-rt/spinlock.h>
#include <ringside-rt/string.h>

/* Yields after which a console that takes nothing is given up. */
#define PATIENCE 10000

static struct spinlock lock;
static struct xencons_interface *ring;
static evtchn_port_t port;

struct xencons_interface *console_ring(void)
{
    return ring;
}

unsigned console_port(void)
{
    return port;
}

void console_init(void)
{
    uint64_t gfn, event;
    if (hvm_param_get(HVM_PARAM_CONSOLE_PFN, &gfn) || !gfn ||
        hvm_param_get(HVM_PARAM_CONSOLE_EVTCHN, &event) || !event)
        return;
    paging_map(gfn << PAGE_SHIFT, gfn << PAGE_SHIFT, 1, PAGING_WRITE);
    port = (evtchn_port_t)event;
    ring = (struct xencons_interface *)(gfn << PAGE_SHIFT);
}

void console_emergency(const char *text, size_t length)
{
    if (bare_machine)
        bare_console_write(text, length);
    else
        HYPERVISOR_console_io(CONSOLEIO_write, (unsigned)length, (void *)text);
}

static void notify(void)
{
    struct evtchn_send send = {port};
    HYPERVISOR_event_channel_op(EVTCHNOP_send, &send);
}

/* False when the other end takes nothing for a long time. */
static bool wait_for(uint32_t room)
{
    for (unsigned i = 0; i < PATIENCE; i++) {
        uint32_t used = ring->out_prod - READ_ONCE(ring->out_cons);
        if (sizeof(ring->out) - used >= room)
            return true;
        notify();
        HYPERVISOR_sched_op(SCHEDOP_yield, NULL);
    }
    return false;
}

static void put(char c)
{
    if (!wait_for(1))
        return;
    ring->out[ring->out_prod % sizeof(ring->out)] = c;
    write_barrier();
    WRITE_ONCE(ring->out_prod, ring->out_prod + 1);
}

static void put_text(const char *text, size_t length)
{
    for (; length; length--, text++) {
        if (*text == '\n')
            put('\r');
        put(*text);
    }
}

void console_write(const char *text, size_t length)
{
    if (!ring)
        console_emergency(text, length);
    if (!ring || !length)
        return;
    /* A report about an exception may come out of this very function. */
    bool locked = !percpu()->reports;
    bool irq = locked ? spin_lock(&lock) : false;
    put_text(text, length);
    notify();
    if (locked)
        spin_unlock(&lock, irq);
}

/* Up to the end of the input, which is taken when it comes first: then *end is true. */
static size_t take(char *to, size_t size, bool *end)
{
    size_t n = 0;
    bool irq = spin_lock(&lock);
    uint32_t available = READ_ONCE(ring->in_prod) - ring->in_cons;
    read_barrier();
    for (; n < size && n < available; n++) {
        to[n] = ring->in[(ring->in_cons + n) % sizeof(ring->in)];
        if (to[n] == CONSOLE_END)
            break;
    }
    *end = size && available && !n;
    WRITE_ONCE(ring->in_cons, ring->in_cons + n + *end);
    spin_unlock(&lock, irq);
    if (n || *end)
        notify();
    return n;
}

size_t console_read(char *to, size_t size)
{
    bool end = !ring || !size;
    for (;;) {
        size_t n = end ? 0 : take(to, size, &end);
        if (n || end)
            return n;
        notify();
        event_wait(port);
    }
}

void console_flush(void)
{
    if (ring)
        wait_for(sizeof(ring->out));
}

struct line_sink {
    struct print_sink sink;
    size_t used;
    char buffer[512];
};

static void line_flush(struct line_sink *line)
{
    if (line->used)
        console_write(line->buffer, line->used);
    line->used = 0;
}

static void line_write(struct print_sink *sink, const char *text, size_t length)
{
    struct line_sink *line = CONTAINER_OF(sink, struct line_sink, sink);
    while (length) {
        size_t n = sizeof(line->buffer) - line->used;
        n = n < length ? n : length;
        memcpy(line->buffer + line->used, text, n);
        line->used += n;
        text += n;
        length -= n;
        if (line->used == sizeof(line->buffer))
            line_flush(line);
    }
}

void vprintf(const char *format, va_list args)
{
    struct line_sink line;
    line.sink.write = line_write;
    line.used = 0;
    print_format(&line.sink, format, args);
    line_flush(&line);
}

void printf(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
}
