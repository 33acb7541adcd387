package ringside.cli.bench;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** When the compiler counts as at rest. */
class CompilerRestTest {
  private static final long SECOND = 1_000_000_000;

  private final CompilerRest compiler = new CompilerRest();

  /** Looks at each second up to one, as the compiler takes so much of each. */
  private boolean through(int from, int to, long msEach) {
    boolean rests = false;
    for (int second = from; second <= to; second++) {
      rests = compiler.rests(second * SECOND, (second - from) * msEach);
    }
    return rests;
  }

  @Test
  void notBeforeThereWereLooksForLongEnough() {
    assertFalse(through(0, 3, 0));
    assertTrue(compiler.rests(4 * SECOND, 0));
  }

  @Test
  void notWhileItTakesMoreThanATwentiethOfACpu() {
    assertFalse(through(0, 100, 51));
  }

  @Test
  void aLittleIsRest() {
    assertTrue(through(0, 100, 50));
  }

  @Test
  void whatLiesBackIsForgotten() {
    compiler.rests(0, 0);
    assertFalse(compiler.rests(4 * SECOND, 3_000));
    assertFalse(compiler.rests(7 * SECOND, 3_000));
    assertTrue(compiler.rests(8 * SECOND, 3_000));
  }

  @Test
  void aLongMethodAfterARestEndsIt() {
    assertTrue(through(0, 10, 0));
    assertFalse(compiler.rests(11 * SECOND, 900));
  }
}
