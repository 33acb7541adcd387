/*
 * Probes: places in a program that whoever watches can name. A probe costs a two-byte nop.
 *
 *     PROBE(ring_enqueue, channel, ring, index, sequence);
 *     PROBE(recovered);
 *
 * has up to six arguments, integers of at most 64 bits. Built for the host (without
 * RINGSIDE_GUEST) a probe is nothing, and its arguments are not evaluated.
 *
 * The compiler leaves the arguments where they happen to be; a note of the image (section
 * .note.ringside, owner Ringside, type 1) says where: the address of the nop in 64 bits, the name,
 * and for each argument its size and its operand as the assembler writes it ("8@%rax 4@$5"). The
 * hypervisor calls whoever watches before the nop is executed. A probe is no barrier.
 */
#ifndef RINGSIDE_RT_PROBE_H
#define RINGSIDE_RT_PROBE_H

#ifdef RINGSIDE_GUEST

#define PROBE(...)                                                                                 \
    PROBE_PICK(__VA_ARGS__, PROBE_6, PROBE_5, PROBE_4, PROBE_3, PROBE_2, PROBE_1, PROBE_0, )      \
    (__VA_ARGS__)

#define PROBE_PICK(name, a, b, c, d, e, f, chosen, ...) chosen

#define PROBE_SITE(name, operands, ...)                                                            \
    asm volatile("990: .byte 0x66, 0x90\n"                                                         \
                 ".pushsection .note.ringside, \"\", @note\n"                                      \
                 ".balign 4\n"                                                                     \
                 ".long 9, 992f - 991f, 1\n"                                                       \
                 ".asciz \"Ringside\"\n"                                                           \
                 ".balign 4\n"                                                                     \
                 "991: .quad 990b\n"                                                               \
                 ".asciz \"" #name "\"\n"                                                          \
                 ".asciz \"" operands "\"\n"                                                       \
                 "992: .balign 4\n"                                                                \
                 ".popsection"                                                                     \
                 :                                                                                 \
                 : __VA_ARGS__)

#define PROBE_TEXT(x) "%c[size_" #x "]@%q[" #x "]"
#define PROBE_IN(x, value) [size_##x] "n"(sizeof(value)), [x] "nor"(value)

#define PROBE_0(name) PROBE_SITE(name, "", )
#define PROBE_1(name, a) PROBE_SITE(name, PROBE_TEXT(pa), PROBE_IN(pa, a))
#define PROBE_2(name, a, b)                                                                        \
    PROBE_SITE(name, PROBE_TEXT(pa) " " PROBE_TEXT(pb), PROBE_IN(pa, a), PROBE_IN(pb, b))
#define PROBE_3(name, a, b, c)                                                                     \
    PROBE_SITE(name, PROBE_TEXT(pa) " " PROBE_TEXT(pb) " " PROBE_TEXT(pc), PROBE_IN(pa, a),        \
               PROBE_IN(pb, b), PROBE_IN(pc, c))
#define PROBE_4(name, a, b, c, d)                                                                  \
    PROBE_SITE(name, PROBE_TEXT(pa) " " PROBE_TEXT(pb) " " PROBE_TEXT(pc) " " PROBE_TEXT(pd),      \
               PROBE_IN(pa, a), PROBE_IN(pb, b), PROBE_IN(pc, c), PROBE_IN(pd, d))
#define PROBE_5(name, a, b, c, d, e)                                                               \
    PROBE_SITE(name,                                                                               \
               PROBE_TEXT(pa) " " PROBE_TEXT(pb) " " PROBE_TEXT(pc) " " PROBE_TEXT(pd) " "         \
                   PROBE_TEXT(pe),                                                                 \
               PROBE_IN(pa, a), PROBE_IN(pb, b), PROBE_IN(pc, c), PROBE_IN(pd, d),                 \
               PROBE_IN(pe, e))
#define PROBE_6(name, a, b, c, d, e, f)                                                            \
    PROBE_SITE(name,                                                                               \
               PROBE_TEXT(pa) " " PROBE_TEXT(pb) " " PROBE_TEXT(pc) " " PROBE_TEXT(pd) " "         \
                   PROBE_TEXT(pe) " " PROBE_TEXT(pf),                                              \
               PROBE_IN(pa, a), PROBE_IN(pb, b), PROBE_IN(pc, c), PROBE_IN(pd, d),                 \
               PROBE_IN(pe, e), PROBE_IN(pf, f))

#else

#define PROBE(name, ...) ((void)0)

#endif

#endif
