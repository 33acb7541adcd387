package ringside.device.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The cache against an array, and what power cuts may leave of it. */
class WriteCacheTest {
  private static final int BLOCK = 4;
  private static final int BLOCKS = 12;
  private static final int ATOMIC = 2 * BLOCK;

  enum Kind {
    WRITE,
    WRITE_THROUGH,
    ZERO,
    FLUSH
  }

  record Step(Kind kind, int block, int count) {}

  @Provide
  static Arbitrary<List<Step>> steps() {
    Arbitrary<Step> step =
        Combinators.combine(
                Arbitraries.of(
                    Kind.WRITE, Kind.WRITE, Kind.WRITE, Kind.WRITE_THROUGH, Kind.ZERO, Kind.FLUSH),
                Arbitraries.integers().between(0, BLOCKS - 1),
                Arbitraries.integers().between(1, 5))
            .as((kind, block, count) -> new Step(kind, block, Math.min(count, BLOCKS - block)));
    return step.list().ofMaxSize(40);
  }

  /** What readers must see, and for each block what it may be after a power cut. */
  private static final class Model {
    final byte[] seen = new byte[BLOCKS * BLOCK];
    final List<Set<Byte>> possible = new ArrayList<>();
    private byte next = 1;

    Model() {
      for (int i = 0; i < BLOCKS; i++) {
        possible.add(new TreeSet<>(Set.of((byte) 0)));
      }
    }

    void run(Disk disk, Step step) throws IOException {
      int offset = step.block() * BLOCK;
      int length = step.count() * BLOCK;
      switch (step.kind()) {
        case FLUSH -> {
          disk.flush();
          set(0, BLOCKS, null);
        }
        case ZERO -> {
          disk.zero(offset, length, false);
          Arrays.fill(seen, offset, offset + length, (byte) 0);
          set(step.block(), step.count(), (byte) 0);
        }
        case WRITE, WRITE_THROUGH -> {
          byte value = next++;
          ByteBuffer from = filled(length, value);
          Arrays.fill(seen, offset, offset + length, value);
          if (step.kind() == Kind.WRITE) {
            disk.write(offset, from);
            set(step.block(), step.count(), value);
          } else {
            disk.writeThrough(offset, from);
            set(step.block(), step.count(), null);
          }
          assertEquals(0, from.remaining());
        }
      }
    }

    /** Null: only what is seen now. */
    private void set(int block, int count, Byte value) {
      for (int i = block; i < block + count; i++) {
        if (value == null) {
          possible.get(i).clear();
          possible.get(i).add(seen[i * BLOCK]);
        } else {
          possible.get(i).add(value);
        }
      }
    }
  }

  @Property
  void readersSeeTheLastWrites(@ForAll("steps") List<Step> steps) throws IOException {
    for (int capacity : new int[] {0, 1024, 4096}) {
      MemoryDisk behind = new MemoryDisk(BLOCKS * BLOCK);
      WriteCache cache = new WriteCache(behind, BLOCK, ATOMIC, capacity);
      Model model = new Model();
      for (Step step : steps) {
        model.run(cache, step);
        for (int from = 0; from < model.seen.length; from += 7) {
          int to = Math.min(model.seen.length, from + 19);
          assertArrayEquals(
              Arrays.copyOfRange(model.seen, from, to), content(cache, from, to - from));
        }
      }
      cache.flush();
      assertArrayEquals(model.seen, content(behind, 0, BLOCKS * BLOCK));
      assertEquals(List.of(), cache.units());
    }
  }

  @Property
  void aPowerCutLeavesEachBlockOneOfItsContentsSinceTheFlush(
      @ForAll("steps") List<Step> steps, @ForAll long seed) throws IOException {
    for (int capacity : new int[] {0, 1024, 1 << 16}) {
      MemoryDisk behind = new MemoryDisk(BLOCKS * BLOCK);
      WriteCache cache = new WriteCache(behind, BLOCK, ATOMIC, capacity);
      Model model = new Model();
      for (Step step : steps) {
        model.run(cache, step);
      }
      cache.powerCut(new Random(seed));
      byte[] left = content(behind, 0, BLOCKS * BLOCK);
      assertArrayEquals(left, content(cache, 0, BLOCKS * BLOCK));
      for (int i = 0; i < BLOCKS; i++) {
        for (int j = 0; j < BLOCK; j++) {
          byte value = left[i * BLOCK + j];
          assertEquals(left[i * BLOCK], value, "block " + i + " is torn");
          assertTrue(model.possible.get(i).contains(value), "block " + i + " holds " + value);
        }
      }
    }
  }

  /** The specification's promise, worked out by hand for three writes. */
  @Test
  void allCutsOfASmallCaseAreThoseThatTheSpecificationAllows() throws IOException {
    Set<String> outcomes = new TreeSet<>();
    for (long subset = 0; subset < 1 << 5; subset++) {
      MemoryDisk behind = new MemoryDisk(5 * BLOCK);
      WriteCache cache = new WriteCache(behind, BLOCK, ATOMIC, 1 << 16);
      cache.write(0, filled(5 * BLOCK, (byte) 1));
      cache.flush();
      cache.write(0, filled(2 * BLOCK, (byte) 2)); // atomic: blocks 0 and 1
      cache.write(BLOCK, filled(3 * BLOCK, (byte) 3)); // torn: 1, 2, 3
      cache.write(3 * BLOCK, filled(BLOCK, (byte) 4)); // hides one block of the write before
      assertEquals(5, cache.units().size());
      cache.powerCut(BitSet.valueOf(new long[] {subset}));
      outcomes.add(blocks(behind));
    }
    Set<String> allowed = new TreeSet<>();
    for (String first : List.of("11", "22", "13", "23")) {
      for (String second : List.of("1", "3")) {
        for (String third : List.of("1", "3", "4")) {
          allowed.add(first + second + third + "1");
        }
      }
    }
    assertEquals(allowed, outcomes);
  }

  @Test
  void chanceFindsEveryOutcomeOfASmallCase() throws IOException {
    Set<String> outcomes = new TreeSet<>();
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      MemoryDisk behind = new MemoryDisk(3 * BLOCK);
      WriteCache cache = new WriteCache(behind, BLOCK, BLOCK, 1 << 16);
      cache.write(0, filled(3 * BLOCK, (byte) 1));
      cache.powerCut(random);
      outcomes.add(blocks(behind));
    }
    assertEquals(Set.of("000", "001", "010", "011", "100", "101", "110", "111"), outcomes);
  }

  @Test
  void whatWasWrittenThroughIsNotOverwrittenByAnOlderWriteThatSurvives() throws IOException {
    MemoryDisk behind = new MemoryDisk(3 * BLOCK);
    WriteCache cache = new WriteCache(behind, BLOCK, BLOCK, 1 << 16);
    cache.write(0, filled(3 * BLOCK, (byte) 1));
    cache.write(2 * BLOCK, filled(BLOCK, (byte) 2));
    cache.writeThrough(BLOCK, filled(BLOCK, (byte) 3));
    BitSet all = new BitSet();
    all.set(0, cache.units().size());
    cache.powerCut(all);
    assertEquals("132", blocks(behind));
  }

  @Test
  void aFullCacheWritesTheOldestBack() throws IOException {
    MemoryDisk behind = new MemoryDisk(3 * 1024);
    WriteCache cache = new WriteCache(behind, 1024, 1024, 2048);
    for (byte i = 0; i < 3; i++) {
      cache.write(i * 1024, filled(1024, (byte) (i + 1)));
    }
    assertEquals(
        List.of(new CachedUnit(1, 1024, 1024), new CachedUnit(2, 2048, 1024)), cache.units());
    cache.powerCut(new BitSet());
    assertArrayEquals(new byte[] {1}, content(behind, 1023, 1));
    assertArrayEquals(new byte[] {0, 0}, content(behind, 1024, 2));
  }

  @Test
  void flushPassesThroughToTheDiskBehind() throws IOException {
    RecordingDisk behind = new RecordingDisk(new MemoryDisk(3 * BLOCK));
    WriteCache cache = new WriteCache(behind, BLOCK, BLOCK, 1 << 16);
    cache.write(0, filled(BLOCK, (byte) 1));
    assertEquals(List.of(), behind.log());
    cache.flush();
    assertEquals(
        List.of(new DiskOp.Write(0, new byte[] {1, 1, 1, 1}, false), new DiskOp.Flush()),
        behind.log());
  }

  private static ByteBuffer filled(int length, byte value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, value);
    return ByteBuffer.wrap(bytes);
  }

  private static byte[] content(Disk disk, long offset, int length) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(length);
    disk.read(offset, into);
    assertEquals(0, into.remaining());
    return into.array();
  }

  private static String blocks(Disk disk) throws IOException {
    StringBuilder text = new StringBuilder();
    byte[] content = content(disk, 0, (int) disk.bytes());
    for (int i = 0; i < content.length; i += BLOCK) {
      text.append(content[i]);
    }
    return text.toString();
  }
}
