package ringside.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ringside.domain.Domain;
import ringside.domain.FakeEngine;
import ringside.domain.Machine;
import ringside.domain.Machines;
import ringside.domain.Vcpu;
import ringside.domain.Verdict;

class BoardTest {
  private final Machines.Heard heard = new Machines.Heard();
  private final Machine machine = Machines.machine(new FakeEngine(), heard);
  private final Domain domain = Machines.domain(machine, "one");
  private final Board board = domain.board();
  private final Vcpu vcpu = domain.vcpu(0);

  @AfterEach
  void close() {
    machine.close();
  }

  /** Remembers the last write and answers it. */
  private static final class Latch implements RegisterBlock {
    private long value;

    @Override
    public String name() {
      return "latch";
    }

    @Override
    public long read(Vcpu by, long offset, int size) {
      return value + offset;
    }

    @Override
    public void write(Vcpu by, long offset, int size, long written) {
      value = written;
    }
  }

  @Test
  void whereNobodyIsReadsGiveAllOnes() {
    assertEquals(0xff, board.portRead(vcpu, 0x40, 1));
    assertEquals(0xffff, board.portRead(vcpu, 0xffff, 2));
    assertEquals(0xffff_ffffL, board.mmioRead(vcpu, 0xfed0_0000L, 4));
    assertEquals(-1, board.mmioRead(vcpu, 0xfec0_0000L, 8));
    assertEquals("none", board.portOwner(0x40));
    board.portWrite(vcpu, 0x40, 1, 3);
    board.mmioWrite(vcpu, -8, 8, 3);
    assertEquals(-1, board.mmioRead(vcpu, -8, 8));
  }

  @Test
  void aBlockAnswersWhatLiesInsideIt() {
    board.addPorts(0x100, 4, new Latch());
    board.portWrite(vcpu, 0x102, 2, 0x7fff);
    assertEquals(0x8001, board.portRead(vcpu, 0x102, 2));
    assertEquals(0xff, board.portRead(vcpu, 0x100, 1));
    assertEquals("latch", board.portOwner(0x103));
    assertEquals(0xffff, board.portRead(vcpu, 0x103, 2), "half of it is outside");
    assertEquals("none", board.portOwner(0x104));
  }

  @Test
  void twoBlocksNeverShareAnAddress() {
    board.addPorts(0x100, 4, new Latch());
    for (int first = 0xfd; first <= 0x103; first++) {
      int start = first;
      assertThrows(
          IllegalArgumentException.class, () -> board.addPorts(start, 4, new Latch()), "" + start);
    }
    board.addPorts(0xfc, 4, new Latch());
    board.addPorts(0x104, 4, new Latch());
    assertThrows(IllegalArgumentException.class, () -> board.addPorts(0xfffe, 4, new Latch()));
    assertThrows(IllegalArgumentException.class, () -> board.addPorts(0x10, 0, new Latch()));
    assertThrows(
        IllegalArgumentException.class, () -> board.addMmio(0xfee0_0800L, 16, new Latch()));
  }

  @Test
  void theDebugConsolePassesLinesOnAndTheRestAtTheEnd() {
    new DebugConsole(domain).attach(DebugConsole.DEFAULT_PORT);
    assertEquals(0xe9, board.portRead(vcpu, 0xe9, 1));
    "Test result: ERROR\nbye".chars().forEach(c -> board.portWrite(vcpu, 0xe9, 1, c));
    assertEquals("Test result: ERROR\n", heard.console.toString());
    domain.console().drain();
    assertEquals("Test result: ERROR\nbye", heard.console.toString());
    assertEquals(Verdict.ERROR, domain.console().verdict());
  }

  @Test
  void debugExitEndsTheDomain() {
    new DebugExit(domain).attach(DebugExit.DEFAULT_PORT);
    board.portWrite(vcpu, DebugExit.DEFAULT_PORT, 1, 0);
    assertFalse(domain.running());
    assertTrue(domain.outcome().well());
    Domain other = Machines.domain(machine, "two");
    new DebugExit(other).attach(0xf4);
    other.board().portWrite(other.vcpu(0), 0xf4, 1, 1);
    assertFalse(other.outcome().well());
  }
}
