/*
 * Pieces of memory. Small ones come from free lists, one for each power of two from 32 to 2048
 * bytes; larger ones are page runs. Each piece is preceded by a header that says which.
 */
#include <ringside-rt/memory.h>
#include <ringside-rt/print.h>
#include <ringside-rt/spinlock.h>
#include <ringside-rt/string.h>

#define SMALLEST_SHIFT 5
#define CLASSES 7 /* 32 .. 2048 */
#define MAGIC_USED 0x6b6d616cu
#define MAGIC_FREE 0x66726565u

struct header {
    uint32_t magic;
    uint32_t class;  /* CLASSES: a page run */
    union {
        size_t pages;        /* in use, a page run */
        struct header *next; /* free */
    };
};

static struct spinlock lock;
static struct header *free_lists[CLASSES];

static bool refill(unsigned class)
{
    char *page = page_alloc(1);
    if (!page)
        return false;
    for (size_t at = PAGE_SIZE; at; at -= 1ul << (class + SMALLEST_SHIFT)) {
        struct header *h = (struct header *)(page + at - (1ul << (class + SMALLEST_SHIFT)));
        *h = (struct header){.magic = MAGIC_FREE, .class = class, .next = free_lists[class]};
        free_lists[class] = h;
    }
    return true;
}

static void *page_run(size_t size)
{
    size_t pages = ALIGN_UP(size, PAGE_SIZE) >> PAGE_SHIFT;
    struct header *h = page_alloc(pages);
    if (!h)
        return NULL;
    *h = (struct header){.magic = MAGIC_USED, .class = CLASSES, .pages = pages};
    return h + 1;
}

void *kmalloc(size_t size)
{
    unsigned class = 0;
    if (size > SIZE_MAX / 2)
        return NULL;
    size += sizeof(struct header);
    while (class < CLASSES && 1ul << (class + SMALLEST_SHIFT) < size)
        class++;
    if (class == CLASSES)
        return page_run(size);
    bool irq = spin_lock(&lock);
    struct header *h = NULL;
    if (free_lists[class] || refill(class)) {
        h = free_lists[class];
        free_lists[class] = h->next;
        h->magic = MAGIC_USED;
        h->next = NULL;
    }
    spin_unlock(&lock, irq);
    return h ? memset(h + 1, 0, (1ul << (class + SMALLEST_SHIFT)) - sizeof(*h)) : NULL;
}

void kfree(void *piece)
{
    if (!piece)
        return;
    struct header *h = (struct header *)piece - 1;
    if (h->magic != MAGIC_USED)
        panic("kfree(%p): not allocated", piece);
    h->magic = MAGIC_FREE;
    if (h->class == CLASSES) {
        page_free(h, h->pages);
        return;
    }
    bool irq = spin_lock(&lock);
    h->next = free_lists[h->class];
    free_lists[h->class] = h;
    spin_unlock(&lock, irq);
}
