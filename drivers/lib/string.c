/*
 * Memory and strings. Much is left to the CPU's string instructions, which cost three bytes of code
 * for eight of data and which an engine may do at once; little goes by plain loops, a line or eight
 * bytes at a time where that pays.
 */
#include <ringside-rt/string.h>

/* Keeps the compiler from turning a loop into a call of the function it stands in. */
#define NOT_A_CALL() compiler_barrier()

typedef uint64_t __attribute__((may_alias, aligned(1))) word;

#define LINE 64

/* From so many bytes on, a string instruction costs less than a loop: it takes long to begin. */
#define MUCH 512

static uint64_t copied;

uint64_t bulk_copied(void)
{
    return __atomic_load_n(&copied, __ATOMIC_RELAXED);
}

static void count(size_t n)
{
    if (n >= BULK_COPY_BYTES)
        __atomic_fetch_add(&copied, n, __ATOMIC_RELAXED);
}

void *memcpy(void *restrict to, const void *restrict from, size_t n)
{
    char *t = to;
    const char *f = from;
    count(n);
    if (n >= MUCH) {
        size_t words = n / 8;
        __asm__ volatile("rep movsq" : "+D"(t), "+S"(f), "+c"(words) : : "memory");
        n %= 8;
    }
    for (; n >= LINE; n -= LINE, t += LINE, f += LINE) {
#pragma GCC unroll 8
        for (unsigned i = 0; i < LINE; i += 8)
            *(word *)(t + i) = *(const word *)(f + i);
        NOT_A_CALL();
    }
    for (; n >= 8; n -= 8, t += 8, f += 8) {
        *(word *)t = *(const word *)f;
        NOT_A_CALL();
    }
    for (; n; n--) {
        *t++ = *f++;
        NOT_A_CALL();
    }
    return to;
}

void *memmove(void *to, const void *from, size_t n)
{
    char *t = to;
    const char *f = from;
    if (t <= f || t >= f + n)
        return memcpy(to, from, n);
    count(n);
    while (n--) {
        t[n] = f[n];
        NOT_A_CALL();
    }
    return to;
}

void *memset(void *to, int byte, size_t n)
{
    char *t = to;
    uint64_t pattern = 0x0101010101010101ul * (uint8_t)byte;
    if (n >= MUCH) {
        size_t words = n / 8;
        __asm__ volatile("rep stosq" : "+D"(t), "+c"(words) : "a"(pattern) : "memory");
        n %= 8;
    }
    for (; n >= LINE; n -= LINE, t += LINE) {
#pragma GCC unroll 8
        for (unsigned i = 0; i < LINE; i += 8)
            *(word *)(t + i) = pattern;
        NOT_A_CALL();
    }
    for (; n >= 8; n -= 8, t += 8) {
        *(word *)t = pattern;
        NOT_A_CALL();
    }
    for (; n; n--) {
        *t++ = (char)byte;
        NOT_A_CALL();
    }
    return to;
}

int memcmp(const void *a, const void *b, size_t n)
{
    const uint8_t *x = a, *y = b;
    for (; n; n--, x++, y++)
        if (*x != *y)
            return *x - *y;
    return 0;
}

size_t strlen(const char *s)
{
    return strnlen(s, SIZE_MAX);
}

size_t strnlen(const char *s, size_t limit)
{
    size_t n = 0;
    while (n < limit && s[n]) {
        n++;
        NOT_A_CALL();
    }
    return n;
}

int strcmp(const char *a, const char *b)
{
    return strncmp(a, b, SIZE_MAX);
}

int strncmp(const char *a, const char *b, size_t n)
{
    for (; n; n--, a++, b++)
        if (*a != *b || !*a)
            return (uint8_t)*a - (uint8_t)*b;
    return 0;
}

char *strchr(const char *s, int c)
{
    for (;; s++) {
        if (*s == (char)c)
            return (char *)s;
        if (!*s)
            return NULL;
    }
}

char *strstr(const char *s, const char *part)
{
    size_t n = strlen(part);
    for (;; s++) {
        if (strncmp(s, part, n) == 0)
            return (char *)s;
        if (!*s)
            return NULL;
    }
}

size_t strlcpy(char *to, const char *from, size_t size)
{
    size_t n = strlen(from);
    if (size) {
        size_t copied = n < size ? n : size - 1;
        memcpy(to, from, copied);
        to[copied] = 0;
    }
    return n;
}

uint64_t strtou64(const char *s, const char **end)
{
    unsigned base = 10;
    uint64_t value = 0;
    if (s[0] == '0' && (s[1] == 'x' || s[1] == 'X')) {
        base = 16;
        s += 2;
    }
    for (;; s++) {
        unsigned digit;
        if (*s >= '0' && *s <= '9')
            digit = *s - '0';
        else if ((*s | 0x20) >= 'a' && (*s | 0x20) <= 'f')
            digit = (*s | 0x20) - 'a' + 10;
        else
            break;
        if (digit >= base)
            break;
        value = value * base + digit;
    }
    if (end)
        *end = s;
    return value;
}

uint64_t strtobytes(const char *s, const char **end)
{
    uint64_t value = strtou64(s, &s);
    unsigned shift = 0;
    switch (*s | 0x20) {
    case 'k':
        shift = 10;
        break;
    case 'm':
        shift = 20;
        break;
    case 'g':
        shift = 30;
        break;
    }
    if (end)
        *end = s + (shift > 0);
    return value << shift;
}
