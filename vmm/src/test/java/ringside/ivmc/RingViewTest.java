package ringside.ivmc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ringside.abi.Width;
import ringside.abi.gen.IvmcRing;
import ringside.memory.Gpa;
import ringside.memory.GuestFault;
import ringside.memory.GuestSpace;
import ringside.memory.MachineMemory;

/** Rings written word by word, as the algorithm leaves them, and what is seen of them. */
class RingViewTest {
  private static final int ORDER = 4;
  private static final Gpa AT = new Gpa(0x1000);

  private MachineMemory machine;
  private GuestSpace space;

  @BeforeEach
  void memory() {
    machine = new MachineMemory(1 << 20);
    space = new GuestSpace(machine);
    assertTrue(space.populate(1, 1));
  }

  @AfterEach
  void close() {
    space.close();
    machine.close();
  }

  private void words(long head, long threshold, long tail) throws GuestFault {
    space.u64(AT.plus(IvmcRing.HEAD.offset(Width.W64)), head);
    space.u64(AT.plus(IvmcRing.THRESHOLD.offset(Width.W64)), threshold);
    space.u64(AT.plus(IvmcRing.TAIL.offset(Width.W64)), tail);
    for (int i = 0; i < 2 << ORDER; i++) {
      space.u64(AT.plus(IvmcRing.size(Width.W64) + 8L * i), -1);
    }
  }

  private void entry(long ticket, boolean safe, int index) throws GuestFault {
    long cycle = ticket >> ORDER + 1;
    long word = cycle << ORDER + 2 | (safe ? 1L << ORDER + 1 : 0) | index;
    long at = ticket & (2 << ORDER) - 1;
    space.u64(AT.plus(IvmcRing.size(Width.W64) + 8L * at), word);
  }

  private RingView view() throws GuestFault {
    return RingView.read(space, AT, ORDER);
  }

  @Test
  void aRingThatWasInitialisedEmptyHoldsNothing() throws GuestFault {
    words(0, -1, 0);
    assertEquals(List.of(), view().indices());
    assertEquals(-1, view().threshold());
    assertTrue(view().entries().stream().allMatch(e -> e.index() < 0 && e.cycle() == -1));
  }

  @Test
  void indicesComeInTheOrderOfTheirTickets() throws GuestFault {
    words(30, 47, 34); // over the end of a lap
    for (int i = 0; i < 4; i++) {
      entry(30 + i, true, 9 - i);
    }
    assertEquals(List.of(9, 8, 7, 6), view().indices());
    assertTrue(view().sound());
  }

  @Test
  void ticketsThatWereBurntAreNotIndices() throws GuestFault {
    words(2, 40, 6);
    entry(3, true, 5);
    entry(5, false, 7);
    assertEquals(List.of(5, 7), view().indices());
    assertFalse(view().entries().get(5).safe());
  }

  @Test
  void ticketsThatWrapAroundAreInOrderToo() throws GuestFault {
    long head = Long.MAX_VALUE - 1;
    words(head, 47, head + 3);
    for (int i = 0; i < 3; i++) {
      entry(head + i, true, i);
    }
    assertEquals(List.of(0, 1, 2), view().indices());
  }

  @Test
  void anIndexThatIsThereTwiceIsNotSound() throws GuestFault {
    words(0, 47, 2);
    entry(0, true, 3);
    entry(1, true, 3);
    assertFalse(view().sound());
  }

  @Test
  void whatIsWrittenInFewCharactersIsReadBack() throws GuestFault {
    words(30, 47, 34);
    entry(30, true, 9);
    entry(31, false, 4);
    assertEquals(view().entries(), RingView.parse(view().compact()));
    assertEquals("-1s-*30 0s9 0u4", view().compact());
  }

  @Test
  void aTailFarAwayIsNotFollowed() throws GuestFault {
    words(0, 47, Long.MAX_VALUE);
    entry(0, true, 3);
    assertEquals(List.of(3), view().indices());
  }
}
