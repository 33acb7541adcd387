package ringside.cpu.jvm;

import ringside.cpu.jvm.translate.Profile;
import ringside.cpu.x86.Insn;

/**
 * A basic block of decoded code: executed from its first instruction, left after the last.
 *
 * <p>Invariant: it lies in one page, unless it is a single instruction that crosses into the next.
 * Only its last instruction may transfer control or change how code is decoded, translated or
 * interrupted.
 */
public final class Block {
  /** Where it begins; its content is right until the page is stale, or {@link #next}. */
  public final CodePage page;

  /** Where it ends, if it crosses and is kept: right wherever this is the next page. Else null. */
  final CodePage next;

  /** Byte in the page. */
  public final int offset;

  public final Insn[] insns;

  /** Their bytes, as they were when they were decoded; none if the block is not to be kept. */
  public final byte[] code;

  /** What each of them does. */
  final Op[] ops;

  /** Length of all instructions. */
  public final int bytes;

  /** What the translator knows of it. */
  public final Profile profile = new Profile();

  /** A probe is to be told before the first instruction. */
  public final boolean watched;

  Block(CodePage page, CodePage next, int offset, Insn[] insns, byte[] code, boolean watched) {
    this.page = page;
    this.next = next;
    this.offset = offset;
    this.insns = insns;
    this.code = code;
    this.watched = watched;
    this.ops = new Op[insns.length];
    int sum = 0;
    for (int n = 0; n < insns.length; n++) {
      ops[n] = Semantics.of(insns[n]);
      sum += insns[n].length;
    }
    this.bytes = sum;
  }
}
