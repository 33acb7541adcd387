package ringside.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TraceDamageTest {
  private static final byte[] GOOD = Traces.small();
  private static final List<TraceRecord> RECORDS = read(GOOD);
  private static final int BODY = bodyStart();

  private static List<TraceRecord> read(byte[] bytes) {
    try (TraceReader reader = TraceReader.of(bytes)) {
      return Traces.all(reader);
    } catch (TraceFormatException e) {
      throw new AssertionError(e);
    }
  }

  /** The fixed part of the header, the properties and the checksum. */
  private static int bodyStart() {
    int length = (GOOD[12] & 0xff) | (GOOD[13] & 0xff) << 8;
    return TraceFormat.HEADER_FIXED + length + 4;
  }

  @Test
  void aFileCutAtAnyByteIsReadUpToThere() throws TraceFormatException {
    for (int length = BODY; length < GOOD.length; length++) {
      try (TraceReader reader = TraceReader.of(Arrays.copyOf(GOOD, length))) {
        int cut = length;
        List<TraceRecord> whole =
            RECORDS.stream().filter(r -> r.offset() + size(r) <= cut).toList();
        assertEquals(whole.size(), Traces.all(reader).size(), "cut at " + length);
        TraceEnd end = reader.end();
        assertEquals(TraceEnd.State.TRUNCATED, end.state(), end::toString);
        assertEquals(whole.size(), end.records());
        assertTrue(end.offset() <= length && end.offset() >= length - 200, end::toString);
        long last = whole.isEmpty() ? 0 : whole.getLast().id();
        assertEquals(last > 0, reader.find(Math.max(last, 1)).isPresent());
      }
    }
  }

  private static int size(TraceRecord record) {
    int at = (int) record.offset();
    return (GOOD[at] & 0xff) | (GOOD[at + 1] & 0xff) << 8;
  }

  @Test
  void aHeaderCutAtAnyByteIsRefused() {
    for (int length = 0; length < BODY; length++) {
      byte[] cut = Arrays.copyOf(GOOD, length);
      TraceFormatException e =
          assertThrows(TraceFormatException.class, () -> TraceReader.of(cut), "cut at " + length);
      assertTrue(e.getMessage().startsWith("byte "), e.getMessage());
    }
  }

  @Test
  void aChangedByteIsNoticedWhereverItIs() {
    for (int i = 0; i < GOOD.length; i++) {
      for (int bit : new int[] {0x01, 0x80, 0xff}) {
        byte[] bad = GOOD.clone();
        bad[i] ^= (byte) bit;
        try (TraceReader reader = TraceReader.of(bad)) {
          assertTrue(i >= BODY || i == 10 || i == 11, "byte " + i + " of the header");
          assertNotEquals(TraceEnd.State.COMPLETE, reader.end().state(), "byte " + i);
          for (TraceRecord record : RECORDS) {
            reader.find(record.id());
          }
          reader.seekTime(1100);
          reader.end();
          reader.rewind();
          assertNotEquals(TraceEnd.State.COMPLETE, reader.end().state(), "byte " + i);
        } catch (TraceFormatException e) {
          assertTrue(i < BODY, "byte " + i + ": " + e.getMessage());
        }
      }
    }
  }

  @Property(tries = 2000)
  void anyBytesAfterTheHeaderAreReadWithoutAnythingWorseThanAnEnd(
      @ForAll @Size(max = 200) List<Byte> tail, @ForAll boolean afterRecords)
      throws TraceFormatException {
    int keep = afterRecords ? (int) RECORDS.getLast().offset() : BODY;
    byte[] bytes = Arrays.copyOf(GOOD, keep + tail.size());
    for (int i = 0; i < tail.size(); i++) {
      bytes[keep + i] = tail.get(i);
    }
    try (TraceReader reader = TraceReader.of(bytes)) {
      assertNotEquals(TraceEnd.State.COMPLETE, reader.end().state());
      reader.find(3);
      reader.seekTime(1000);
      assertNotEquals(TraceEnd.State.COMPLETE, reader.end().state());
    }
  }

  @Property(tries = 2000)
  void bytesThatAreSwappedAboutAreReadWithoutAnythingWorseThanAnEnd(
      @ForAll @Size(min = 1, max = 6) List<Integer> places,
      @ForAll @Size(min = 6, max = 6) byte[] values)
      throws TraceFormatException {
    byte[] bad = GOOD.clone();
    for (int i = 0; i < places.size(); i++) {
      bad[BODY + Math.floorMod(places.get(i), GOOD.length - BODY)] = values[i];
    }
    try (TraceReader reader = TraceReader.of(bad)) {
      List<Long> ids = new ArrayList<>();
      Traces.all(reader).forEach(r -> ids.add(r.id()));
      assertEquals(Arrays.equals(GOOD, bad), reader.end().complete());
      reader.find(9);
      reader.seekTime(1100);
      assertEquals(reader.end(), reader.end());
    }
  }

  @Test
  void somethingElseThanATraceIsRefusedWithAReason() {
    byte[] text = "hypercall.entry 1 2 3\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    TraceFormatException e = assertThrows(TraceFormatException.class, () -> TraceReader.of(text));
    assertTrue(e.getMessage().contains("not a Ringside trace"), e.getMessage());
    byte[] newer = GOOD.clone();
    newer[8] = 2;
    e = assertThrows(TraceFormatException.class, () -> TraceReader.of(newer));
    assertTrue(e.getMessage().contains("version 2"), e.getMessage());
  }
}
