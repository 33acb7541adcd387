package ringside.cpu.jvm.ops;

import static ringside.cpu.x86.Mnemonic.*;

import java.util.Map;
import ringside.cpu.jvm.Op;
import ringside.cpu.x86.Mnemonic;

/** Sums, differences, comparisons, extremes and products of packed integers; bitwise logic. */
public final class PackedIntegers {
  private PackedIntegers() {}

  /** Adds the operations of this family. */
  public static void register(Map<Mnemonic, Op> into) {
    logic(into);
    sums(into);
    saturating(into);
    comparisons(into);
    extremes(into);
    signs(into);
    products(into);
  }

  private static void logic(Map<Mnemonic, Op> into) {
    for (Mnemonic m : new Mnemonic[] {PAND, ANDPS, ANDPD}) {
      into.put(m, Packed.halves((x, y) -> x & y));
    }
    for (Mnemonic m : new Mnemonic[] {PANDN, ANDNPS, ANDNPD}) {
      into.put(m, Packed.halves((x, y) -> ~x & y));
    }
    for (Mnemonic m : new Mnemonic[] {POR, ORPS, ORPD}) {
      into.put(m, Packed.halves((x, y) -> x | y));
    }
    for (Mnemonic m : new Mnemonic[] {PXOR, XORPS, XORPD}) {
      into.put(m, Packed.halves((x, y) -> x ^ y));
    }
  }

  private static void sums(Map<Mnemonic, Op> into) {
    into.put(PADDB, Packed.signed(1, Long::sum));
    into.put(PADDW, Packed.signed(2, Long::sum));
    into.put(PADDD, Packed.signed(4, Long::sum));
    into.put(PADDQ, Packed.halves(Long::sum));
    into.put(PSUBB, Packed.signed(1, (x, y) -> x - y));
    into.put(PSUBW, Packed.signed(2, (x, y) -> x - y));
    into.put(PSUBD, Packed.signed(4, (x, y) -> x - y));
    into.put(PSUBQ, Packed.halves((x, y) -> x - y));
    into.put(PAVGB, Packed.unsigned(1, (x, y) -> x + y + 1 >> 1));
    into.put(PAVGW, Packed.unsigned(2, (x, y) -> x + y + 1 >> 1));
  }

  private static void saturating(Map<Mnemonic, Op> into) {
    into.put(PADDSB, Packed.signed(1, (x, y) -> Packed.clamp(x + y, 1)));
    into.put(PADDSW, Packed.signed(2, (x, y) -> Packed.clamp(x + y, 2)));
    into.put(PSUBSB, Packed.signed(1, (x, y) -> Packed.clamp(x - y, 1)));
    into.put(PSUBSW, Packed.signed(2, (x, y) -> Packed.clamp(x - y, 2)));
    into.put(PADDUSB, Packed.unsigned(1, (x, y) -> Math.min(x + y, 0xff)));
    into.put(PADDUSW, Packed.unsigned(2, (x, y) -> Math.min(x + y, 0xffff)));
    into.put(PSUBUSB, Packed.unsigned(1, (x, y) -> Math.max(x - y, 0)));
    into.put(PSUBUSW, Packed.unsigned(2, (x, y) -> Math.max(x - y, 0)));
  }

  private static void comparisons(Map<Mnemonic, Op> into) {
    into.put(PCMPEQB, Packed.signed(1, (x, y) -> x == y ? -1 : 0));
    into.put(PCMPEQW, Packed.signed(2, (x, y) -> x == y ? -1 : 0));
    into.put(PCMPEQD, Packed.signed(4, (x, y) -> x == y ? -1 : 0));
    into.put(PCMPEQQ, Packed.halves((x, y) -> x == y ? -1 : 0));
    into.put(PCMPGTB, Packed.signed(1, (x, y) -> x > y ? -1 : 0));
    into.put(PCMPGTW, Packed.signed(2, (x, y) -> x > y ? -1 : 0));
    into.put(PCMPGTD, Packed.signed(4, (x, y) -> x > y ? -1 : 0));
    into.put(PCMPGTQ, Packed.halves((x, y) -> x > y ? -1 : 0));
  }

  private static void extremes(Map<Mnemonic, Op> into) {
    into.put(PMAXSB, Packed.signed(1, Math::max));
    into.put(PMAXSW, Packed.signed(2, Math::max));
    into.put(PMAXSD, Packed.signed(4, Math::max));
    into.put(PMAXUB, Packed.unsigned(1, Math::max));
    into.put(PMAXUW, Packed.unsigned(2, Math::max));
    into.put(PMAXUD, Packed.unsigned(4, Math::max));
    into.put(PMINSB, Packed.signed(1, Math::min));
    into.put(PMINSW, Packed.signed(2, Math::min));
    into.put(PMINSD, Packed.signed(4, Math::min));
    into.put(PMINUB, Packed.unsigned(1, Math::min));
    into.put(PMINUW, Packed.unsigned(2, Math::min));
    into.put(PMINUD, Packed.unsigned(4, Math::min));
    into.put(PHMINPOSUW, Packed.wide((x, y, imm) -> leastWord(y)));
  }

  private static Xmm leastWord(Xmm v) {
    int least = 0;
    for (int k = 1; k < 8; k++) {
      if (v.element(k, 2) < v.element(least, 2)) {
        least = k;
      }
    }
    return new Xmm(v.element(least, 2) | (long) least << 16, 0);
  }

  private static void signs(Map<Mnemonic, Op> into) {
    into.put(PABSB, Packed.signed(1, (x, y) -> Math.abs(y)));
    into.put(PABSW, Packed.signed(2, (x, y) -> Math.abs(y)));
    into.put(PABSD, Packed.signed(4, (x, y) -> Math.abs(y)));
    into.put(PSIGNB, Packed.signed(1, (x, y) -> x * Long.signum(y)));
    into.put(PSIGNW, Packed.signed(2, (x, y) -> x * Long.signum(y)));
    into.put(PSIGND, Packed.signed(4, (x, y) -> x * Long.signum(y)));
  }

  private static void products(Map<Mnemonic, Op> into) {
    into.put(PMULLW, Packed.signed(2, (x, y) -> x * y));
    into.put(PMULLD, Packed.signed(4, (x, y) -> x * y));
    into.put(PMULHW, Packed.signed(2, (x, y) -> x * y >> 16));
    into.put(PMULHUW, Packed.unsigned(2, (x, y) -> x * y >> 16));
    into.put(PMULHRSW, Packed.signed(2, (x, y) -> (x * y >> 14) + 1 >> 1));
    into.put(PMULUDQ, Packed.halves((x, y) -> (x & 0xffff_ffffL) * (y & 0xffff_ffffL)));
    into.put(PMULDQ, Packed.halves((x, y) -> (long) (int) x * (int) y));
    into.put(PMADDWD, Packed.halves(PackedIntegers::multiplyAddWords));
    into.put(PMADDUBSW, Packed.halves(PackedIntegers::multiplyAddBytes));
    into.put(PSADBW, Packed.halves(PackedIntegers::absoluteDifferences));
    into.put(MPSADBW, Packed.wide(PackedIntegers::blockDifferences));
  }

  private static long multiplyAddWords(long x, long y) {
    long low = (short) x * (short) y + (long) ((short) (x >> 16) * (short) (y >> 16));
    long high =
        (short) (x >> 32) * (short) (y >> 32) + (long) ((short) (x >> 48) * (short) (y >> 48));
    return low & 0xffff_ffffL | high << 32;
  }

  private static long multiplyAddBytes(long x, long y) {
    long r = 0;
    for (int s = 0; s < 64; s += 16) {
      long sum = (x >> s & 0xff) * (byte) (y >> s) + (x >> s + 8 & 0xff) * (byte) (y >> s + 8);
      r |= (Packed.clamp(sum, 2) & 0xffff) << s;
    }
    return r;
  }

  private static long absoluteDifferences(long x, long y) {
    long sum = 0;
    for (int s = 0; s < 64; s += 8) {
      sum += Math.abs((x >> s & 0xff) - (y >> s & 0xff));
    }
    return sum;
  }

  private static Xmm blockDifferences(Xmm x, Xmm y, int imm) {
    int from = (imm >> 2 & 1) * 4;
    int block = (imm & 3) * 4;
    Xmm r = Xmm.ZERO;
    for (int k = 0; k < 8; k++) {
      long sum = 0;
      for (int n = 0; n < 4; n++) {
        sum += Math.abs(x.element(from + k + n, 1) - y.element(block + n, 1));
      }
      r = r.with(k, 2, sum);
    }
    return r;
  }
}
