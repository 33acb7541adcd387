package ringside.cli.compare;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ringside.cpu.GuestException;

/**
 * How a judge left an order: registers, memory and the exception that ended it.
 *
 * @param vector of the exception; 3 at the end of the sequence, {@link #ENDLESS}
 * @param error its error code, 0 for none, -1 for one that need not be right, nor the page of two
 * @param address CR2 of a page fault, else 0
 * @param ticks -1 for who counts none
 */
record Verdict(
    int vector,
    long error,
    long address,
    long rip,
    long rflags,
    long[] general,
    byte[] fx,
    byte[] memory,
    long ticks) {
  /** Vector of what did not end. */
  static final int ENDLESS = 256;

  private static final String[] NAMES = {"rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi"};

  /** CF PF AF ZF SF TF DF OF AC ID: not RF, which judges push differently. */
  private static final long FLAGS = 0x240dd5;

  /**
   * An FXSAVE image without what is not compared: x87 instruction and data pointers and C1, which
   * processors set in different cases, and reserved bytes.
   */
  static byte[] comparable(byte[] fx) {
    fx[3] &= ~2; // C1
    Arrays.fill(fx, 5, 24, (byte) 0);
    Arrays.fill(fx, 28, 32, (byte) 0);
    for (int i = 0; i < 8; i++) {
      Arrays.fill(fx, 42 + 16 * i, 48 + 16 * i, (byte) 0);
    }
    Arrays.fill(fx, 416, fx.length, (byte) 0);
    return fx;
  }

  /** What differs, a line each; empty for equal ones. */
  List<String> differences(Verdict other) {
    List<String> out = new ArrayList<>();
    number(out, "vector", vector, other.vector);
    boolean exact = error >= 0 && other.error >= 0;
    if (exact) {
      number(out, "error code", code(), other.code());
    }
    number(out, "cr2", place(exact), other.place(exact));
    number(out, "rip", rip, other.rip);
    number(out, "rflags", rflags & FLAGS, other.rflags & FLAGS);
    for (int i = 0; i < 16; i++) {
      number(out, i < 8 ? NAMES[i] : "r" + i, general[i], other.general[i]);
    }
    vectors(out, other);
    if (!Arrays.equals(memory, other.memory)) {
      int at = Arrays.mismatch(memory, other.memory);
      boolean stack = at >= Layout.DATA_SIZE;
      long where = stack ? Layout.STACK + at - Layout.DATA_SIZE : Layout.DATA + at;
      number(out, "memory at 0x%x".formatted(where), quad(memory, at), quad(other.memory, at));
    }
    if (ticks >= 0 && other.ticks >= 0) {
      number(out, "ticks", ticks, other.ticks);
    }
    return out;
  }

  /** Of what may cross into the next page the end of the page, unless it has to be exact. */
  private long place(boolean exact) {
    boolean mayCross = address % Layout.PAGE > Layout.PAGE - Long.BYTES;
    return !exact && mayCross ? (address | Layout.PAGE - 1) + 1 : address;
  }

  /** Without what page faults say about pages outside of the layout: systems differ there. */
  private long code() {
    boolean near = address >= Layout.DATA - Layout.PAGE && address < Layout.DATA + Layout.MEMORY;
    return vector == GuestException.PF && !near ? error & ~1L : error;
  }

  private void vectors(List<String> out, Verdict other) {
    if (Arrays.equals(fx, other.fx)) {
      return;
    }
    number(out, "x87 control", quad(fx, 0) & 0xffff, quad(other.fx, 0) & 0xffff);
    number(out, "x87 status", quad(fx, 2) & 0xffff, quad(other.fx, 2) & 0xffff);
    number(out, "x87 tags", fx[4], other.fx[4]);
    number(out, "mxcsr", quad(fx, 24) & 0xffff, quad(other.fx, 24) & 0xffff);
    for (int i = 0; i < 8; i++) {
      int at = 32 + 16 * i;
      number(out, "st(" + i + ") significand", quad(fx, at), quad(other.fx, at));
      number(
          out,
          "st(" + i + ") exponent",
          quad(fx, at + 8) & 0xffff,
          quad(other.fx, at + 8) & 0xffff);
    }
    for (int i = 0; i < 16; i++) {
      int at = 160 + 16 * i;
      number(out, "xmm" + i + " low", quad(fx, at), quad(other.fx, at));
      number(out, "xmm" + i + " high", quad(fx, at + 8), quad(other.fx, at + 8));
    }
  }

  private static void number(List<String> out, String name, long ours, long theirs) {
    if (ours != theirs) {
      out.add("%s 0x%x | 0x%x".formatted(name, ours, theirs));
    }
  }

  private static long quad(byte[] bytes, int at) {
    int from = Math.min(at, bytes.length - 8);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(from);
  }
}
