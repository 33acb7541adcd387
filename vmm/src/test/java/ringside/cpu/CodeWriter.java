package ringside.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes 64-bit code: one instruction a call, jumps by labels, memory as base and distance. */
final class CodeWriter {
  static final int RAX = 0;
  static final int RCX = 1;
  static final int RDX = 2;
  static final int RBX = 3;
  static final int RSP = 4;
  static final int RBP = 5;
  static final int RSI = 6;
  static final int RDI = 7;
  static final int LOCK = 0xf0;

  private static final int NONE = -1;

  /** A distance of four bytes that ends at {@code at + 4}; absolute where that is asked for. */
  private record Use(int at, int label, boolean absolute) {}

  private final long rip;
  private final List<Integer> labels = new ArrayList<>();
  private final List<Use> uses = new ArrayList<>();
  private byte[] code = new byte[64];
  private int size;

  /** For code that will begin at that address. */
  CodeWriter(long rip) {
    this.rip = rip;
  }

  byte[] bytes() {
    for (Use use : uses) {
      int target = labels.get(use.label);
      long value = use.absolute ? rip + target : target - (use.at + 4);
      for (int k = 0; k < 4; k++) {
        code[use.at + k] = (byte) (value >> 8 * k);
      }
    }
    return Arrays.copyOf(code, size);
  }

  void put(int... bytes) {
    for (int b : bytes) {
      if (size == code.length) {
        code = Arrays.copyOf(code, 2 * size);
      }
      code[size++] = (byte) b;
    }
  }

  void u32(int value) {
    put(value, value >> 8, value >> 16, value >> 24);
  }

  int label() {
    labels.add(NONE);
    return labels.size() - 1;
  }

  void bind(int label) {
    labels.set(label, size);
  }

  int here() {
    int label = label();
    bind(label);
    return label;
  }

  private void use(int label, boolean absolute) {
    uses.add(new Use(size, label, absolute));
    u32(0);
  }

  void jump(int label) {
    put(0xe9);
    use(label, false);
  }

  void jump(int condition, int label) {
    put(0x0f, 0x80 | condition);
    use(label, false);
  }

  void call(int label) {
    put(0xe8);
    use(label, false);
  }

  /** The label's address into a register. */
  void address(int register, int label) {
    rex(false, 0, 0, register);
    put(0xb8 | register & 7);
    use(label, true);
  }

  void constant(int register, int value) {
    rex(false, 0, 0, register);
    put(0xb8 | register & 7);
    u32(value);
  }

  /** With the register in the opcode, as PUSH and POP have it. */
  void one(int opcode, int register) {
    rex(false, 0, 0, register);
    put(opcode | register & 7);
  }

  /** Both operands are registers, or the first one is a part of the opcode. */
  void registers(boolean wide, int opcode, int reg, int rm) {
    rex(wide, reg, 0, rm);
    opcode(opcode);
    put(0xc0 | (reg & 7) << 3 | rm & 7);
  }

  /** Group 1 with a constant: ADD is 0, OR 1, AND 4, SUB 5, XOR 6, CMP 7. */
  void constant(boolean wide, int group, int rm, int value) {
    boolean small = value == (byte) value;
    registers(wide, small ? 0x83 : 0x81, group, rm);
    immediate(small, value);
  }

  void memory(boolean wide, int opcode, int reg, int base, int distance) {
    memory(0, wide, opcode, reg, base, distance);
  }

  void memory(int prefix, boolean wide, int opcode, int reg, int base, int distance) {
    if (prefix != 0) {
      put(prefix);
    }
    rex(wide, reg, 0, base);
    opcode(opcode);
    boolean small = distance == (byte) distance;
    put((small ? 0x40 : 0x80) | (reg & 7) << 3 | base & 7);
    if ((base & 7) == RSP) {
      put(0x24);
    }
    immediate(small, distance);
  }

  /** Base and eight times an index. */
  void indexed(boolean wide, int opcode, int reg, int base, int index, int distance) {
    rex(wide, reg, index, base);
    opcode(opcode);
    put(0x44 | (reg & 7) << 3, 0xc0 | (index & 7) << 3 | base & 7, distance);
  }

  /** An address that no register is in. */
  void absolute(boolean wide, int opcode, int reg, long address) {
    rex(wide, reg, 0, 0);
    opcode(opcode);
    put(0x04 | (reg & 7) << 3, 0x25);
    u32((int) address);
  }

  void memoryConstant(boolean wide, int group, int base, int distance, int value) {
    boolean small = value == (byte) value;
    memory(wide, small ? 0x83 : 0x81, group, base, distance);
    immediate(small, value);
  }

  private void immediate(boolean small, int value) {
    if (small) {
      put(value);
    } else {
      u32(value);
    }
  }

  private void opcode(int opcode) {
    if (opcode > 0xff) {
      put(opcode >> 8);
    }
    put(opcode);
  }

  private void rex(boolean wide, int reg, int index, int base) {
    int bits = (wide ? 8 : 0) | reg >> 3 << 2 | index >> 3 << 1 | base >> 3;
    if (bits != 0) {
      put(0x40 | bits);
    }
  }
}
