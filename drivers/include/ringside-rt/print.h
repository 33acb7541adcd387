/*
 * Formatted text. Conversions: %d %i %u %x %X %o %p %s %c %%, with the flags - 0 + space #, width
 * and precision (also as *), and the lengths hh h l ll z t j. No floating point, no %n.
 */
#ifndef RINGSIDE_RT_PRINT_H
#define RINGSIDE_RT_PRINT_H

#include <ringside-rt/compiler.h>
#include <stdarg.h>

/** Where formatted text goes, piece by piece. */
struct print_sink {
    void (*write)(struct print_sink *sink, const char *text, size_t length);
};

/** @return number of bytes given to the sink */
size_t print_format(struct print_sink *sink, const char *format, va_list args);

/** Always ends with NUL when size > 0; @return the length the whole text has. */
int vsnprintf(char *to, size_t size, const char *format, va_list args);
int snprintf(char *to, size_t size, const char *format, ...) PRINTF_LIKE(3, 4);

/** To the console; one call is one piece of output, also between vCPUs. */
void printf(const char *format, ...) PRINTF_LIKE(1, 2);
void vprintf(const char *format, va_list args);

/** Prints the message and ends the domain as crashed. */
NORETURN void panic(const char *format, ...) PRINTF_LIKE(1, 2);

#define panic_unless(condition)                                                                    \
    ((condition) ? (void)0 : panic("%s:%d: not so: %s", __FILE__, __LINE__, #condition))

#endif
