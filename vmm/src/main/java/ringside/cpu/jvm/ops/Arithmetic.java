package ringside.cpu.jvm.ops;

import static ringside.cpu.jvm.Operands.mask;

import java.util.Map;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Flags;
import ringside.cpu.jvm.Op;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/** Addition, subtraction, logic and comparison (Intel SDM volume 1, 7.3.2 and 7.3.4). */
public final class Arithmetic {
  private Arithmetic() {}

  public static void register(Map<Mnemonic, Op> into) {
    into.put(Mnemonic.ADD, Arithmetic::add);
    into.put(Mnemonic.ADC, Arithmetic::adc);
    into.put(Mnemonic.SUB, Arithmetic::sub);
    into.put(Mnemonic.SBB, Arithmetic::sbb);
    into.put(Mnemonic.CMP, Arithmetic::cmp);
    into.put(Mnemonic.AND, Arithmetic::and);
    into.put(Mnemonic.OR, Arithmetic::or);
    into.put(Mnemonic.XOR, Arithmetic::xor);
    into.put(Mnemonic.TEST, Arithmetic::test);
    into.put(Mnemonic.INC, Arithmetic::inc);
    into.put(Mnemonic.DEC, Arithmetic::dec);
    into.put(Mnemonic.NEG, Arithmetic::neg);
    into.put(Mnemonic.NOT, (c, i) -> Destination.change(c, i, (x, y) -> ~x, 0));
  }

  private static void add(Core c, Insn i) {
    int size = i.a.size();
    long y = Operands.read(c, i, i.b);
    long x = Destination.change(c, i, (old, operand) -> old + operand, y);
    Flags.set(c, Flags.ADD, size, x + y & mask(size), y);
  }

  private static void sub(Core c, Insn i) {
    int size = i.a.size();
    long y = Operands.read(c, i, i.b);
    long x = Destination.change(c, i, (old, operand) -> old - operand, y);
    Flags.set(c, Flags.SUB, size, x - y & mask(size), y);
  }

  private static void cmp(Core c, Insn i) {
    int size = i.a.size();
    long x = Operands.read(c, i, i.a);
    long y = Operands.read(c, i, i.b);
    Flags.set(c, Flags.SUB, size, x - y & mask(size), y);
  }

  private static void adc(Core c, Insn i) {
    long y = Operands.read(c, i, i.b);
    long carry = carry(c);
    long x = Destination.change(c, i, (old, operand) -> old + operand, y + carry);
    sum(c, i.a.size(), x, y, x + y + carry);
  }

  private static void sbb(Core c, Insn i) {
    long y = Operands.read(c, i, i.b);
    long carry = carry(c);
    long x = Destination.change(c, i, (old, operand) -> old - operand, y + carry);
    difference(c, i.a.size(), x, y, x - y - carry);
  }

  /** The flags of x + y + carry, whose carry a lazy addition would lose. */
  private static void sum(Core c, int size, long x, long y, long result) {
    long sign = 1L << 8 * size - 1;
    long carry = x & y | (x | y) & ~result;
    bits(c, size, x ^ y, result, (carry & sign) != 0, ((x ^ result) & (y ^ result) & sign) != 0);
  }

  private static void difference(Core c, int size, long x, long y, long result) {
    long sign = 1L << 8 * size - 1;
    long borrow = ~x & y | (~x | y) & result;
    bits(c, size, x ^ y, result, (borrow & sign) != 0, ((x ^ y) & (x ^ result) & sign) != 0);
  }

  private static void bits(
      Core c, int size, long xor, long result, boolean carry, boolean overflow) {
    Flags.set(
        c,
        Flags.ofResult(result, size)
            | (carry ? Flags.CF : 0)
            | (xor ^ result) & Flags.AF
            | (overflow ? Flags.OF : 0));
  }

  private static void and(Core c, Insn i) {
    long y = Operands.read(c, i, i.b);
    long x = Destination.change(c, i, (old, operand) -> old & operand, y);
    Flags.set(c, Flags.LOGIC, i.a.size(), x & y, 0);
  }

  private static void or(Core c, Insn i) {
    long y = Operands.read(c, i, i.b);
    long x = Destination.change(c, i, (old, operand) -> old | operand, y);
    Flags.set(c, Flags.LOGIC, i.a.size(), x | y, 0);
  }

  private static void xor(Core c, Insn i) {
    long y = Operands.read(c, i, i.b);
    long x = Destination.change(c, i, (old, operand) -> old ^ operand, y);
    Flags.set(c, Flags.LOGIC, i.a.size(), x ^ y, 0);
  }

  private static void test(Core c, Insn i) {
    long both = Operands.read(c, i, i.a) & Operands.read(c, i, i.b);
    Flags.set(c, Flags.LOGIC, i.a.size(), both, 0);
  }

  private static void inc(Core c, Insn i) {
    int size = i.a.size();
    long carry = carry(c);
    long x = Destination.change(c, i, (old, operand) -> old + 1, 0);
    Flags.set(c, Flags.INC, size, x + 1 & mask(size), carry);
  }

  private static void dec(Core c, Insn i) {
    int size = i.a.size();
    long carry = carry(c);
    long x = Destination.change(c, i, (old, operand) -> old - 1, 0);
    Flags.set(c, Flags.DEC, size, x - 1 & mask(size), carry);
  }

  private static void neg(Core c, Insn i) {
    int size = i.a.size();
    long x = Destination.change(c, i, (old, operand) -> -old, 0);
    Flags.set(c, Flags.SUB, size, -x & mask(size), x);
  }

  private static long carry(Core c) {
    return Flags.carry(c) ? 1 : 0;
  }
}
