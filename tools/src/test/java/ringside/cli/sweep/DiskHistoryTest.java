package ringside.cli.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import ringside.device.disk.DiskOp;

class DiskHistoryTest {
  private static final DiskOp A = write(0, 2, 'a', false);
  private static final DiskOp B = write(1, 2, 'b', false);
  private static final DiskOp FLUSH = new DiskOp.Flush();

  private static DiskOp write(int block, int blocks, char fill, boolean through) {
    byte[] content = new byte[blocks * 512];
    Arrays.fill(content, (byte) fill);
    return new DiskOp.Write(block * 512L, content, through);
  }

  private static List<String> differences(List<DiskOp> was, List<DiskOp> is) {
    return DiskHistory.of(was).differences("disk", DiskHistory.of(is));
  }

  @Test
  void theSameRequestTwiceRunningAndAnotherOrderOfWhatDoesNotOverlapAreNoDifference() {
    DiskOp far = write(9, 1, 'c', false);
    assertEquals(
        List.of(), differences(List.of(A, B, far, FLUSH), List.of(far, A, A, B, B, FLUSH)));
  }

  @Test
  void aRequestThatTakesEffectAgainBehindAnotherIsFound() {
    List<String> wrong = differences(List.of(A, B), List.of(A, B, A));
    assertEquals(1, wrong.size(), wrong::toString);
    assertTrue(wrong.getFirst().startsWith("disk, block 1: changed to "), wrong::toString);
  }

  @Test
  void whatIsLostTornOrReorderedIsFound() {
    assertEquals(2, differences(List.of(A, B), List.of(A)).size());
    assertEquals(1, differences(List.of(A, B), List.of(A, write(1, 1, 'b', false))).size());
    assertEquals(1, differences(List.of(A, B), List.of(B, A)).size());
    assertEquals(2, differences(List.of(A, write(0, 2, 'c', false), B), List.of(A, B)).size());
  }

  @Test
  void aChangeOfAnotherKindAndALostFlushAreFound() {
    assertEquals(2, differences(List.of(A), List.of(write(0, 2, 'a', true))).size());
    DiskOp zeroes = new DiskOp.Zero(0, 512, false);
    assertEquals(1, differences(List.of(zeroes), List.of(new DiskOp.Zero(0, 512, true))).size());
    assertEquals(
        List.of("disk: flushed 1 times, without a kill 2"),
        differences(List.of(FLUSH, FLUSH), List.of(FLUSH)));
  }

  @Test
  void manyBlocksAreCounted() {
    List<String> wrong = differences(List.of(write(0, 8, 'a', false)), List.of());
    assertEquals(4, wrong.size());
    assertEquals("disk: as many as 8 blocks have another history", wrong.getLast());
  }
}
