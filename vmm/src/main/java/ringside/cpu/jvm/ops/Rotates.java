package ringside.cpu.jvm.ops;

import static ringside.cpu.jvm.Operands.mask;

import java.util.Map;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Flags;
import ringside.cpu.jvm.Op;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * ROL, ROR, RCL, RCR: they change CF and OF only, and those only when the masked count is not zero
 * (Intel SDM volume 2).
 *
 * <p>OF of a rotation by more than one, which the manual leaves undefined: ROL and ROR as if its
 * last step were the only one; RCL and RCR whether the sign changed.
 */
public final class Rotates {
  private Rotates() {}

  public static void register(Map<Mnemonic, Op> into) {
    into.put(Mnemonic.ROL, Rotates::rol);
    into.put(Mnemonic.ROR, Rotates::ror);
    into.put(Mnemonic.RCL, Rotates::rcl);
    into.put(Mnemonic.RCR, Rotates::rcr);
  }

  private static void rol(Core c, Insn i) {
    int size = i.a.size();
    int count = Shifts.count(c, i, Operands.read(c, i, i.b));
    long x = Destination.change(c, i, (old, n) -> left(size, old, (int) n), count);
    if (count != 0) {
      long result = left(size, x, count);
      flags(c, result & 1, result >>> 8 * size - 1 ^ result);
    }
  }

  private static void ror(Core c, Insn i) {
    int size = i.a.size();
    int count = Shifts.count(c, i, Operands.read(c, i, i.b));
    long x = Destination.change(c, i, (old, n) -> left(size, old, -(int) n), count);
    if (count != 0) {
      long result = left(size, x, -count);
      flags(c, result >>> 8 * size - 1, result >>> 8 * size - 1 ^ result >>> 8 * size - 2);
    }
  }

  private static long left(int size, long x, int count) {
    int bits = 8 * size;
    int n = count & bits - 1;
    return n == 0 ? x : (x << n | x >>> bits - n) & mask(size);
  }

  private static void rcl(Core c, Insn i) {
    int bits = 8 * i.a.size();
    throughCarry(c, i, count(c, i) % (bits + 1));
  }

  /** Right by n is left by what is missing to the whole turn. */
  private static void rcr(Core c, Insn i) {
    int bits = 8 * i.a.size();
    int count = count(c, i) % (bits + 1);
    throughCarry(c, i, count == 0 ? 0 : bits + 1 - count);
  }

  private static int count(Core c, Insn i) {
    return Shifts.count(c, i, Operands.read(c, i, i.b));
  }

  private static void throughCarry(Core c, Insn i, int count) {
    int bits = 8 * i.a.size();
    long carry = Flags.carry(c) ? 1 : 0;
    long x = Destination.change(c, i, (old, n) -> turn(bits, old, carry, (int) n), count);
    if (count != 0) {
      long result = turn(bits, x, carry, count) & mask(i.a.size());
      flags(c, x >>> bits - count & 1, (x ^ result) >>> bits - 1);
    }
  }

  /** Carry and operand, turned left by 0 to {@code bits}. */
  private static long turn(int bits, long x, long carry, int count) {
    if (count == 0) {
      return x;
    }
    long high = count == 64 ? 0 : x << count;
    long low = count == 1 ? 0 : x >>> bits + 1 - count;
    return high | carry << count - 1 | low;
  }

  /** Bit 0 of each. */
  private static void flags(Core c, long carry, long overflow) {
    int others = Flags.arithmetic(c) & ~(Flags.CF | Flags.OF);
    Flags.set(c, others | carry & 1 | ((overflow & 1) != 0 ? Flags.OF : 0));
  }
}
