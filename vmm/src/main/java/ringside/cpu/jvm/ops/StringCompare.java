package ringside.cpu.jvm.ops;

import static ringside.cpu.x86.Mnemonic.*;

import java.util.Map;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Flags;
import ringside.cpu.jvm.Op;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * PCMPESTRI, PCMPESTRM, PCMPISTRI, PCMPISTRM (Intel SDM volume 2, 4.1). The source may stand at any
 * address.
 */
public final class StringCompare {
  private static final int RAX = 0;
  private static final int RCX = 1;
  private static final int RDX = 2;

  private StringCompare() {}

  /** Adds the operations of this family. */
  public static void register(Map<Mnemonic, Op> into) {
    into.put(PCMPESTRI, (c, i) -> run(c, i, true, true));
    into.put(PCMPESTRM, (c, i) -> run(c, i, true, false));
    into.put(PCMPISTRI, (c, i) -> run(c, i, false, true));
    into.put(PCMPISTRM, (c, i) -> run(c, i, false, false));
  }

  private static void run(Core c, Insn i, boolean explicit, boolean index) {
    Simd.sse(c);
    Xmm y = i.b.memory() ? Simd.load(c, i, false) : Simd.xmm(c, i.b.number());
    Xmm x = Simd.xmm(c, i.a.number());
    int imm = (int) i.imm;
    int size = 1 + (imm & 1);
    int count = 16 / size;
    int xLength = explicit ? length(c, i, RAX, count) : length(x, size);
    int yLength = explicit ? length(c, i, RDX, count) : length(y, size);
    int aggregated = aggregate(x, xLength, y, yLength, imm);
    int result = polarised(aggregated, yLength, imm) & (1 << count) - 1;
    if (index) {
      boolean most = (imm & 0x40) != 0;
      int found =
          result == 0
              ? count
              : most
                  ? 31 - Integer.numberOfLeadingZeros(result)
                  : Integer.numberOfTrailingZeros(result);
      c.gpr[RCX] = found;
    } else {
      Simd.xmm(c, 0, (imm & 0x40) != 0 ? expanded(result, size) : new Xmm(result, 0));
    }
    Flags.set(
        c,
        (result != 0 ? Flags.CF : 0)
            | (yLength < count ? Flags.ZF : 0)
            | (xLength < count ? Flags.SF : 0)
            | ((result & 1) != 0 ? Flags.OF : 0));
  }

  /** From EAX or EDX, RAX or RDX with REX.W: the magnitude, at most {@code count}. */
  private static int length(Core c, Insn i, int register, int count) {
    int size = i.operandSize == 8 ? 8 : 4;
    long value = Operands.signExtend(c.gpr[register] & Operands.mask(size), size);
    return value > count || value < -count ? count : (int) Math.abs(value);
  }

  /** Up to the first element that is zero. */
  private static int length(Xmm v, int size) {
    int k = 0;
    while (k < 16 / size && v.element(k, size) != 0) {
      k++;
    }
    return k;
  }

  private static int aggregate(Xmm x, int xLength, Xmm y, int yLength, int imm) {
    int size = 1 + (imm & 1);
    int result = 0;
    for (int k = 0; k < 16 / size; k++) {
      boolean bit =
          switch (imm >> 2 & 3) {
            case 0 -> k < yLength && any(x, xLength, y, k, imm);
            case 1 -> k < yLength && inRanges(x, xLength, y, k, imm);
            case 2 ->
                k < xLength && k < yLength
                    ? element(x, k, imm) == element(y, k, imm)
                    : k >= xLength && k >= yLength;
            default -> startsAt(x, xLength, y, yLength, k, imm);
          };
      result |= bit ? 1 << k : 0;
    }
    return result;
  }

  private static long element(Xmm v, int k, int imm) {
    int size = 1 + (imm & 1);
    long element = v.element(k, size);
    return (imm & 2) != 0 ? Operands.signExtend(element, size) : element;
  }

  private static boolean any(Xmm x, int xLength, Xmm y, int k, int imm) {
    for (int n = 0; n < xLength; n++) {
      if (element(x, n, imm) == element(y, k, imm)) {
        return true;
      }
    }
    return false;
  }

  private static boolean inRanges(Xmm x, int xLength, Xmm y, int k, int imm) {
    long value = element(y, k, imm);
    for (int n = 0; n + 1 < xLength; n += 2) {
      if (value >= element(x, n, imm) && value <= element(x, n + 1, imm)) {
        return true;
      }
    }
    return false;
  }

  /** The string x stands in y from element k on, as far as y can be seen. */
  private static boolean startsAt(Xmm x, int xLength, Xmm y, int yLength, int k, int imm) {
    int count = 16 / (1 + (imm & 1));
    for (int n = 0; n < xLength && k + n < count; n++) {
      if (k + n >= yLength || element(x, n, imm) != element(y, k + n, imm)) {
        return false;
      }
    }
    return true;
  }

  private static int polarised(int bits, int yLength, int imm) {
    return switch (imm >> 4 & 3) {
      case 1 -> ~bits;
      case 3 -> bits ^ (1 << yLength) - 1;
      default -> bits;
    };
  }

  private static Xmm expanded(int bits, int size) {
    Xmm r = Xmm.ZERO;
    for (int k = 0; k < 16 / size; k++) {
      r = r.with(k, size, (bits >> k & 1) != 0 ? -1 : 0);
    }
    return r;
  }
}
