/*
 * Probes: places in a program that whoever watches can name. A probe costs a two-byte nop.
 *
 *     PROBE(ring_enqueue, channel, ring, index, sequence);
 *
 * has up to four arguments, integers of at most 64 bits. Built for the host (without
 * RINGSIDE_GUEST) a probe is nothing.
 */
#ifndef RINGSIDE_RT_PROBE_H
#define RINGSIDE_RT_PROBE_H

#define PROBE(name, ...) ((void)0)

#endif
