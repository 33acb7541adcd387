package ringside.cpu.jvm.ops;

import static ringside.cpu.jvm.Operands.mask;

import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Operands;

/**
 * The stack as instructions see it: its pointer has 64 bits in 64-bit mode, else 32 or 16 by SS.B,
 * and wraps there (Intel SDM volume 1, 6.2.3).
 */
public final class Stack {
  static final int RSP = 4;
  private static final int SS = 2;
  private static final int BIG = 0x4000;

  private Stack() {}

  /** Bytes of the stack pointer: 2, 4 or 8. */
  public static int addressSize(Core c) {
    return c.long64() ? 8 : (c.segmentAttributes[SS] & BIG) != 0 ? 4 : 2;
  }

  /** The offset so far from the top: positive towards what was pushed earlier. */
  public static long at(Core c, long distance) {
    return c.gpr[RSP] + distance & mask(addressSize(c));
  }

  /** Moves the pointer. */
  public static void move(Core c, long distance) {
    set(c, c.gpr[RSP] + distance);
  }

  public static void set(Core c, long pointer) {
    Operands.setGpr(c, RSP, addressSize(c), pointer);
  }

  /** Stores, then moves the pointer: a fault leaves both alone. */
  public static void push(Core c, int size, long value) {
    Operands.store(c, SS, at(c, -size), size, value & mask(size));
    move(c, -size);
  }

  /** What a pop would give, without moving the pointer. */
  public static long peek(Core c, int size) {
    return load(c, at(c, 0), size);
  }

  public static long pop(Core c, int size) {
    long value = peek(c, size);
    move(c, size);
    return value;
  }

  static long load(Core c, long offset, int size) {
    return Operands.load(c, SS, offset, size);
  }

  static void store(Core c, long offset, int size, long value) {
    Operands.store(c, SS, offset, size, value & mask(size));
  }

  /** Raises what a store there would raise. */
  static void checkStore(Core c, long offset, int size) {
    c.mmu.checkStore(Operands.linear(c, SS, offset, size, true), size);
  }
}
