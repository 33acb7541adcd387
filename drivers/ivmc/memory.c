/*
 * The client's memory: allocated once, and the same in all epochs, so that a request that has to be
 * sent again finds its data where it was.
 */
#include "client.h"
#include <ringside-rt/memory.h>

#define WORD_BITS 64

static int allocate_data(struct ivmc_client *client, size_t region_bytes)
{
    client->data_pages = client->path == IVMC_COPY
                             ? (size_t)entries(client) * (IVMC_LARGE_SLOT_BYTES / PAGE_SIZE)
                             : ALIGN_UP(region_bytes, PAGE_SIZE) / PAGE_SIZE;
    if (client->data_pages > IVMC_MAX_DATA_PAGES)
        return -XEN_EINVAL;
    client->data = page_alloc(client->data_pages);
    client->region_used = kmalloc(ALIGN_UP(client->data_pages, WORD_BITS) / 8);
    return client->data && client->region_used ? 0 : -XEN_ENOMEM;
}

int ivmc_client_memory(struct ivmc_client *client, size_t region_bytes)
{
    size_t stride = ivmc_ring_stride(client->order);
    client->page = page_alloc(1);
    client->rings = page_alloc(IVMC_RINGS * stride / PAGE_SIZE);
    client->slots = page_alloc(ivmc_slot_pages(client->order));
    client->flights = kmalloc(entries(client) * sizeof(*client->flights));
    client->large_used = kmalloc(entries(client));
    if (!client->page || !client->rings || !client->slots || !client->flights ||
        !client->large_used)
        return -XEN_ENOMEM;
    for (unsigned i = 0; i < IVMC_RINGS; i++)
        scq_attach(&client->ring[i], (char *)client->rings + i * stride, client->order);
    client->first_flight = client->last_flight = NO_SLOT;
    client->spare = client->use->resume ? 0 : NO_SLOT;
    if (client->use->resume)
        client->flights[client->spare].state = HELD;
    return allocate_data(client, region_bytes);
}

static bool used(const struct ivmc_client *client, size_t page)
{
    return client->region_used[page / WORD_BITS] >> page % WORD_BITS & 1;
}

static void set_used(struct ivmc_client *client, size_t page, size_t count, bool value)
{
    for (; count; page++, count--) {
        uint64_t bit = 1ul << page % WORD_BITS;
        uint64_t *word = &client->region_used[page / WORD_BITS];
        *word = value ? *word | bit : *word & ~bit;
    }
}

void *ivmc_client_buffer(struct ivmc_client *client, size_t bytes)
{
    size_t pages = ALIGN_UP(bytes, PAGE_SIZE) / PAGE_SIZE, run = 0;
    if (client->path == IVMC_COPY)
        return page_alloc(pages);
    for (size_t i = 0; i < client->data_pages && pages; i++) {
        run = used(client, i) ? 0 : run + 1;
        if (run == pages) {
            size_t first = i + 1 - pages;
            set_used(client, first, pages, true);
            return client->data + first * PAGE_SIZE;
        }
    }
    return NULL;
}

void ivmc_client_buffer_free(struct ivmc_client *client, void *buffer, size_t bytes)
{
    size_t pages = ALIGN_UP(bytes, PAGE_SIZE) / PAGE_SIZE;
    if (client->path == IVMC_COPY)
        page_free(buffer, pages);
    else
        set_used(client, (size_t)((uint8_t *)buffer - client->data) / PAGE_SIZE, pages, false);
}

bool ivmc_client_in_region(const struct ivmc_client *client, const void *buffer, size_t bytes)
{
    size_t offset = (size_t)((const uint8_t *)buffer - client->data);
    size_t region = client->data_pages * PAGE_SIZE;
    return (const uint8_t *)buffer >= client->data && offset <= region && bytes <= region - offset;
}
