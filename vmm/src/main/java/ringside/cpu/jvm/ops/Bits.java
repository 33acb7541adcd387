package ringside.cpu.jvm.ops;

import static ringside.cpu.jvm.Operands.mask;

import java.util.Map;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Flags;
import ringside.cpu.jvm.Op;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * Single bits, bit scans, population count and CRC-32 (Intel SDM volume 2).
 *
 * <p>What the manual leaves undefined: BT and its like leave all flags but CF alone; BSF and BSR
 * leave the destination alone when the source is zero, and set the other flags as TEST of the
 * source with itself.
 */
public final class Bits {
  /** CRC-32C, bits reversed. */
  private static final int POLYNOMIAL = 0x82f63b78;

  private Bits() {}

  public static void register(Map<Mnemonic, Op> into) {
    into.put(Mnemonic.BT, Bits::bt);
    into.put(Mnemonic.BTS, (c, i) -> change(c, i, (old, bit) -> old | bit));
    into.put(Mnemonic.BTR, (c, i) -> change(c, i, (old, bit) -> old & ~bit));
    into.put(Mnemonic.BTC, (c, i) -> change(c, i, (old, bit) -> old ^ bit));
    into.put(Mnemonic.BSF, (c, i) -> scan(c, i, true));
    into.put(Mnemonic.BSR, (c, i) -> scan(c, i, false));
    into.put(Mnemonic.POPCNT, Bits::popcnt);
    into.put(Mnemonic.CRC32, Bits::crc32);
  }

  private static void bt(Core c, Insn i) {
    int size = i.a.size();
    long number = Operands.read(c, i, i.b);
    long value =
        i.a.memory() ? c.mmu.load(linear(c, i, number, false), size) : Operands.read(c, i, i.a);
    carry(c, value, bit(i, number));
  }

  private static void change(Core c, Insn i, Destination.Change change) {
    long number = Operands.read(c, i, i.b);
    long bit = bit(i, number);
    long old =
        i.a.memory()
            ? Destination.change(c, i, linear(c, i, number, true), change, bit)
            : Destination.change(c, i, change, bit);
    carry(c, old, bit);
  }

  private static long bit(Insn i, long number) {
    return 1L << (number & 8 * i.a.size() - 1);
  }

  /** A bit number in a register reaches beyond the operand, to both sides. */
  private static long linear(Core c, Insn i, long number, boolean write) {
    int size = i.a.size();
    long address = Operands.address(c, i);
    if (i.b.kind() == Arg.Kind.GPR) {
      long units = Operands.signExtend(number, size) >> 3 + Flags.log2(size);
      address = address + units * size & mask(i.addressSize);
    }
    return Operands.linear(c, i.segment, address, size, write);
  }

  private static void carry(Core c, long value, long bit) {
    int others = Flags.arithmetic(c) & ~Flags.CF;
    Flags.set(c, others | ((value & bit) != 0 ? Flags.CF : 0));
  }

  private static void scan(Core c, Insn i, boolean forward) {
    long x = Operands.read(c, i, i.b);
    if (x != 0) {
      int found = forward ? Long.numberOfTrailingZeros(x) : 63 - Long.numberOfLeadingZeros(x);
      Operands.write(c, i, i.a, found);
    }
    Flags.set(c, Flags.LOGIC, i.b.size(), x, 0);
  }

  private static void popcnt(Core c, Insn i) {
    long x = Operands.read(c, i, i.b);
    Operands.write(c, i, i.a, Long.bitCount(x));
    Flags.set(c, x == 0 ? Flags.ZF : 0);
  }

  private static void crc32(Core c, Insn i) {
    long x = Operands.read(c, i, i.b);
    int crc = (int) Operands.read(c, i, i.a);
    for (int k = 0; k < i.b.size(); k++) {
      crc ^= (int) (x >>> 8 * k) & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = crc >>> 1 ^ POLYNOMIAL & -(crc & 1);
      }
    }
    Operands.write(c, i, i.a, crc & 0xffff_ffffL);
  }
}
