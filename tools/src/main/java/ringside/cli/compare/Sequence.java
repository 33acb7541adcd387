package ringside.cli.compare;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ringside.cpu.x86.CodeMode;
import ringside.cpu.x86.Decoder;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.InsnText;

/**
 * Units one after another. Immutable.
 *
 * @param integerOnly without x87, MMX and SSE, and what else Unicorn is known to do differently
 */
record Sequence(List<Unit> units, boolean integerOnly) {
  private static final byte INT3 = (byte) 0xcc;

  /** At an address, with branches and RIP-relative operands filled in; ends in INT3. */
  byte[] at(long address) {
    int[] starts = new int[units.size() + 1];
    for (int i = 0; i < units.size(); i++) {
      starts[i + 1] = starts[i] + units.get(i).code().length;
    }
    int size = starts[units.size()];
    if (size + 1 > Layout.SLOT) {
      throw new IllegalStateException("a sequence of " + size + " bytes");
    }
    ByteBuffer code = ByteBuffer.allocate(size + 1).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < units.size(); i++) {
      code.put(units.get(i).code());
      patch(code, units.get(i), starts, i, address);
    }
    code.put(INT3);
    return code.array();
  }

  private void patch(ByteBuffer code, Unit unit, int[] starts, int i, long address) {
    int at = starts[i] + unit.patchAt();
    int end = starts[i] + unit.end();
    int target = starts[Math.min(i + 1 + unit.skip(), units.size())];
    switch (unit.patch()) {
      case NONE -> {}
      case BRANCH8 -> code.put(at, (byte) (target - end));
      case BRANCH32 -> code.putInt(at, target - end);
      case BRANCH64 -> code.putLong(at, address + target);
      case RIP -> code.putInt(at, (int) (unit.target() - address - end));
    }
  }

  /** Without some units. */
  Sequence without(int from, int to) {
    List<Unit> fewer = new ArrayList<>(units.subList(0, from));
    fewer.addAll(units.subList(to, units.size()));
    return new Sequence(fewer, integerOnly);
  }

  /** The instructions, a line each. */
  List<String> text(long address) {
    byte[] code = at(address);
    List<String> lines = new ArrayList<>();
    for (int at = 0; at < code.length; ) {
      int from = at;
      Insn insn =
          Decoder.decode(k -> from + k < code.length ? code[from + k] & 0xff : 0, CodeMode.BITS64);
      byte[] bytes = Arrays.copyOfRange(code, at, Math.min(at + insn.length, code.length));
      lines.add(
          "%x  %-30s %s"
              .formatted(
                  address + at,
                  java.util.HexFormat.of().formatHex(bytes),
                  InsnText.of(insn, address + at)));
      at += insn.length;
    }
    return lines;
  }
}
