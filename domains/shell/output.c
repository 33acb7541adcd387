/* Invariant: the first `used` bytes of buffer are not written yet, all for one target. */
#include "output.h"

#include <ringside-rt/print.h>
#include <ringside-rt/string.h>

#define CONSOLE 1

static char buffer[16384];
static size_t used;
static int target = CONSOLE;
static bool failed;

static void flush(void)
{
    for (size_t done = 0; done < used && !failed;) {
        ssize_t n = write(target, buffer + done, used - done);
        if (n <= 0) {
            failed = true;
            used = 0;
            complain("write error: %s", strerror(n ? errno : EIO));
            return;
        }
        done += (size_t)n;
    }
    used = 0;
}

void out_bytes(const void *bytes, size_t length)
{
    while (length) {
        size_t room = sizeof(buffer) - used, n = length < room ? length : room;
        memcpy(buffer + used, bytes, n);
        used += n;
        bytes = (const char *)bytes + n;
        length -= n;
        if (used == sizeof(buffer))
            flush();
    }
}

static void sink_write(struct print_sink *sink, const char *text, size_t length)
{
    (void)sink;
    out_bytes(text, length);
}

void out(const char *format, ...)
{
    struct print_sink sink = {sink_write};
    va_list args;
    va_start(args, format);
    print_format(&sink, format, args);
    va_end(args);
}

bool out_is_console(void)
{
    return target == CONSOLE;
}

void out_begin(int fd)
{
    target = fd;
    failed = false;
}

int out_end(void)
{
    flush();
    target = CONSOLE;
    return failed ? -1 : 0;
}

void complain(const char *format, ...)
{
    va_list args;
    if (!failed)
        flush();
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    printf("\n");
}

int complain_errno(const char *command, const char *what)
{
    int number = errno;
    complain("%s: %s: %s", command, what, strerror(number));
    return 1;
}
