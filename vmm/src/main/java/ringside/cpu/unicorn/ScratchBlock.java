package ringside.cpu.unicorn;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Runs one HLT in a new processor. The very first block is the only one that libunicorn translates
 * without telling, so it must not be the guest's. The page lies beyond every guest-physical space
 * and is gone afterwards.
 */
final class ScratchBlock {
  private static final long GPA = 1L << 37;
  private static final long PAGE = 4096;
  private static final byte[] PROGRAM = {(byte) 0xeb, 0, (byte) 0xf4}; // jmp behind; hlt

  private ScratchBlock() {}

  static void run(long uc) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment page = arena.allocate(PAGE, PAGE);
      MemorySegment.copy(PROGRAM, 0, page, ValueLayout.JAVA_BYTE, 0, PROGRAM.length);
      Uc.map(uc, GPA, PAGE, Uc.PROT_READ | Uc.PROT_EXEC, page.address());
      UcError.check(Uc.start(uc, GPA), "the first block");
      Uc.unmap(uc, GPA, PAGE);
    }
  }
}
