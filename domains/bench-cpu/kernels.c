/* The kernels that a compiler makes. See kernels.h for what they may do. */
#include "kernels.h"

#define SIEVE_BYTES 65536
#define RING_CELLS 1024
#define CRC_POLYNOMIAL 0xedb88320u

struct node {
    struct node *next;
    uint64_t value, padding[6];
};

struct ring_cell {
    uint64_t sequence, value;
};

struct ring {
    uint64_t tail, apart1[7];
    uint64_t head, apart2[7];
    struct ring_cell cells[RING_CELLS];
};

uint64_t run_alu(void *arena, uint64_t rounds)
{
    uint64_t x = 88172645463325252ul, sum = 0;
    (void)arena;
    for (uint64_t n = rounds * ALU_ITERATIONS; n; n--) {
        x ^= x << 13;
        x ^= x >> 7;
        sum += x & n;
    }
    return sum ^ x;
}

void prepare_bytes(void *arena)
{
    uint64_t x = 1;
    for (uint64_t i = 0; i < 2 * COPY_BYTES / 8; i++)
        ((uint64_t *)arena)[i] = x = x * 6364136223846793005ul + 1442695040888963407ul;
}

/* The table comes first, the bytes behind it. */
void prepare_crc(void *arena)
{
    uint32_t *table = arena;
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t c = i;
        for (int bit = 0; bit < 8; bit++)
            c = c & 1 ? c >> 1 ^ CRC_POLYNOMIAL : c >> 1;
        table[i] = c;
    }
    for (uint32_t i = 0; i < CRC_BYTES; i++)
        ((uint8_t *)(table + 256))[i] = (uint8_t)(i * 131 >> 3);
}

uint64_t run_crc(void *arena, uint64_t rounds)
{
    const uint32_t *table = arena;
    const uint8_t *bytes = (const uint8_t *)(table + 256);
    uint32_t crc = ~0u;
    for (; rounds; rounds--)
        for (uint64_t i = 0; i < CRC_BYTES; i++)
            crc = table[(crc ^ bytes[i]) & 255] ^ crc >> 8;
    return ~crc;
}

uint64_t run_sieve(void *arena, uint64_t rounds)
{
    uint8_t *composite = arena;
    uint64_t primes = 0;
    for (; rounds; rounds--) {
        for (uint64_t i = 0; i < SIEVE_BYTES; i++)
            composite[i] = 0;
        for (uint64_t i = 2; i < SIEVE_BYTES; i++) {
            if (composite[i])
                continue;
            primes++;
            for (uint64_t k = i * i; k < SIEVE_BYTES; k += i)
                composite[k] = 1;
        }
    }
    return primes;
}

/* One circle through all nodes, in an order that no prefetcher guesses. */
void prepare_chase(void *arena)
{
    struct node *nodes = arena;
    for (uint64_t i = 0; i < CHASE_NODES; i++) {
        uint64_t next = (i * 1597 + 1187) % CHASE_NODES;
        nodes[i].next = &nodes[next];
        nodes[i].value = i * 2654435761u;
    }
}

uint64_t run_chase(void *arena, uint64_t rounds)
{
    const struct node *at = arena;
    uint64_t sum = 0;
    for (uint64_t n = rounds * CHASE_NODES; n; n--) {
        sum += at->value;
        at = at->next;
    }
    return sum;
}

void prepare_ring(void *arena)
{
    struct ring *ring = arena;
    ring->tail = ring->head = 0;
    for (uint64_t i = 0; i < RING_CELLS; i++)
        ring->cells[i] = (struct ring_cell){.sequence = i};
}

static __attribute__((noinline)) int ring_put(struct ring *ring, uint64_t value)
{
    uint64_t at = __atomic_load_n(&ring->tail, __ATOMIC_RELAXED);
    for (;;) {
        struct ring_cell *cell = &ring->cells[at % RING_CELLS];
        uint64_t sequence = __atomic_load_n(&cell->sequence, __ATOMIC_ACQUIRE);
        if (sequence == at) {
            if (__atomic_compare_exchange_n(&ring->tail, &at, at + 1, 0, __ATOMIC_RELAXED,
                                            __ATOMIC_RELAXED)) {
                cell->value = value;
                __atomic_store_n(&cell->sequence, at + 1, __ATOMIC_RELEASE);
                return 1;
            }
        } else if (sequence < at) {
            return 0;
        } else {
            at = __atomic_load_n(&ring->tail, __ATOMIC_RELAXED);
        }
    }
}

static __attribute__((noinline)) int ring_take(struct ring *ring, uint64_t *value)
{
    uint64_t at = __atomic_load_n(&ring->head, __ATOMIC_RELAXED);
    for (;;) {
        struct ring_cell *cell = &ring->cells[at % RING_CELLS];
        uint64_t sequence = __atomic_load_n(&cell->sequence, __ATOMIC_ACQUIRE);
        if (sequence == at + 1) {
            if (__atomic_compare_exchange_n(&ring->head, &at, at + 1, 0, __ATOMIC_RELAXED,
                                            __ATOMIC_RELAXED)) {
                *value = cell->value;
                __atomic_store_n(&cell->sequence, at + RING_CELLS, __ATOMIC_RELEASE);
                return 1;
            }
        } else if (sequence < at + 1) {
            return 0;
        } else {
            at = __atomic_load_n(&ring->head, __ATOMIC_RELAXED);
        }
    }
}

uint64_t run_ring(void *arena, uint64_t rounds)
{
    uint64_t sum = 0, value = 0;
    for (uint64_t n = rounds * RING_PAIRS; n; n--) {
        sum += (uint64_t)ring_put(arena, n);
        sum += (uint64_t)ring_take(arena, &value);
        sum += value;
    }
    return sum;
}

static __attribute__((noinline)) uint64_t fib(uint64_t n)
{
    return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

uint64_t run_fib20(void *arena, uint64_t rounds)
{
    uint64_t sum = 0;
    (void)arena;
    for (; rounds; rounds--) {
        uint64_t n = 20;
        __asm__ volatile("" : "+r"(n)); /* or one call would do for all rounds */
        sum += fib(n);
    }
    return sum;
}

void prepare_text(void *arena)
{
    static const char text[TEXT_BYTES + 1] =
        "name = \"storage server\"; memory = 64; # of MiB\n"
        "seed = 0x1f2e; retries = 10; quota = 4294967296;\n"
        "label = \"disk 1\"; depth = 32; z\n";
    for (uint64_t i = 0; i < TEXT_BYTES; i++)
        ((char *)arena)[i] = text[i];
}

static int is_digit(unsigned c)
{
    return c - '0' < 10;
}

static int is_letter(unsigned c)
{
    return (c | 32) - 'a' < 26 || c == '_';
}

static const uint8_t *number(const uint8_t *at, uint64_t *hash)
{
    uint64_t value = 0;
    if (at[0] == '0' && at[1] == 'x') {
        for (at += 2; is_digit(*at) || (*at | 32u) - 'a' < 6; at++)
            value = value * 16 + (is_digit(*at) ? (unsigned)*at - '0' : (*at | 32u) - 'a' + 10);
    } else {
        for (; is_digit(*at); at++)
            value = value * 10 + (*at - '0');
    }
    *hash = *hash * 31 + value;
    return at;
}

/* One token: words and texts are hashed, numbers read, comments skipped, the rest counted. */
static const uint8_t *token(const uint8_t *at, uint64_t *hash)
{
    if (is_letter(*at)) {
        for (; is_letter(*at) || is_digit(*at); at++)
            *hash = (*hash ^ *at) * 0x100000001b3ul;
        return at;
    }
    if (is_digit(*at))
        return number(at, hash);
    if (*at == '"') {
        for (at++; *at != '"'; at++)
            *hash = (*hash ^ *at) * 0x100000001b3ul;
        return at + 1;
    }
    if (*at == '#') {
        while (*at != '\n')
            at++;
        return at;
    }
    *hash += *at != ' ' && *at != '\n';
    return at + 1;
}

uint64_t run_parse(void *arena, uint64_t rounds)
{
    const uint8_t *end = (const uint8_t *)arena + TEXT_BYTES;
    uint64_t hash = 0xcbf29ce484222325ul;
    for (; rounds; rounds--)
        for (const uint8_t *at = arena; at < end;)
            at = token(at, &hash);
    return hash;
}
