/* Stamped blocks: whatever happens to one is noticed, and named for what it is. */
#include <ringside-rt/blk_stamp.h>
#include <ringside-rt/string.h>
#include <ringside-rt/test.h>

static const struct blk_stamp first = {7, 1, 2, 3}, second = {7, 9, 2, 3};
static uint64_t block[512], other[512];

static void any_bit(unsigned bytes)
{
    struct blk_stamp stamp;
    blk_stamp_write(block, bytes, &first);
    for (unsigned bit = 0; bit < bytes * 8; bit += 61) {
        block[bit / 64] ^= 1ul << bit % 64;
        enum blk_stamp_state state = blk_stamp_read(block, bytes, &stamp, NULL);
        test_equal(state, bit < 6 * 64 ? BLK_STAMP_FOREIGN : BLK_STAMP_TORN);
        block[bit / 64] ^= 1ul << bit % 64;
    }
    test_equal(blk_stamp_read(block, bytes, &stamp, NULL), BLK_STAMP_WHOLE);
    test_check(memcmp(&stamp, &first, sizeof(stamp)) == 0, "the stamp came back changed");
}

static void tears(unsigned bytes)
{
    for (unsigned at = 64; at < bytes; at += 64) {
        struct blk_stamp stamp;
        struct blk_stamp_tear tear;
        blk_stamp_write(block, bytes, &first);
        blk_stamp_write(other, bytes, &second);
        memcpy((char *)block + at, (char *)other + at, bytes - at);
        test_equal(blk_stamp_read(block, bytes, &stamp, &tear), BLK_STAMP_TORN);
        test_equal(stamp.version, first.version);
        test_equal(tear.offset, at);
        test_equal(tear.key, blk_stamp_key(&second));
    }
}

void test_main(void)
{
    struct blk_stamp stamp;
    any_bit(512);
    any_bit(4096);
    tears(512);
    tears(4096);
    memset(block, 0, sizeof(block));
    test_equal(blk_stamp_read(block, 512, &stamp, NULL), BLK_STAMP_ZERO);
    block[63] = 1;
    test_equal(blk_stamp_read(block, 512, &stamp, NULL), BLK_STAMP_FOREIGN);
    test_equal(blk_hash(BLK_HASH_START, "01234567", 8), (BLK_HASH_START ^ 0x3736353433323130ul) *
                                                            0x100000001b3ul);
}
