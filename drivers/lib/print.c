/* The formatter behind printf and snprintf: one pass over the format, output through a sink. */
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>

struct spec {
    bool left, zero, plus, space, alternate;
    int width;
    int precision; /* -1: not given */
    int length;    /* bytes of the integer argument */
};

struct output {
    struct print_sink *sink;
    size_t written;
};

static void put(struct output *out, const char *text, size_t length)
{
    if (length)
        out->sink->write(out->sink, text, length);
    out->written += length;
}

static void pad(struct output *out, char c, int count)
{
    while (count-- > 0)
        put(out, &c, 1);
}

static void put_padded(struct output *out, const struct spec *spec, const char *text, size_t length)
{
    int blanks = spec->width - (int)length;
    if (!spec->left)
        pad(out, ' ', blanks);
    put(out, text, length);
    if (spec->left)
        pad(out, ' ', blanks);
}

/* Sign or 0x first, then zeros to the precision or width, then digits. */
static void put_number(struct output *out, const struct spec *spec, uint64_t value, unsigned base,
                       bool upper, const char *prefix)
{
    const char *alphabet = upper ? "0123456789ABCDEF" : "0123456789abcdef";
    char digits[24];
    int count = 0;
    for (; value; value /= base)
        digits[sizeof(digits) - ++count] = alphabet[value % base];
    int least = spec->precision < 0 ? 1 : spec->precision;
    int prefix_length = (int)strlen(prefix);
    if (spec->zero && !spec->left && spec->precision < 0 && spec->width - prefix_length > least)
        least = spec->width - prefix_length;
    int zeros = least > count ? least - count : 0;
    int blanks = spec->width - prefix_length - zeros - count;
    if (!spec->left)
        pad(out, ' ', blanks);
    put(out, prefix, prefix_length);
    pad(out, '0', zeros);
    put(out, digits + sizeof(digits) - count, count);
    if (spec->left)
        pad(out, ' ', blanks);
}

static int64_t signed_argument(const struct spec *spec, va_list *args)
{
    switch (spec->length) {
    case 1:
        return (int8_t)va_arg(*args, int);
    case 2:
        return (int16_t)va_arg(*args, int);
    case 8:
        return va_arg(*args, int64_t);
    default:
        return va_arg(*args, int);
    }
}

static uint64_t unsigned_argument(const struct spec *spec, va_list *args)
{
    switch (spec->length) {
    case 1:
        return (uint8_t)va_arg(*args, unsigned);
    case 2:
        return (uint16_t)va_arg(*args, unsigned);
    case 8:
        return va_arg(*args, uint64_t);
    default:
        return va_arg(*args, unsigned);
    }
}

static int parse_count(const char **format, va_list *args)
{
    int value = 0;
    if (**format == '*') {
        (*format)++;
        return va_arg(*args, int);
    }
    while (**format >= '0' && **format <= '9')
        value = value * 10 + *(*format)++ - '0';
    return value;
}

static const char *parse_flags(const char *f, struct spec *spec)
{
    for (;; f++) {
        switch (*f) {
        case '-':
            spec->left = true;
            break;
        case '0':
            spec->zero = true;
            break;
        case '+':
            spec->plus = true;
            break;
        case ' ':
            spec->space = true;
            break;
        case '#':
            spec->alternate = true;
            break;
        default:
            return f;
        }
    }
}

static const char *parse_length(const char *f, struct spec *spec)
{
    spec->length = 4;
    for (;; f++) {
        if (*f == 'h')
            spec->length = spec->length == 2 ? 1 : 2;
        else if (*f == 'l' || *f == 'z' || *f == 't' || *f == 'j')
            spec->length = 8;
        else
            return f;
    }
}

static const char *parse_spec(const char *f, struct spec *spec, va_list *args)
{
    *spec = (struct spec){.precision = -1};
    f = parse_flags(f, spec);
    spec->width = parse_count(&f, args);
    if (spec->width < 0) {
        spec->left = true;
        spec->width = -spec->width;
    }
    if (*f == '.') {
        f++;
        spec->precision = parse_count(&f, args);
    }
    return parse_length(f, spec);
}

static void put_signed(struct output *out, const struct spec *spec, int64_t value)
{
    const char *sign = value < 0 ? "-" : spec->plus ? "+" : spec->space ? " " : "";
    put_number(out, spec, value < 0 ? -(uint64_t)value : (uint64_t)value, 10, false, sign);
}

static void put_string(struct output *out, const struct spec *spec, const char *text)
{
    if (!text)
        text = "(null)";
    size_t limit = spec->precision < 0 ? SIZE_MAX : (size_t)spec->precision;
    put_padded(out, spec, text, strnlen(text, limit));
}

static void convert(struct output *out, struct spec *spec, char conversion, va_list *args)
{
    char c;
    uint64_t value;
    switch (conversion) {
    case 'd':
    case 'i':
        put_signed(out, spec, signed_argument(spec, args));
        break;
    case 'u':
        put_number(out, spec, unsigned_argument(spec, args), 10, false, "");
        break;
    case 'o':
        put_number(out, spec, unsigned_argument(spec, args), 8, false, "");
        break;
    case 'x':
    case 'X':
        value = unsigned_argument(spec, args);
        put_number(out, spec, value, 16, conversion == 'X', spec->alternate && value ? "0x" : "");
        break;
    case 'p':
        put_number(out, spec, (uintptr_t)va_arg(*args, void *), 16, false, "0x");
        break;
    case 's':
        put_string(out, spec, va_arg(*args, const char *));
        break;
    case 'c':
        c = (char)va_arg(*args, int);
        put_padded(out, spec, &c, 1);
        break;
    default: /* %% and what we do not know */
        put(out, &conversion, 1);
    }
}

size_t print_format(struct print_sink *sink, const char *format, va_list args)
{
    struct output out = {.sink = sink};
    va_list rest;
    va_copy(rest, args);
    while (*format) {
        const char *percent = strchr(format, '%');
        if (!percent) {
            put(&out, format, strlen(format));
            break;
        }
        put(&out, format, percent - format);
        struct spec spec;
        format = parse_spec(percent + 1, &spec, &rest);
        if (!*format)
            break;
        convert(&out, &spec, *format++, &rest);
    }
    va_end(rest);
    return out.written;
}

struct buffer_sink {
    struct print_sink sink;
    char *to;
    size_t left; /* room, without the final NUL */
};

static void buffer_write(struct print_sink *sink, const char *text, size_t length)
{
    struct buffer_sink *buffer = CONTAINER_OF(sink, struct buffer_sink, sink);
    size_t n = length < buffer->left ? length : buffer->left;
    memcpy(buffer->to, text, n);
    buffer->to += n;
    buffer->left -= n;
}

int vsnprintf(char *to, size_t size, const char *format, va_list args)
{
    struct buffer_sink buffer = {{buffer_write}, to, size ? size - 1 : 0};
    size_t length = print_format(&buffer.sink, format, args);
    if (size)
        *buffer.to = 0;
    return (int)length;
}

int snprintf(char *to, size_t size, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int length = vsnprintf(to, size, format, args);
    va_end(args);
    return length;
}
