package ringside.cpu.jvm.ops;

import static ringside.cpu.x86.Mnemonic.*;

import java.util.Map;
import ringside.cpu.jvm.Flags;
import ringside.cpu.jvm.Op;
import ringside.cpu.x86.Mnemonic;

/** Comparisons of SSE numbers, to masks (CMPPS) and to flags (COMISS, UCOMISS). */
public final class SseComparisons {
  private static final int UNORDERED = 2;

  private SseComparisons() {}

  /** Adds the operations of this family. */
  public static void register(Map<Mnemonic, Op> into) {
    into.put(CMPPS, SseMath.packed(FloatFormat.SINGLE, SseComparisons::mask));
    into.put(CMPPD, SseMath.packed(FloatFormat.DOUBLE, SseComparisons::mask));
    into.put(CMPSS, SseMath.scalar(FloatFormat.SINGLE, SseComparisons::mask));
    into.put(CMPSD, SseMath.scalar(FloatFormat.DOUBLE, SseComparisons::mask));
    into.put(COMISS, toFlags(FloatFormat.SINGLE, true));
    into.put(COMISD, toFlags(FloatFormat.DOUBLE, true));
    into.put(UCOMISS, toFlags(FloatFormat.SINGLE, false));
    into.put(UCOMISD, toFlags(FloatFormat.DOUBLE, false));
  }

  /** EQ LT LE UNORD and their negations; LT and LE and theirs mind quiet NaNs too. */
  private static long mask(FloatStatus s, FloatFormat f, long x, long y, int imm) {
    int predicate = imm & 7;
    boolean strict = (predicate & 3) == 1 || (predicate & 3) == 2;
    int order = compare(s, f, x, y, strict);
    boolean holds =
        switch (predicate & 3) {
          case 0 -> order == 0;
          case 1 -> order < 0;
          case 2 -> order <= 0;
          default -> order == UNORDERED;
        };
    return holds ^ predicate >= 4 ? -1 : 0;
  }

  /** -1, 0, 1 or {@link #UNORDERED}. */
  private static int compare(FloatStatus s, FloatFormat f, long x, long y, boolean strict) {
    FloatNumber a = SseMath.operand(s, f, x);
    FloatNumber b = SseMath.operand(s, f, y);
    if (a.nan() || b.nan()) {
      if (strict || a.signalling() || b.signalling()) {
        s.raise(FloatStatus.INVALID);
      }
      return UNORDERED;
    }
    SseMath.denormals(s, f, a, b);
    return Integer.signum(a.compare(b));
  }

  private static Op toFlags(FloatFormat f, boolean strict) {
    return (c, i) -> {
      Simd.sse(c);
      long y = Simd.scalar(c, i, i.b, f.bytes());
      long x = Simd.scalar(c, i, i.a, f.bytes());
      FloatStatus s = FloatStatus.ofMxcsr(c.mxcsr);
      int order = compare(s, f, x, y, strict);
      SseMath.finish(c, s);
      Flags.set(
          c,
          switch (order) {
            case UNORDERED -> Flags.ZF | Flags.PF | Flags.CF;
            case 0 -> Flags.ZF;
            case -1 -> Flags.CF;
            default -> 0;
          });
    };
  }
}
