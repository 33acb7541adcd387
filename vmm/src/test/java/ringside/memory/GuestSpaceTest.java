package ringside.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The p2m, the door, and what happens to frames. */
class GuestSpaceTest {
  private final MachineMemory machine = new MachineMemory(16 << 20);
  private final GuestSpace one = new GuestSpace(machine);
  private final GuestSpace two = new GuestSpace(machine);

  @AfterEach
  @AfterProperty
  void everyFrameComesBack() {
    one.close();
    two.close();
    assertEquals(0, machine.framesInUse());
    machine.close();
  }

  @Test
  void aFrameInTwoSpacesIsOneMemory() throws GuestFault {
    assertTrue(one.populate(5, 1));
    long mfn = one.mfn(5);
    machine.retain(mfn);
    two.map(9, mfn, Access.READ_WRITE);

    one.u32(new Gpa(5 * 4096 + 8), 0xcafe);
    assertEquals(0xcafe, two.u32(new Gpa(9 * 4096 + 8)));

    one.unmap(5);
    assertEquals(1, machine.references(mfn));
    assertEquals(0xcafe, two.u32(new Gpa(9 * 4096 + 8)));
  }

  @Test
  void aReadOnlyPageShowsItsOwnersWritesAndTakesNone() throws GuestFault {
    assertTrue(one.populate(0, 1));
    machine.retain(one.mfn(0));
    two.map(0, one.mfn(0), Access.READ_ONLY);
    one.u8(new Gpa(3), 77);
    assertEquals(77, two.u8(new Gpa(3)));
    assertThrows(GuestFault.class, () -> two.u8(new Gpa(3), 1));
    assertEquals(77, one.u8(new Gpa(3)));
  }

  @Test
  void aFreedFrameComesBackZeroed() throws GuestFault {
    assertTrue(one.populate(0, 4));
    one.fill(new Gpa(0), 4 * 4096, 0xff);
    for (int gfn = 0; gfn < 4; gfn++) {
      one.unmap(gfn);
    }
    assertTrue(two.populate(0, 4));
    assertArrayEquals(new byte[4 * 4096], two.read(new Gpa(0), 4 * 4096));
  }

  @Test
  void accessesAcrossAHoleAreRefusedWhole() throws GuestFault {
    assertTrue(one.populate(0, 3));
    one.unmap(1);
    assertThrows(GuestFault.class, () -> one.read(new Gpa(4090), 4200));
    assertThrows(GuestFault.class, () -> one.u64(new Gpa(4092)));
    one.u64(new Gpa(4088), 1);
  }

  @Test
  void aFullMachineSaysSoAndChangesNothing() {
    assertTrue(one.populate(0, 4000));
    assertFalse(two.populate(0, 4000));
    assertEquals(4000, machine.framesInUse());
    assertEquals(-1, two.mfn(0));
  }

  @Test
  void memoryInPiecesServesAsWellAsARun() throws GuestFault {
    assertTrue(one.populate(0, 4096));
    for (int gfn = 0; gfn < 4096; gfn += 8) {
      one.unmap(gfn);
    }
    assertTrue(two.populate(100, 512));
    two.fill(new Gpa(100 * 4096), 512 * 4096, 7);
    assertEquals(7, two.u8(new Gpa(611 * 4096 + 4095)));
    assertFalse(two.populate(0, 1));
  }

  @Test
  void aListenerHearsWhatIsThereAndEachChange() {
    assertTrue(one.populate(2, 3));
    List<String> heard = new ArrayList<>();
    one.listenFromNow((gfn, count, access) -> heard.add(gfn + "+" + count + " " + access));
    one.unmap(3);
    assertTrue(one.populate(7, 2));
    assertEquals(List.of("2+3 READ_WRITE", "3+1 NONE", "7+2 READ_WRITE"), heard);
  }

  @Property(tries = 300)
  void noAddressAndLengthGetsPastTheDoor(@ForAll long gpa, @ForAll long length) {
    assertThrows(GuestFault.class, () -> one.fill(new Gpa(gpa), Math.max(1, length), 0));
  }

  /** Page 5, which holds zeros. */
  private void ram() throws GuestFault {
    one.unmap(5);
    assertTrue(one.populate(5, 1));
  }

  @Property(tries = 300)
  void noPartOfAnArrayThatIsNotThereIsReadOrWritten(
      @ForAll int offset, @ForAll @IntRange(max = 4096) int length) throws GuestFault {
    ram();
    Gpa gpa = new Gpa(5 * 4096);
    byte[] bytes = new byte[64];
    Assume.that(offset < 0 || offset > bytes.length - length);
    assertThrows(IndexOutOfBoundsException.class, () -> one.read(gpa, bytes, offset, length));
    assertThrows(IndexOutOfBoundsException.class, () -> one.write(gpa, bytes, offset, length));
  }

  @Property
  void thePartsThatAreThereAreCopied(
      @ForAll @IntRange(max = 64) int offset,
      @ForAll @IntRange(max = 64) int length,
      @ForAll @IntRange(max = 4032) int at)
      throws GuestFault {
    Assume.that(length <= 64 - offset);
    ram();
    byte[] from = new byte[64];
    new Random(1).nextBytes(from);
    one.write(new Gpa(5 * 4096 + at), from, offset, length);
    byte[] page = one.read(new Gpa(5 * 4096), 4096);
    byte[] expected = new byte[4096];
    System.arraycopy(from, offset, expected, at, length);
    assertArrayEquals(expected, page);
    byte[] back = new byte[64];
    one.read(new Gpa(5 * 4096 + at), back, offset, length);
    assertArrayEquals(
        Arrays.copyOfRange(from, offset, offset + length),
        Arrays.copyOfRange(back, offset, offset + length));
  }

  @Test
  void wordsOfAFrameThatOthersChangeAreAligned() {
    try (Frame frame = Frame.allocate(machine)) {
      assertEquals(0, frame.orU32(4092, 6));
      assertEquals(6, frame.andU32(4092, 2));
      assertTrue(frame.compareAndSetU32(4092, 2, 9));
      assertEquals(9, frame.volatileU32(4092));
      for (int offset : new int[] {1, 2, 3, 4093, -4, 4096, Integer.MAX_VALUE - 3}) {
        assertThrows(IndexOutOfBoundsException.class, () -> frame.orU32(offset, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> frame.volatileU32(offset));
        assertThrows(IndexOutOfBoundsException.class, () -> frame.releaseU32(offset, 1));
      }
    }
  }
}
