/*
 * Memory and strings as in ISO C. The compiler calls the first four by itself.
 */
#ifndef RINGSIDE_RT_STRING_H
#define RINGSIDE_RT_STRING_H

#include <ringside-rt/compiler.h>

void *memcpy(void *restrict to, const void *restrict from, size_t n);
void *memmove(void *to, const void *from, size_t n);
void *memset(void *to, int byte, size_t n);
int memcmp(const void *a, const void *b, size_t n);

/** A call of memcpy or memmove for so many bytes or more is a bulk copy. */
#define BULK_COPY_BYTES 512

/** Bytes that all bulk copies of this domain have copied since it began, whatever they were. */
uint64_t bulk_copied(void);

size_t strlen(const char *s);
size_t strnlen(const char *s, size_t limit);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t n);
char *strchr(const char *s, int c);
char *strstr(const char *s, const char *part);

/** Copies at most size - 1 bytes and always ends with NUL; returns strlen(from). */
size_t strlcpy(char *to, const char *from, size_t size);

/**
 * Reads an unsigned number: decimal, or hexadecimal after 0x.
 *
 * @param end where to put the first character not read, or NULL
 * @return the number modulo 2^64; 0 when there is no digit
 */
uint64_t strtou64(const char *s, const char **end);

/** The same, with an optional suffix k, m or g for KiB, MiB, GiB, in either case. */
uint64_t strtobytes(const char *s, const char **end);

#endif
