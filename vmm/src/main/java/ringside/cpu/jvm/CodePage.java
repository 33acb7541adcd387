package ringside.cpu.jvm;

import ringside.cpu.x86.CodeMode;
import ringside.memory.Gpa;

/** The blocks that one processor has decoded of a page, for one mode, by where they begin. */
public final class CodePage {
  public final long gfn;
  public final CodeMode mode;

  /** The page was written or is another one: no block of it may be entered any more. */
  public volatile boolean stale;

  final Block[] blocks = new Block[Gpa.PAGE_SIZE];

  CodePage(long gfn, CodeMode mode) {
    this.gfn = gfn;
    this.mode = mode;
  }
}
