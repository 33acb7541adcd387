package ringside.cpu.jvm.ops;

import static ringside.cpu.jvm.Operands.mask;

import java.util.Map;
import ringside.cpu.GuestException;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Flags;
import ringside.cpu.jvm.Op;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * XCHG, XADD and the compare-and-exchange instructions (Intel SDM volume 2; volume 3, 9.1.2).
 *
 * <p>Invariant: memory is written even if the comparison fails, with what was there; so a page that
 * cannot be written always faults.
 */
public final class Exchanges {
  private static final int RAX = 0;
  private static final int RCX = 1;
  private static final int RDX = 2;
  private static final int RBX = 3;

  private Exchanges() {}

  public static void register(Map<Mnemonic, Op> into) {
    into.put(Mnemonic.XCHG, Exchanges::xchg);
    into.put(Mnemonic.XADD, Exchanges::xadd);
    into.put(Mnemonic.CMPXCHG, Exchanges::cmpxchg);
    into.put(Mnemonic.CMPXCHG8B, Exchanges::cmpxchg8b);
    into.put(Mnemonic.CMPXCHG16B, Exchanges::cmpxchg16b);
  }

  /** With memory, either operand may be it; it is locked with or without the prefix. */
  private static void xchg(Core c, Insn i) {
    boolean second = i.b.memory();
    if (second || i.a.memory()) {
      int size = i.a.size();
      long offset = Operands.address(c, i);
      long linear = Operands.linear(c, i.segment, offset, size, true);
      long value = Operands.read(c, i, second ? i.a : i.b);
      long old = Destination.locked(c, linear, size, (x, y) -> y, value);
      Operands.write(c, i, second ? i.a : i.b, old);
      return;
    }
    long x = Operands.read(c, i, i.a);
    Operands.write(c, i, i.a, Operands.read(c, i, i.b));
    Operands.write(c, i, i.b, x);
  }

  private static void xadd(Core c, Insn i) {
    int size = i.a.size();
    long y = Operands.read(c, i, i.b);
    long x;
    if (i.a.memory()) {
      x = Destination.change(c, i, (old, operand) -> old + operand, y);
      Operands.write(c, i, i.b, x);
    } else {
      x = Operands.read(c, i, i.a);
      Operands.write(c, i, i.b, x);
      Operands.write(c, i, i.a, x + y);
    }
    Flags.set(c, Flags.ADD, size, x + y & mask(size), y);
  }

  private static void cmpxchg(Core c, Insn i) {
    int size = i.a.size();
    long expected = c.gpr[RAX] & mask(size);
    long source = Operands.read(c, i, i.b);
    long old =
        Destination.change(c, i, (x, replacement) -> x == expected ? replacement : x, source);
    if (old != expected) {
      Operands.setGpr(c, RAX, size, old);
    }
    Flags.set(c, Flags.SUB, size, expected - old & mask(size), old);
  }

  private static void cmpxchg8b(Core c, Insn i) {
    long linear = Operands.linear(c, i.segment, Operands.address(c, i), 8, true);
    long expected = pair(c, RDX, RAX);
    long replacement = pair(c, RCX, RBX);
    Destination.Change change = (x, y) -> x == expected ? y : x;
    long old;
    if (i.has(Insn.LOCK)) {
      old = Destination.locked(c, linear, 8, change, replacement);
    } else {
      old = Destination.loadToStore(c, linear, 8);
      c.mmu.store(linear, 8, change.of(old, replacement));
    }
    if (old != expected) {
      Operands.setGpr(c, RAX, 4, old);
      Operands.setGpr(c, RDX, 4, old >>> 32);
    }
    zero(c, old == expected);
  }

  private static long pair(Core c, int high, int low) {
    return c.gpr[high] << 32 | c.gpr[low] & 0xffff_ffffL;
  }

  private static void cmpxchg16b(Core c, Insn i) {
    long linear = Operands.linear(c, i.segment, Operands.address(c, i), 16, true);
    if ((linear & 15) != 0) {
      throw c.fault(GuestException.GP, 0);
    }
    long[] old = new long[2];
    boolean equal =
        c.mmu.compareAndExchange16(linear, c.gpr[RAX], c.gpr[RDX], c.gpr[RBX], c.gpr[RCX], old);
    if (!equal) {
      c.gpr[RAX] = old[0];
      c.gpr[RDX] = old[1];
    }
    zero(c, equal);
  }

  private static void zero(Core c, boolean zero) {
    Flags.set(c, Flags.arithmetic(c) & ~Flags.ZF | (zero ? Flags.ZF : 0));
  }
}
