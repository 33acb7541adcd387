package ringside.xenstore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.abi.gen.XsWireAbi.*;
import static ringside.xenstore.StoreGuest.*;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ringside.memory.MachineMemory;

/** The ring itself: pieces, a full ring, and garbage. */
class StoreConnectionTest {
  private final MachineMemory memory = new MachineMemory(1 << 20);
  private final XenStore store = new XenStore();
  private final StoreGuest guest = new StoreGuest(memory, store, 1);

  @AfterEach
  void close() {
    memory.close();
  }

  @Test
  void aRequestMayComeByteByByte() {
    byte[] request = new StoreMessage(XS_WRITE, 9, 0, StoreText.bytes("data/x\0abc")).bytes();
    for (byte b : request) {
      guest.send(new byte[] {b});
    }
    assertEquals("abc", store.read("/local/domain/1/data/x"));
    assertEquals(16 + 3, guest.receive());
  }

  @Test
  void positionsWrapAround() {
    for (int position : new int[] {REQ_CONS, REQ_PROD, RSP_CONS, RSP_PROD}) {
      guest.page.u32(position, 0xffff_fff5);
    }
    assertEquals("OK|", guest.ask(XS_WRITE, "data/x|" + "v".repeat(2000)));
    assertEquals("v".repeat(2000), guest.ask(XS_READ, "data/x|"));
  }

  @Test
  void whatDoesNotFitWaitsAndNoRequestIsTakenMeanwhile() {
    guest.ask(XS_WRITE, "data/x|" + "v".repeat(1500));
    byte[] read = new StoreMessage(XS_READ, 1, 0, StoreText.bytes("data/x\0")).bytes();
    for (int i = 0; i < 40; i++) {
      int prod = guest.page.u32(REQ_PROD);
      for (byte b : read) {
        guest.page.u8(prod++ & 1023, b);
      }
      guest.page.u32(REQ_PROD, prod);
      guest.connection.process(0);
    }
    int waiting = guest.page.u32(REQ_PROD) - guest.page.u32(REQ_CONS);
    assertEquals((40 - StoreConnection.MAX_REPLIES) * read.length, waiting);
    int total = 0;
    for (int got = guest.receive(); got > 0; got = guest.receive()) {
      total += got;
    }
    assertEquals(40 * (16 + 1500), total);
    assertEquals(guest.page.u32(REQ_PROD), guest.page.u32(REQ_CONS));
  }

  @Test
  void anImpossibleLengthClosesTheConnectionUntilTheGuestReconnects() {
    guest.ask(XS_WATCH, "data|w|");
    guest.takeEvents();
    StoreMessage fine = new StoreMessage(XS_READ, 1, 0, StoreText.bytes("data\0"));
    byte[] bad = fine.bytes();
    bad[12] = 1;
    bad[13] = 0x10; // 4097
    guest.send(bad);
    assertEquals(XENSTORE_ERROR_PROTO, guest.page.u32(ERROR));
    assertEquals(1, guest.notices.size());
    guest.page.u32(REQ_CONS, guest.page.u32(REQ_PROD));
    guest.send(fine.bytes());
    store.write("/local/domain/1/data", "x");
    assertEquals(0, guest.receive());
    assertEquals(1, guest.notices.size());

    int before = guest.notifications;
    guest.page.u32(CONNECTION, XENSTORE_RECONNECT);
    guest.connection.process(0);
    assertEquals(XENSTORE_CONNECTED, guest.page.u32(CONNECTION));
    assertEquals(XENSTORE_ERROR_NONE, guest.page.u32(ERROR));
    assertTrue(guest.notifications > before);
    assertEquals("x", guest.ask(XS_READ, "data|"));
    assertEquals("OK|", guest.ask(XS_WATCH, "data|w|"), "the old watch is gone");
  }

  @Test
  void impossiblePositionsCloseItToo() {
    guest.page.u32(REQ_PROD, guest.page.u32(REQ_CONS) + 1025);
    guest.connection.process(0);
    assertEquals(XENSTORE_ERROR_RINGIDX, guest.page.u32(ERROR));
    guest.page.u32(CONNECTION, XENSTORE_RECONNECT);
    guest.connection.process(0);
    guest.ask(XS_WATCH, "data|w|");
    guest.page.u32(RSP_CONS, guest.page.u32(RSP_PROD) + 1);
    store.write("/local/domain/1/data/x", "an event that finds no ring");
    assertEquals(XENSTORE_ERROR_RINGIDX, guest.page.u32(ERROR));
  }

  @Property(tries = 500)
  void garbageNeverGetsOutOfTheRings(
      @ForAll @Size(1024) byte[] requests,
      @ForAll int consumed,
      @ForAll @IntRange(min = -2, max = 1026) int more,
      @ForAll int taken,
      @ForAll @IntRange(min = -2, max = 1026) int answered,
      @ForAll @IntRange(max = 30) int type,
      @ForAll @IntRange(max = 1100) int length) {
    try (MachineMemory own = new MachineMemory(1 << 16)) {
      StoreGuest hostile = new StoreGuest(own, new XenStore(), 1);
      byte[] marks = new byte[4096];
      Arrays.fill(marks, 0x81c, 4096, (byte) 0x5a);
      System.arraycopy(requests, 0, marks, 0, 1024);
      int start = consumed & 1023;
      byte[] header = new StoreMessage(type, 1, 0, new byte[0]).bytes();
      header[12] = (byte) length;
      header[13] = (byte) (length >>> 8);
      for (int i = 0; i < header.length; i++) {
        marks[start + i & 1023] = header[i];
      }
      hostile.page.write(0, marks, 0, 4096);
      hostile.page.u32(REQ_CONS, consumed);
      hostile.page.u32(REQ_PROD, consumed + more);
      hostile.page.u32(RSP_CONS, taken);
      hostile.page.u32(RSP_PROD, taken + answered);
      for (int i = 0; i < 3; i++) {
        hostile.connection.process(0);
      }
      byte[] after = new byte[4096];
      hostile.page.read(0, after, 0, 4096);
      assertArrayEquals(
          Arrays.copyOf(marks, 1024), Arrays.copyOf(after, 1024), "requests are the guest's");
      assertArrayEquals(
          Arrays.copyOfRange(marks, 0x81c, 4096), Arrays.copyOfRange(after, 0x81c, 4096));
      assertEquals(consumed + more, hostile.page.u32(REQ_PROD));
      assertEquals(taken, hostile.page.u32(RSP_CONS));
      assertTrue(hostile.notices.size() <= 1);
    }
  }
}
