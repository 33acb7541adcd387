/* Hashes of names in indexes: the one of old, half of MD4, and TEA; as e2fsprogs has them. */
#include "htree.h"

enum { LEGACY, HALF_MD4, TEA, VERSIONS };

bool ext_hash_known(uint8_t version)
{
    return version < VERSIONS;
}

/* Characters have signs on volumes that were made where they have. */
static uint32_t character(const struct ext *fs, char c)
{
    return fs->super->flags & EXT_UNSIGNED_HASH ? (uint32_t)(unsigned char)c
                                                : (uint32_t)(int32_t)(signed char)c;
}

static uint32_t legacy(const struct ext *fs, struct ext_name name)
{
    uint32_t before = 0x37abe8f9, hash = 0x12a3fe2d;
    for (size_t i = 0; i < name.length; i++) {
        uint32_t next = before + (hash ^ character(fs, name.text[i]) * 7152373);
        if (next & 0x80000000)
            next -= 0x7fffffff;
        before = hash;
        hash = next;
    }
    return hash << 1;
}

/* Up to 4 * count characters as numbers; the rest is made of the length. */
static void pack(const struct ext *fs, const char *text, size_t length, uint32_t *to,
                 unsigned count)
{
    uint32_t pad = (uint32_t)length | (uint32_t)length << 8, value;
    pad |= pad << 16;
    value = pad;
    if (length > count * 4)
        length = count * 4;
    unsigned filled = 0;
    for (size_t i = 0; i < length; i++) {
        value = character(fs, text[i]) + (value << 8);
        if (i % 4 == 3) {
            to[filled++] = value;
            value = pad;
        }
    }
    if (filled < count)
        to[filled++] = value;
    while (filled < count)
        to[filled++] = pad;
}

static uint32_t choose(uint32_t x, uint32_t y, uint32_t z)
{
    return z ^ (x & (y ^ z));
}

static uint32_t majority(uint32_t x, uint32_t y, uint32_t z)
{
    return (x & y) + ((x ^ y) & z);
}

static uint32_t parity(uint32_t x, uint32_t y, uint32_t z)
{
    return x ^ y ^ z;
}

/* MD4's rounds, each of eight steps instead of sixteen. */
static void half_md4(uint32_t state[4], const uint32_t in[8])
{
    static const struct {
        uint32_t (*f)(uint32_t, uint32_t, uint32_t);
        uint32_t add;
        uint8_t order[8], shift[4];
    } rounds[3] = {
        {choose, 0, {0, 1, 2, 3, 4, 5, 6, 7}, {3, 7, 11, 19}},
        {majority, 0x5a827999, {1, 3, 5, 7, 0, 2, 4, 6}, {3, 5, 9, 13}},
        {parity, 0x6ed9eba1, {3, 7, 2, 6, 1, 5, 0, 4}, {3, 9, 11, 15}},
    };
    uint32_t s[4];
    memcpy(s, state, sizeof(s));
    for (unsigned r = 0; r < 3; r++)
        for (unsigned i = 0; i < 8; i++) {
            unsigned a = (4 - i % 4) % 4, shift = rounds[r].shift[i % 4];
            uint32_t sum = s[a] + rounds[r].f(s[(a + 1) % 4], s[(a + 2) % 4], s[(a + 3) % 4]) +
                           in[rounds[r].order[i]] + rounds[r].add;
            s[a] = sum << shift | sum >> (32 - shift);
        }
    for (unsigned i = 0; i < 4; i++)
        state[i] += s[i];
}

static void tea(uint32_t state[4], const uint32_t in[4])
{
    uint32_t sum = 0, a = state[0], b = state[1];
    for (unsigned i = 0; i < 16; i++) {
        sum += 0x9e3779b9;
        a += ((b << 4) + in[0]) ^ (b + sum) ^ ((b >> 5) + in[1]);
        b += ((a << 4) + in[2]) ^ (a + sum) ^ ((a >> 5) + in[3]);
    }
    state[0] += a;
    state[1] += b;
}

/* All that the two better ones compute. */
static void digest(const struct ext *fs, uint8_t version, struct ext_name name, uint32_t state[4])
{
    static const uint32_t usual[4] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
    const uint32_t *seed = fs->super->hash_seed;
    uint32_t in[8];
    memcpy(state, usual, sizeof(usual));
    if (seed[0] | seed[1] | seed[2] | seed[3])
        memcpy(state, seed, sizeof(usual));
    unsigned words = version == TEA ? 4 : 8;
    for (size_t done = 0; done < name.length; done += words * 4) {
        pack(fs, name.text + done, name.length - done, in, words);
        if (version == TEA)
            tea(state, in);
        else
            half_md4(state, in);
    }
}

uint32_t ext_name_hash(const struct ext *fs, uint8_t version, struct ext_name name)
{
    uint32_t state[4];
    if (version == LEGACY)
        return legacy(fs, name) & ~1u;
    digest(fs, version, name, state);
    return state[version == TEA ? 0 : 1] & ~1u;
}

uint64_t ext_name_key(const struct ext *fs, uint8_t version, struct ext_name name)
{
    uint32_t state[4], hash = ext_name_hash(fs, version, name);
    digest(fs, version, name, state);
    return (uint64_t)(hash >> 1) << 32 | state[version == TEA ? 1 : 2];
}
