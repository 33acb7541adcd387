package ringside.device.nvme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import ringside.device.disk.MemoryDisk;
import ringside.device.disk.WriteCache;

/**
 * Power is cut between any two events of short workloads, and every choice of what had left the
 * cache by then is tried: commands go through the controller's queues, and what a cut may leave is
 * known from their completions alone.
 */
class PowerCutTest {
  private static final int BLOCK = 512;
  private static final int BLOCKS = 4;
  private static final int COMMANDS = 10;
  private static final int WORKLOADS = 100;
  private static final int AT_ONCE = 3;
  private static final int MOST_UNITS = 3;
  private static final int LARGE = 1 << 16;
  private static final int FUA = 1 << 30;
  private static final int DEALLOCATE = 1 << 25;
  private static final int WRITE_CACHE = 6;

  /** Commands of a seed, given and completed up to some point. */
  private static final class Run {
    private final MemoryDisk behind = new MemoryDisk(BLOCKS * BLOCK);
    private final WriteCache cache;
    private final Bench bench;
    private final Durability model = new Durability(BLOCKS);
    private final Map<Integer, Durability.Command> underWay = new HashMap<>();
    private final List<String> said = new ArrayList<>();
    private final SplittableRandom random;
    private int given;
    private int setting = -1;
    private boolean switchesOff;

    Run(long seed, int capacity) {
      random = new SplittableRandom(seed);
      cache = new WriteCache(behind, BLOCK, BLOCK, capacity);
      SplittableRandom times = random.split();
      LatencyModel latency =
          new LatencyModel() {
            @Override
            public long done(Work work, long bytes, long now) {
              return now + times.nextInt(3000);
            }

            @Override
            public void reset() {}
          };
      bench = new Bench(Rig.DATA + 8 * 0x1000, latency, new Namespace(1, cache, BLOCK, 1));
      bench.rig.start();
    }

    /** The next event: a command is given, or time passes until one is done; false at the end. */
    boolean event() {
      boolean more = given < COMMANDS && underWay.size() < AT_ONCE;
      if (more && (random.nextInt(3) > 0 || underWay.isEmpty())) {
        give();
      } else if (!bench.step()) {
        return false;
      }
      for (int qid = Rig.ADMIN; qid <= Rig.IO; qid++) {
        for (Rig.Done done = bench.rig.poll(qid); done != null; done = bench.rig.poll(qid)) {
          completed(done);
        }
      }
      return true;
    }

    private void completed(Rig.Done done) {
      said.add("done " + done.cid());
      assertEquals(0, done.status(), said::toString);
      underWay.remove(done.cid()).done();
      if (done.cid() == setting) {
        model.cacheOff(switchesOff);
        setting = -1;
      }
    }

    private void give() {
      int lba = random.nextInt(BLOCKS);
      int count = 1 + random.nextInt(Math.min(2, BLOCKS - lba));
      int kind = random.nextInt(12);
      boolean busy = underWay.values().stream().anyMatch(other -> other.changes(lba, count));
      boolean full = cache.units().size() >= MOST_UNITS;
      given++;
      if (kind == 0 && setting < 0) {
        set(random.nextBoolean());
      } else if (kind == 1) {
        read(lba, count);
      } else if (kind == 2 || busy || full) {
        flush();
      } else if (kind <= 4) {
        deallocate(lba, count);
      } else {
        change(kind <= 6, random.nextInt(4) == 0, lba, count);
      }
    }

    private long data() {
      return bench.rig.data() + given % 8 * 0x1000L;
    }

    private void change(boolean zero, boolean forced, int lba, int count) {
      int tag = zero ? 0 : given;
      ByteBuffer data = bench.memory(data(), count * BLOCK);
      while (data.hasRemaining()) {
        data.putInt(tag);
      }
      Durability.Kind kind = forced ? Durability.Kind.CHANGE_THROUGH : Durability.Kind.CHANGE;
      int flags = (forced ? FUA : 0) | (zero && random.nextBoolean() ? DEALLOCATE : 0);
      int opcode = zero ? IoCommands.WRITE_ZEROES : IoCommands.WRITE;
      post(
          model.begin(kind, lba, count, tag),
          opcode,
          "%s%s %d+%d of %d"
              .formatted(zero ? "zero" : "write", forced ? " FUA" : "", lba, count, tag),
          lba,
          0,
          flags | count - 1);
    }

    private void deallocate(int lba, int count) {
      bench.memory(data(), 16).putInt(0).putInt(count).putLong(lba);
      Durability.Command command = model.begin(Durability.Kind.CHANGE, lba, count, 0);
      post(command, IoCommands.DSM, "deallocate %d+%d".formatted(lba, count), 0, 4);
    }

    private void read(int lba, int count) {
      Durability.Command command = model.begin(Durability.Kind.COMMIT, lba, count, 0);
      String what = "read FUA %d+%d".formatted(lba, count);
      post(command, IoCommands.READ, what, lba, 0, FUA | count - 1);
    }

    private void flush() {
      post(model.begin(Durability.Kind.COMMIT, 0, BLOCKS, 0), IoCommands.FLUSH, "flush");
    }

    private void post(Durability.Command command, int opcode, String what, int... more) {
      int cid = bench.rig.post(Rig.IO, opcode, 1, data(), more);
      underWay.put(cid, command);
      said.add(what + " is " + cid);
    }

    /** What the cache holds when it is switched off is durable then. */
    private void set(boolean off) {
      model.cacheOff(false);
      Durability.Command command = model.begin(Durability.Kind.COMMIT, 0, off ? BLOCKS : 0, 0);
      setting =
          bench.rig.post(Rig.ADMIN, AdminCommands.SET_FEATURES, 0, 0, WRITE_CACHE, off ? 0 : 1);
      switchesOff = off;
      underWay.put(setting, command);
      said.add("cache " + (off ? "off" : "on") + " is " + setting);
    }

    /** Power fails: of what is in the cache, the units whose bit is set had left it. */
    void cut(long survivors) {
      try {
        cache.powerCut(BitSet.valueOf(new long[] {survivors}));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    /** What a block holds behind the cache. */
    int content(int lba) {
      ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
      behind.read((long) lba * BLOCK, bytes);
      bytes.flip();
      int tag = Integer.reverseBytes(bytes.getInt(0));
      while (bytes.hasRemaining()) {
        assertEquals(tag, Integer.reverseBytes(bytes.getInt()), "a torn block");
      }
      return tag;
    }
  }

  private static Run upTo(long seed, int capacity, int events) {
    Run run = new Run(seed, capacity);
    for (int i = 0; i < events; i++) {
      assertTrue(run.event());
    }
    return run;
  }

  private static int events(long seed, int capacity) {
    Run run = new Run(seed, capacity);
    int events = 0;
    while (run.event()) {
      events++;
    }
    return events;
  }

  /** Every cut after so many events; returns how many blocks could be left in several ways. */
  private static int cuts(long seed, int capacity, int events) {
    int units = upTo(seed, capacity, events).cache.units().size();
    List<Set<Integer>> left = new ArrayList<>();
    for (int i = 0; i < BLOCKS; i++) {
      left.add(new TreeSet<>());
    }
    for (long survivors = 0; survivors < 1L << units; survivors++) {
      Run run = upTo(seed, capacity, events);
      run.cut(survivors);
      for (int lba = 0; lba < BLOCKS; lba++) {
        int tag = run.content(lba);
        left.get(lba).add(tag);
        String what = "seed %d, event %d, survivors 0x%x, block %d holds %d, may hold %s: %s";
        assertTrue(
            run.model.mayHold(lba).contains(tag),
            what.formatted(seed, events, survivors, lba, tag, run.model.mayHold(lba), run.said));
      }
    }
    return (int) left.stream().filter(tags -> tags.size() > 1).count();
  }

  @Test
  void noCutLosesWhatIsDurableNorLeavesWhatNobodyWrote() {
    for (int capacity : new int[] {LARGE, 2 * BLOCK}) {
      int cuts = 0;
      int open = 0;
      for (long seed = 0; seed < WORKLOADS; seed++) {
        int events = events(seed, capacity);
        for (int event = 0; event <= events; event++) {
          open += cuts(seed, capacity, event);
          cuts++;
        }
      }
      assertTrue(cuts > WORKLOADS * COMMANDS, cuts + " points");
      assertTrue(capacity < LARGE || open > cuts / 3, open + " blocks in doubt at " + cuts);
    }
  }

  @Test
  void unflushedWritesAreLostInEveryOrder() {
    Set<List<Integer>> left = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
    for (long survivors = 0; survivors < 8; survivors++) {
      Run run = new Run(0, LARGE);
      run.given = 10;
      run.change(false, false, 0, 1);
      run.given++;
      run.change(false, false, 1, 1);
      while (run.bench.step()) {
        run.bench.rig.poll(Rig.IO);
      }
      run.given++;
      run.change(false, false, 0, 1);
      while (run.bench.step()) {
        run.bench.rig.poll(Rig.IO);
      }
      run.cut(survivors);
      left.add(List.of(run.content(0), run.content(1)));
    }
    assertEquals(
        Set.of(
            List.of(0, 0),
            List.of(10, 0),
            List.of(12, 0),
            List.of(0, 11),
            List.of(10, 11),
            List.of(12, 11)),
        Set.copyOf(left));
  }
}
