package ringside.cpu.jvm.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Arithmetic of our own against Java's, which rounds to nearest, and against exact numbers. */
class SoftFloatTest {
  private static final int TRIES = 20_000;
  private static final FloatFormat D = FloatFormat.DOUBLE;
  private static final FloatFormat S = FloatFormat.SINGLE;

  private final SplittableRandom random = new SplittableRandom(5);

  private static FloatStatus status(int mode) {
    return new FloatStatus(mode, 0x3f, false, false);
  }

  /** Often of near exponents, so that sums cancel; sometimes denormal. */
  private double number() {
    long bits = random.nextLong();
    return switch (random.nextInt(4)) {
      case 0 -> Double.longBitsToDouble(bits & 0xbfff_ffff_ffff_ffffL);
      case 1 -> Double.longBitsToDouble(bits & 0x800f_ffff_ffff_ffffL | 0x3fe0_0000_0000_0000L);
      case 2 -> Double.longBitsToDouble(bits & 0x801f_ffff_ffff_ffffL);
      default -> random.nextInt(-100, 100);
    };
  }

  private float single() {
    float f = Float.intBitsToFloat(random.nextInt() & 0xbfff_ffff);
    return random.nextBoolean() ? f : Float.intBitsToFloat(random.nextInt() & 0x81ff_ffff);
  }

  private static void same(double expected, FloatNumber actual) {
    assertEquals(
        Double.doubleToRawLongBits(expected), D.pack(actual), () -> expected + " " + actual);
  }

  private static void same(float expected, FloatNumber actual) {
    long bits = Float.floatToRawIntBits(expected) & 0xffff_ffffL;
    assertEquals(bits, S.pack(actual), () -> expected + " " + actual);
  }

  private static FloatNumber of(double x) {
    return D.unpack(Double.doubleToRawLongBits(x));
  }

  private static FloatNumber of(float x) {
    return S.unpack(Float.floatToRawIntBits(x) & 0xffff_ffffL);
  }

  @Test
  void toNearestItIsWhatJavaComputes() {
    FloatStatus s = status(FloatStatus.NEAREST);
    for (int k = 0; k < TRIES; k++) {
      double x = number();
      double y = number();
      same(x + y, SoftFloat.add(s, D, of(x), of(y)));
      same(x - y, SoftFloat.subtract(s, D, of(x), of(y)));
      same(x * y, SoftFloat.multiply(s, D, of(x), of(y)));
      if (y != 0) {
        same(x / y, SoftFloat.divide(s, D, of(x), of(y)));
      }
      same(Math.sqrt(Math.abs(x)), SoftFloat.squareRoot(s, D, of(Math.abs(x))));
      same((float) x, SoftFloat.round(s, S, of(x)));
      same(Math.rint(x), SoftFloat.integer(s, FloatStatus.NEAREST, of(x)));
      long n = random.nextLong() >> random.nextInt(64);
      same((double) n, SoftFloat.ofInteger(s, D, n));
    }
  }

  @Test
  void singlesToo() {
    FloatStatus s = status(FloatStatus.NEAREST);
    for (int k = 0; k < TRIES; k++) {
      float x = single();
      float y = single();
      same(x + y, SoftFloat.add(s, S, of(x), of(y)));
      same(x * y, SoftFloat.multiply(s, S, of(x), of(y)));
      if (y != 0) {
        same(x / y, SoftFloat.divide(s, S, of(x), of(y)));
      }
      same((double) x, of(x));
    }
  }

  @Test
  void directedResultsEncloseTheExactOneAndInexactIsSaid() {
    for (int k = 0; k < TRIES; k++) {
      double x = number();
      double y = number();
      BigDecimal exact = new BigDecimal(x).multiply(new BigDecimal(y));
      FloatStatus down = status(FloatStatus.DOWN);
      FloatStatus up = status(FloatStatus.UP);
      double low = Double.longBitsToDouble(D.pack(SoftFloat.multiply(down, D, of(x), of(y))));
      double high = Double.longBitsToDouble(D.pack(SoftFloat.multiply(up, D, of(x), of(y))));
      if (Double.isInfinite(low) || Double.isInfinite(high)) {
        assertTrue((up.flags & FloatStatus.OVERFLOW) != 0, "overflow of " + x + " x " + y);
        continue;
      }
      assertTrue(new BigDecimal(low).compareTo(exact) <= 0, "down of " + x + " x " + y);
      assertTrue(new BigDecimal(high).compareTo(exact) >= 0, "up of " + x + " x " + y);
      boolean inexact = (down.flags & FloatStatus.PRECISION) != 0;
      assertEquals(new BigDecimal(low).compareTo(exact) != 0, inexact, "of " + x + " x " + y);
      assertEquals(inexact ? Math.nextUp(low) : low, high, 0.0);
    }
  }

  @Test
  void integersOutOfRangeAreIndefinite() {
    FloatStatus s = status(FloatStatus.ZERO);
    assertEquals(Integer.MAX_VALUE, SoftFloat.toInteger(s, s.mode, of(2147483647.9), 4));
    assertEquals(FloatStatus.PRECISION, s.flags);
    s.flags = 0;
    assertEquals(Integer.MIN_VALUE, SoftFloat.toInteger(s, s.mode, of(2147483648.0), 4));
    assertEquals(FloatStatus.INVALID, s.flags);
    s.flags = 0;
    assertEquals(Long.MIN_VALUE, SoftFloat.toInteger(s, s.mode, of(-0x1p63), 8));
    assertEquals(0, s.flags);
    assertEquals(Long.MIN_VALUE, SoftFloat.toInteger(s, s.mode, of(Double.NaN), 8));
    assertEquals(FloatStatus.INVALID, s.flags);
  }
}
