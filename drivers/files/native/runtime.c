/* What the programs need of the guests' runtime beside what the shim of drivers/ext has. */
#include <ringside-rt/cmdline.h>
#include <ringside-rt/console.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>

void *aligned_alloc(size_t alignment, size_t size);
void free(void *memory);

size_t strlcpy(char *to, const char *from, size_t size)
{
    snprintf(to, size, "%s", from);
    return strlen(from);
}

uint64_t cmdline_u64(const char *key, uint64_t otherwise)
{
    (void)key;
    return otherwise;
}

/* Nobody asks. */
uint64_t bulk_copied(void)
{
    return 0;
}

void *page_alloc(size_t count)
{
    void *pages = aligned_alloc(PAGE_SIZE, count * PAGE_SIZE);
    return pages ? memset(pages, 0, count * PAGE_SIZE) : NULL;
}

void page_free(void *pages, size_t count)
{
    (void)count;
    free(pages);
}

size_t console_read(char *to, size_t size)
{
    (void)to;
    (void)size;
    return 0;
}

void console_write(const char *text, size_t length)
{
    printf("%.*s", (int)length, text);
}

const char *errno_name(long error)
{
    return error ? "an error" : "0";
}
