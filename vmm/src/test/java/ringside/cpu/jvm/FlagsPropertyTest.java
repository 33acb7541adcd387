package ringside.cpu.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Lazy flags against sums that are worked out bit by bit, as an adder does. */
class FlagsPropertyTest {
  /** CF PF AF ZF SF OF of x + y + carry in so many bits. */
  private static int adder(long x, long y, int carry, int bits) {
    int flags = 0;
    int before = carry;
    long sum = 0;
    for (int bit = 0; bit < bits; bit++) {
      int ones = (int) (x >>> bit & 1) + (int) (y >>> bit & 1) + carry;
      sum |= (ones & 1L) << bit;
      before = carry;
      carry = ones >> 1;
      flags |= bit == 3 && carry != 0 ? Flags.AF : 0;
    }
    flags |= carry != 0 ? Flags.CF : 0;
    flags |= carry != before ? Flags.OF : 0;
    flags |= sum == 0 ? Flags.ZF : 0;
    flags |= (sum >>> bits - 1 & 1) != 0 ? Flags.SF : 0;
    return flags | (Long.bitCount(sum & 0xff) % 2 == 0 ? Flags.PF : 0);
  }

  private static int lazy(int kind, int log2, long result, long source) {
    return Flags.arithmetic(kind + log2, result, source);
  }

  @Property
  void additions(@ForAll long a, @ForAll long b, @ForAll @IntRange(max = 3) int log2) {
    long mask = Operands.mask(1 << log2);
    int expected = adder(a & mask, b & mask, 0, 8 << log2);
    assertEquals(expected, lazy(Flags.ADD, log2, a + b & mask, b & mask));
  }

  /** A subtraction adds the complement and one; borrow and half borrow are its carries inverted. */
  @Property
  void subtractions(@ForAll long a, @ForAll long b, @ForAll @IntRange(max = 3) int log2) {
    long mask = Operands.mask(1 << log2);
    int expected = adder(a & mask, ~b & mask, 1, 8 << log2) ^ (Flags.CF | Flags.AF);
    assertEquals(expected, lazy(Flags.SUB, log2, a - b & mask, b & mask));
  }

  @Property
  void incrementsAndDecrementsKeepTheCarry(
      @ForAll long a, @ForAll @IntRange(max = 3) int log2, @ForAll @IntRange(max = 1) int carry) {
    long mask = Operands.mask(1 << log2);
    int more = adder(a & mask, 0, 1, 8 << log2) & ~Flags.CF | carry;
    assertEquals(more, lazy(Flags.INC, log2, a + 1 & mask, carry));
    int less = (adder(a & mask, mask - 1, 1, 8 << log2) ^ Flags.AF) & ~Flags.CF | carry;
    assertEquals(less, lazy(Flags.DEC, log2, a - 1 & mask, carry));
  }

  @Property
  void conditionsAreThoseOfTheFlags(
      @ForAll long result, @ForAll long source, @ForAll @IntRange(max = 23) int op) {
    Core core = new Core(null, null, null, c -> null);
    boolean carryOnly = op >= Flags.INC;
    long mask = Operands.mask(1 << (op & 3));
    core.ccOp = op;
    core.ccResult = result & mask;
    core.ccSource = op < Flags.ADD ? source & Flags.ALL : source & (carryOnly ? 1 : mask);
    int flags = Flags.arithmetic(core);
    assertEquals((flags & Flags.CF) != 0, Flags.carry(core));
    for (int condition = 0; condition < 16; condition++) {
      assertEquals(Flags.holds(flags, condition), Flags.holds(core, condition));
    }
  }
}
