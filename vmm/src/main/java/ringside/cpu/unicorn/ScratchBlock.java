package ringside.cpu.unicorn;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Runs two blocks in a new processor, for two reasons. The very first block is the only one that
 * libunicorn translates without telling, so it must not be the guest's. And while translated code
 * runs, a register of the host points to the processor's live state, which a block hook of a few
 * instructions writes down.
 *
 * <p>The page lies beyond every guest-physical space and is gone afterwards.
 */
final class ScratchBlock {
  private static final long GPA = 1L << 37;
  private static final long PAGE = 4096;
  private static final byte[] PROGRAM = {(byte) 0xeb, 0, (byte) 0xf4}; // jmp behind; hlt

  private static final String X86_64 =
      """
      488929        mov  [rcx], rbp
      c3            ret
      """;

  private static final String AARCH64 =
      """
      730000f9      str  x19, [x3]
      c0035fd6      ret
      """;

  private static MemorySegment code;

  private ScratchBlock() {}

  /** Returns what the register held: where the live state is, if libunicorn is as expected. */
  static long run(long uc) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment page = arena.allocate(PAGE, PAGE);
      MemorySegment.copy(PROGRAM, 0, page, ValueLayout.JAVA_BYTE, 0, PROGRAM.length);
      MemorySegment found = arena.allocate(ValueLayout.JAVA_LONG);
      Uc.map(uc, GPA, PAGE, Uc.PROT_READ | Uc.PROT_EXEC, page.address());
      long hook = Uc.hook(uc, Uc.HOOK_BLOCK, code(), found.address(), 1, 0);
      UcError.check(Uc.start(uc, GPA), "the first block");
      Uc.unhook(uc, hook);
      Uc.unmap(uc, GPA, PAGE);
      return found.get(ValueLayout.JAVA_LONG, 0);
    }
  }

  private static synchronized MemorySegment code() {
    if (code == null) {
      code = MachineCode.of(X86_64, AARCH64);
    }
    return code;
  }
}
