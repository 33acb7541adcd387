package ringside.cli.compare;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/** Random values that are more often at an edge than chance would have it. */
final class Values {
  private static final double[] DOUBLES = {
    0,
    -0.0,
    1,
    -1,
    1.5,
    0.1,
    3,
    1e300,
    1e-300,
    4e-320,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN,
    2147483648.0,
    -2147483649.0,
    9.3e18,
    -9.3e18,
    0x1p63,
    0x1p-1022
  };
  private static final float[] FLOATS = {
    0,
    -0.0f,
    1,
    -1,
    0.5f,
    0.1f,
    1e38f,
    1e-38f,
    1e-44f,
    Float.MAX_VALUE,
    Float.MIN_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN,
    2147483648f,
    -1e20f,
    16777217f
  };

  /** Signalling NaNs of both sizes. */
  private static final long SIGNALLING = 0x7ff0_0000_0000_0001L;

  private Values() {}

  static long integer(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> random.nextInt(70);
      case 1 -> -random.nextInt(5);
      case 2 -> 1L << random.nextInt(64);
      case 3 -> (1L << random.nextInt(64)) - 1;
      case 4 -> (random.nextLong() & 0x7f7f_7f7f_7f7f_7f7fL) | 0x80L << 8 * random.nextInt(8);
      default -> random.nextLong();
    };
  }

  /** Two floats, a double, or whatever. */
  static long number(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextInt(8) == 0 ? SIGNALLING : pair(random);
      case 1 -> Double.doubleToRawLongBits(DOUBLES[random.nextInt(DOUBLES.length)]);
      case 2 -> Double.doubleToRawLongBits(random.nextGaussian() * 1000);
      case 3 ->
          Integer.toUnsignedLong(Float.floatToRawIntBits((float) random.nextGaussian()))
              | (long) Float.floatToRawIntBits((float) random.nextGaussian() * 100) << 32;
      default -> integer(random);
    };
  }

  private static long pair(Random random) {
    return Integer.toUnsignedLong(single(random)) | (long) single(random) << 32;
  }

  private static int single(Random random) {
    return Float.floatToRawIntBits(FLOATS[random.nextInt(FLOATS.length)]);
  }

  static byte[] memory(Random random, int size) {
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    long word = random.nextLong() | 1;
    while (bytes.hasRemaining()) {
      word ^= word << 13; // Marsaglia's xorshift: Random is slow
      word ^= word >>> 7;
      word ^= word << 17;
      bytes.putLong(word);
    }
    for (int i = 0; i < size / 32; i++) {
      bytes.putLong(random.nextInt(size / 8) * 8, number(random));
    }
    return bytes.array();
  }

  /** An FXSAVE image: exceptions masked but for one in thirty, x87 registers all or none. */
  static byte[] fx(Random random) {
    ByteBuffer fx = ByteBuffer.allocate(Layout.FX).order(ByteOrder.LITTLE_ENDIAN);
    fx.putShort(0, (short) (0x37f | random.nextInt(4) << 10));
    int masks = random.nextInt(30) == 0 ? random.nextInt(64) << 7 : 0x1f80;
    int modes = random.nextInt(3) == 0 ? random.nextInt(8) << 13 | random.nextInt(2) << 6 : 0;
    fx.putInt(24, masks | modes);
    if (random.nextBoolean()) {
      fx.put(4, (byte) 0xff);
      for (int i = 0; i < 8; i++) {
        fx.putLong(32 + 16 * i, Long.MIN_VALUE | random.nextLong());
        fx.putShort(40 + 16 * i, (short) (0x3fff + random.nextInt(64) - 32));
      }
    }
    for (int i = 0; i < 32; i++) {
      fx.putLong(160 + 8 * i, number(random));
    }
    return fx.array();
  }
}
