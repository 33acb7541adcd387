package ringside.cpu.jvm.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import ringside.cpu.x86.CodeMode;
import ringside.cpu.x86.Decoder;
import ringside.cpu.x86.Insn;

/** How long the methods of regions may be. */
class RegionWriterTest {
  private static final int INSNS = 20;

  /** Each goes on with the next: add [rbx+0x100], eax again and again. */
  private static List<Shape.Part> parts(int count) {
    byte[] add = {1, (byte) 0x83, 0, 1, 0, 0};
    Insn insn = Decoder.decode(at -> add[at] & 0xff, CodeMode.BITS64);
    List<Shape.Part> parts = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      byte[] code = new byte[INSNS * add.length];
      for (int k = 0; k < INSNS; k++) {
        System.arraycopy(add, 0, code, k * add.length, add.length);
      }
      long rip = 0x10000 + (long) n * code.length;
      parts.add(
          new Shape.Part(
              rip, Collections.nCopies(INSNS, insn), code, new long[0], parts.isEmpty()));
    }
    return parts;
  }

  private static RegionWriter.Result write(int parts, boolean whole) {
    return RegionWriter.write(
        Shape.of(CodeMode.BITS64, Flavour.TLB, false, whole, Set.of(), parts(parts)));
  }

  /** As the tests' JVM is told, {@code -XX:-DontCompileHugeMethods}. */
  @Test
  void onlyAWholeMayBeLongerThanWhatHotSpotTakesForHuge() {
    RegionWriter.Result most = write(60, false);
    assertTrue(
        most.cut() && most.size() > 7_000 && most.size() <= 8_000, () -> most.size() + " bytes");
    RegionWriter.Result whole = write(60, true);
    assertTrue(
        whole.cut() && whole.size() > 12_000 && whole.size() <= 14_000,
        () -> whole.size() + " bytes");
    RegionWriter.Result small = write(3, true);
    assertEquals(3, small.shape().parts().size());
  }
}
