/* Assertions on the layout of structures. Generated; do not edit. */
#ifndef RINGSIDE_LAYOUT_H
#define RINGSIDE_LAYOUT_H

#if defined(__x86_64__)
#define RINGSIDE_BY_WIDTH(if64, if32) (if64)
#elif defined(__i386__)
#define RINGSIDE_BY_WIDTH(if64, if32) (if32)
#else
#error "guests are x86-64 or i386 code"
#endif

#define RINGSIDE_SIZE(type, size64, size32)                                      \
    _Static_assert(sizeof(type) == RINGSIDE_BY_WIDTH(size64, size32), "size of " #type)
#define RINGSIDE_OFFSET(type, member, at64, at32)                                \
    _Static_assert(__builtin_offsetof(type, member) == RINGSIDE_BY_WIDTH(at64, at32), \
                   "offset of " #member)

#endif
