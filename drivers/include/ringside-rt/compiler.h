/*
 * What the compiler is told: attributes, barriers, small arithmetic. No code of its own.
 */
#ifndef RINGSIDE_RT_COMPILER_H
#define RINGSIDE_RT_COMPILER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PAGE_SHIFT 12
#define PAGE_SIZE 4096ul

#define ALIGN_UP(value, alignment) (((value) + (alignment) - 1) & ~((alignment) - 1))
#define ALIGN_DOWN(value, alignment) ((value) & ~((alignment) - 1))
#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define CONTAINER_OF(pointer, type, member) ((type *)((char *)(pointer) - offsetof(type, member)))

#define NORETURN __attribute__((noreturn))
#define PRINTF_LIKE(string, first) __attribute__((format(printf, string, first)))
#define PAGE_ALIGNED __attribute__((aligned(4096)))

/** The compiler must not move memory accesses across this. */
#define compiler_barrier() asm volatile("" ::: "memory")

/** Stores before this are visible before stores after it (x86 keeps their order by itself). */
#define write_barrier() compiler_barrier()

/** Loads before this happen before loads after it. */
#define read_barrier() compiler_barrier()

/** All accesses before this are visible before any after it. */
#define full_barrier() __atomic_thread_fence(__ATOMIC_SEQ_CST)

/** One access, neither repeated nor left out: for memory that others change. */
#define READ_ONCE(place) (*(const volatile typeof(place) *)&(place))
#define WRITE_ONCE(place, value) (*(volatile typeof(place) *)&(place) = (value))

#endif
