package ringside.cpu.jvm.translate;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import ringside.cpu.x86.CodeMode;
import ringside.cpu.x86.Decoder;
import ringside.cpu.x86.Insn;

/** Blocks of 64-bit code from listings, each where the one before it ends. */
final class Parts {
  static final long RIP = 0x10000;

  private final List<Shape.Part> all = new ArrayList<>();
  private long end = RIP;

  /**
   * @param listing a line for each instruction: hexadecimal bytes, then blanks and what it is
   * @param targets where its last instruction was seen to go
   */
  Parts block(String listing, long... targets) {
    StringBuilder hex = new StringBuilder();
    listing.lines().forEach(line -> hex.append(line, 0, line.indexOf(' ')));
    byte[] code = HexFormat.of().parseHex(hex);
    List<Insn> insns = new ArrayList<>();
    for (int at = 0; at < code.length; at += insns.getLast().length) {
      int from = at;
      insns.add(Decoder.decode(k -> code[from + k] & 0xff, CodeMode.BITS64));
    }
    all.add(new Shape.Part(end, insns, code, targets, all.isEmpty()));
    end += code.length;
    return this;
  }

  /** The last block is an entry, too. */
  Parts entry() {
    Shape.Part p = all.removeLast();
    all.add(new Shape.Part(p.rip(), p.insns(), p.code(), p.targets(), true));
    return this;
  }

  /** Where a block begins. */
  long rip(int block) {
    return all.get(block).rip();
  }

  List<Shape.Part> list() {
    return all;
  }

  /** The region of all of them that begins with the first one. */
  Shape shape(Long... careful) {
    return Shape.of(CodeMode.BITS64, Flavour.TLB, false, false, Set.of(careful), all);
  }
}
