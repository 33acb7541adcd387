package ringside.cpu.jvm;

import ringside.cpu.GuestException;
import ringside.cpu.jvm.ops.SegmentLoads;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.Insn;

/** Reads and writes operands: values are zero-extended to 64 bits. */
public final class Operands {
  private static final int SS = 2;
  private static final int FS = 4;

  private Operands() {}

  public static long mask(int size) {
    return size == 8 ? -1 : (1L << 8 * size) - 1;
  }

  public static long signExtend(long value, int size) {
    int shift = 64 - 8 * size;
    return value << shift >> shift;
  }

  /** General or segment register, memory or immediate. */
  public static long read(Core c, Insn i, Arg arg) {
    if (arg.kind() == Arg.Kind.GPR) {
      return c.gpr[arg.number()] & mask(arg.size());
    }
    return switch (arg.kind()) {
      case HIGH_BYTE -> c.gpr[arg.number()] >>> 8 & 0xff;
      case MEMORY -> load(c, i.segment, address(c, i), arg.size());
      case IMMEDIATE -> i.imm & mask(arg.size());
      case IMMEDIATE2 -> i.imm2 & mask(arg.size());
      case ONE -> 1;
      case SEGMENT -> c.selector[arg.number()];
      default -> throw new AssertionError(arg);
    };
  }

  /** General or segment register, or memory. A 32-bit write to a register clears its upper half. */
  public static void write(Core c, Insn i, Arg arg, long value) {
    switch (arg.kind()) {
      case GPR -> setGpr(c, arg.number(), arg.size(), value);
      case HIGH_BYTE -> {
        long old = c.gpr[arg.number()];
        c.gpr[arg.number()] = old & ~0xff00L | (value & 0xff) << 8;
      }
      case MEMORY -> store(c, i.segment, address(c, i), arg.size(), value);
      case SEGMENT -> SegmentLoads.move(c, arg.number(), (int) value & 0xffff);
      default -> throw new AssertionError(arg);
    }
  }

  public static void setGpr(Core c, int number, int size, long value) {
    switch (size) {
      case 8 -> c.gpr[number] = value;
      case 4 -> c.gpr[number] = value & 0xffff_ffffL;
      default -> c.gpr[number] = c.gpr[number] & ~mask(size) | value & mask(size);
    }
  }

  /** Offset of the memory operand in its segment, wrapped to the address size. */
  public static long address(Core c, Insn i) {
    long sum = i.displacement;
    if (i.base == Insn.RIP) {
      sum += c.rip + i.length;
    } else if (i.base >= 0) {
      sum += c.gpr[i.base];
    }
    if (i.index >= 0) {
      sum += c.gpr[i.index] * i.scale;
    }
    return sum & mask(i.addressSize);
  }

  public static long load(Core c, int segment, long offset, int size) {
    return c.mmu.load(linear(c, segment, offset, size, false), size);
  }

  public static void store(Core c, int segment, long offset, int size, long value) {
    c.mmu.store(linear(c, segment, offset, size, true), size, value);
  }

  /**
   * Linear address of an access, after the checks of segmentation (Intel SDM volume 3, 5.3 and
   * 5.4); in 64-bit mode after the check that it is canonical.
   *
   * @throws CpuFault #SS for the stack segment, else #GP
   */
  public static long linear(Core c, int segment, long offset, int size, boolean write) {
    if (c.long64()) {
      long linear = segment >= FS ? offset + c.segmentBase[segment] : offset;
      long last = linear + size - 1;
      if (linear << 16 >> 16 != linear || last << 16 >> 16 != last) {
        throw c.fault(segment == SS ? GuestException.SS : GuestException.GP, 0);
      }
      checkAlignment(c, linear, size);
      return linear;
    }
    Segmentation.check(c, segment, offset, size, write);
    long linear = c.segmentBase[segment] + offset & 0xffff_ffffL;
    checkAlignment(c, linear, size);
    return linear;
  }

  /** Of operands of 2, 4 and 8 bytes; instructions with larger ones check what they want. */
  private static void checkAlignment(Core c, long linear, int size) {
    if (c.checksAlignment && size <= 8 && (linear & size - 1) != 0) {
      throw c.fault(GuestException.AC, 0);
    }
  }
}
