/*
 * Requests are compared one by one only where that can find something: a read meets no other
 * reads, and a short request nothing when no page of its places is touched. So while all are short,
 * the cost of sending one hardly grows with the number of those under way.
 */
#include <ringside-rt/blk.h>

static bool is_change(const struct blk_request *request)
{
    return request->op != BLK_READ && request->length;
}

static uint64_t first_page(const struct blk_request *request)
{
    return request->offset / PAGE_SIZE;
}

/* Behind its last. A flush has none. */
static uint64_t end_page(const struct blk_request *request)
{
    return (request->offset + request->length + PAGE_SIZE - 1) / PAGE_SIZE;
}

static bool is_long(const struct blk_request *request)
{
    return end_page(request) - first_page(request) > BLK_ORDER_SHORT;
}

/* One more that touches its pages, or one less. */
static void count(struct blk_order *order, const struct blk_request *request, unsigned step)
{
    if (is_change(request))
        order->changes += step;
    if (is_long(request)) {
        order->long_ones += step;
        return;
    }
    for (uint64_t page = first_page(request); page < end_page(request); page++)
        order->at[page % BLK_ORDER_PLACES] += step;
}

static bool meets_nobody(const struct blk_order *order, const struct blk_request *request)
{
    if (!is_change(request) && !order->changes)
        return true;
    if (order->long_ones || is_long(request))
        return false;
    for (uint64_t page = first_page(request); page < end_page(request); page++)
        if (order->at[page % BLK_ORDER_PLACES])
            return false;
    return true;
}

static bool in_the_way(const struct blk_request *earlier, const struct blk_request *later)
{
    return (is_change(earlier) || is_change(later)) &&
           earlier->offset < later->offset + later->length &&
           later->offset < earlier->offset + earlier->length;
}

void blk_order_add(struct blk_order *order, struct blk_request *request)
{
    request->next = NULL;
    request->previous = order->last;
    *(order->last ? &order->last->next : &order->first) = request;
    order->last = request;
    count(order, request, 1);
}

void blk_order_remove(struct blk_order *order, struct blk_request *request)
{
    *(request->previous ? &request->previous->next : &order->first) = request->next;
    *(request->next ? &request->next->previous : &order->last) = request->previous;
    count(order, request, -1u);
}

bool blk_order_must_wait(const struct blk_order *order, const struct blk_request *request)
{
    if (meets_nobody(order, request))
        return false;
    for (const struct blk_request *r = order->first; r; r = r->next)
        if (in_the_way(r, request))
            return true;
    return false;
}
