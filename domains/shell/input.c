/* Invariant: what lies in buffer from begin to end was read, and nobody has had it. */
#include "input.h"
#include "output.h"

#include <ringside-rt/string.h>

static char buffer[1024];
static size_t begin, end;

static bool fill(void)
{
    if (begin < end)
        return true;
    ssize_t n = read(0, buffer, sizeof(buffer));
    begin = 0;
    end = n > 0 ? (size_t)n : 0;
    return end > 0;
}

size_t input_piece(char *to, size_t size)
{
    if (!fill())
        return 0;
    size_t n = end - begin < size ? end - begin : size;
    memcpy(to, buffer + begin, n);
    begin += n;
    return n;
}

bool input_line(char *line, size_t size)
{
    size_t length = 0;
    bool some = false;
    while (fill()) {
        char c = buffer[begin++];
        some = true;
        if (c == '\n')
            break;
        if (length < size - 1)
            line[length] = c;
        length++;
    }
    if (length >= size)
        complain("shell: a line has at most %lu characters", size - 1);
    line[length < size ? length : 0] = 0;
    return some;
}
