package ringside.cpu.jvm.ops;

import static ringside.cpu.jvm.Operands.mask;

import java.util.Map;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Flags;
import ringside.cpu.jvm.Op;
import ringside.cpu.jvm.Operands;
import ringside.cpu.jvm.memory.HostMemory;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;
import ringside.memory.Gpa;

/**
 * MOVS, STOS, LODS, SCAS and CMPS (Intel SDM volume 1, 7.3.9). Repeated MOVS and STOS towards
 * higher addresses go by whole pages where that is plain memory; everything else, and an element
 * that crosses a page, goes by one element.
 */
public final class Strings {
  private static final int RAX = 0;
  private static final int RSI = 6;
  private static final int RDI = 7;
  private static final int ES = 0;
  private static final long EACH_BYTE = 0x0101_0101_0101_0101L;
  private static final int EXPAND_DOWN_OR_CODE = 12;

  private Strings() {}

  public static void register(Map<Mnemonic, Op> into) {
    into.put(Mnemonic.MOVS, (c, i) -> Repeat.run(c, i, Strings::movs));
    into.put(Mnemonic.STOS, (c, i) -> Repeat.run(c, i, Strings::stos));
    into.put(Mnemonic.LODS, (c, i) -> Repeat.run(c, i, Strings::lods));
    into.put(Mnemonic.SCAS, (c, i) -> Repeat.compare(c, i, Strings::scas));
    into.put(Mnemonic.CMPS, (c, i) -> Repeat.compare(c, i, Strings::cmps));
  }

  private static long movs(Core c, Insn i, long most) {
    int size = i.a.size();
    long source = source(c, i);
    long elements = most == 1 ? 1 : Math.min(room(c, i, i.segment, RSI), most);
    if (elements > 1) {
      long from = c.mmu.host(source, false);
      long linear = destination(c, i, true);
      long to = c.mmu.host(linear, true);
      elements = Math.min(room(c, i, ES, RDI), elements);
      if (from != 0 && to != 0 && elements > 1) {
        copy(from, to, elements, size);
        return moved(c, i, elements);
      }
    }
    long value = c.mmu.load(source, size);
    c.mmu.store(destination(c, i, true), size, value);
    return moved(c, i, 1);
  }

  private static long moved(Core c, Insn i, long elements) {
    Repeat.advanceSource(c, i, elements);
    Repeat.advanceDestination(c, i, elements);
    return elements;
  }

  /** As one element after the other: what is written may be read again further on. */
  private static void copy(long from, long to, long elements, int size) {
    long bytes = elements * size;
    if (to - from >= 0 && to - from < bytes && to != from) {
      for (long at = 0; at < bytes; at += size) {
        HostMemory.store(to + at, size, HostMemory.load(from + at, size));
      }
    } else {
      HostMemory.UNSAFE.copyMemory(null, from, null, to, bytes);
    }
  }

  private static long stos(Core c, Insn i, long most) {
    int size = i.a.size();
    long value = c.gpr[RAX] & mask(size);
    long linear = destination(c, i, true);
    long elements = most == 1 ? 1 : Math.min(room(c, i, ES, RDI), most);
    long to = elements > 1 ? c.mmu.host(linear, true) : 0;
    if (to != 0) {
      fill(to, elements, size, value);
    } else {
      elements = 1;
      c.mmu.store(linear, size, value);
    }
    Repeat.advanceDestination(c, i, elements);
    return elements;
  }

  private static void fill(long to, long elements, int size, long value) {
    long bytes = elements * size;
    if (value == (value & 0xff) * (EACH_BYTE & mask(size))) {
      HostMemory.UNSAFE.setMemory(null, to, bytes, (byte) value);
      return;
    }
    for (long at = 0; at < bytes; at += size) {
      HostMemory.store(to + at, size, value);
    }
  }

  /**
   * Whole elements from a pointer upwards, before the page, the segment or the address size ends; 1
   * where only the next can be told.
   */
  private static long room(Core c, Insn i, int segment, int register) {
    if ((c.flags & Flags.DF) != 0) {
      return 1;
    }
    long offset = c.gpr[register] & mask(i.addressSize);
    long bytes = toPageEnd(c.segmentBase[segment] * (c.long64() && segment < 4 ? 0 : 1) + offset);
    if (i.addressSize < 8) {
      bytes = Math.min(bytes, mask(i.addressSize) + 1 - offset);
    }
    if (!c.long64()) {
      if ((c.segmentAttributes[segment] & EXPAND_DOWN_OR_CODE) == 4) {
        return 1;
      }
      bytes = Math.min(bytes, c.segmentLimit[segment] + 1 - offset);
    }
    return Math.max(1, bytes / i.a.size());
  }

  private static long toPageEnd(long linear) {
    return Gpa.PAGE_SIZE - (linear & Gpa.PAGE_SIZE - 1);
  }

  private static long lods(Core c, Insn i, long most) {
    int size = i.a.size();
    Operands.setGpr(c, RAX, size, c.mmu.load(source(c, i), size));
    Repeat.advanceSource(c, i, 1);
    return 1;
  }

  private static long scas(Core c, Insn i, long most) {
    int size = i.a.size();
    long value = c.mmu.load(destination(c, i, false), size);
    Flags.set(c, Flags.SUB, size, c.gpr[RAX] - value & mask(size), value);
    Repeat.advanceDestination(c, i, 1);
    return 1;
  }

  private static long cmps(Core c, Insn i, long most) {
    int size = i.a.size();
    long x = c.mmu.load(source(c, i), size);
    long y = c.mmu.load(destination(c, i, false), size);
    Flags.set(c, Flags.SUB, size, x - y & mask(size), y);
    return moved(c, i, 1);
  }

  /** Linear address of the element at RSI. */
  private static long source(Core c, Insn i) {
    return Operands.linear(c, i.segment, c.gpr[RSI] & mask(i.addressSize), i.a.size(), false);
  }

  /** Linear address of the element at RDI, whose segment cannot be overridden. */
  private static long destination(Core c, Insn i, boolean write) {
    return Operands.linear(c, ES, c.gpr[RDI] & mask(i.addressSize), i.a.size(), write);
  }
}
