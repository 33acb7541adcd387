package ringside.cpu.jvm.translate;

import ringside.cpu.x86.CodeMode;
import ringside.cpu.x86.Insn;

/** What the translator has bytecode for, for reports. */
public final class Translatable {
  private Translatable() {}

  /** Whether regions do this instruction themselves; else they call the interpreter for it. */
  public static boolean own(Insn i, CodeMode mode) {
    return Native.of(i, mode) != null;
  }
}
