package ringside.device.nvme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import ringside.device.nvme.LatencyModel.Work;

/** Presets keep what their class promises: order among classes, rates, channels, the seed. */
class StorageClassTest {
  private static final int SMALL = 4096;
  private static final int LARGE = 1 << 20;

  private static final List<StorageClass> REAL =
      List.of(StorageClass.NVME_FAST, StorageClass.NVME, StorageClass.SATA_SSD, StorageClass.HDD);

  private static LatencyModel model(StorageClass storage) {
    return storage.model(new SplittableRandom(5));
  }

  /** When the last of so many commands is done that all begin at 0. */
  private static long last(StorageClass storage, Work work, int count, int bytes) {
    LatencyModel model = model(storage);
    long last = 0;
    for (int i = 0; i < count; i++) {
      last = Math.max(last, model.done(work, bytes, 0));
    }
    return last;
  }

  /** When the last of many commands is done, each of which begins when the one before is done. */
  private static long oneByOne(StorageClass storage, Work work) {
    LatencyModel model = model(storage);
    long now = 0;
    for (int i = 0; i < 100; i++) {
      now = model.done(work, SMALL, now);
    }
    return now;
  }

  @Test
  void noneTakesNoTime() {
    assertSame(LatencyModel.NONE, model(StorageClass.NONE));
    assertEquals(17, model(StorageClass.NONE).done(Work.FLUSH, LARGE, 17));
  }

  @Test
  void administrationTakesNoTimeAnywhere() {
    for (StorageClass storage : REAL) {
      assertEquals(17, model(storage).done(Work.ADMIN, 0, 17), storage::name);
    }
  }

  @Test
  void slowerClassesAreSlowerAtEverything() {
    for (int i = 1; i < REAL.size(); i++) {
      StorageClass fast = REAL.get(i - 1);
      StorageClass slow = REAL.get(i);
      for (Work work : List.of(Work.READ, Work.WRITE, Work.FLUSH, Work.TRIM)) {
        assertTrue(
            oneByOne(fast, work) < oneByOne(slow, work), () -> fast + " and " + slow + ": " + work);
      }
      assertTrue(
          last(fast, Work.READ, 200, LARGE) < last(slow, Work.READ, 200, LARGE),
          () -> fast + " and " + slow + ": 200 MiB");
    }
  }

  @Test
  void aLinkIsNoFasterThanItsRate() {
    long[] bytesPerSecond = {7_150_000_000L, 3_340_000_000L, 527_000_000L, 200_000_000L};
    for (int i = 0; i < REAL.size(); i++) {
      long ns = last(REAL.get(i), Work.READ, 256, LARGE);
      long rate = 256L * LARGE * 1_000_000_000L / ns;
      assertTrue(rate <= bytesPerSecond[i], REAL.get(i) + ": " + rate + " bytes/s");
      boolean turns = REAL.get(i) == StorageClass.HDD; // the head moves between commands
      assertTrue(turns || rate > bytesPerSecond[i] * 9 / 10, REAL.get(i) + ": " + rate);
    }
  }

  @Test
  void smallReadsOverlapAsFarAsThereAreChannels() {
    long one = last(StorageClass.NVME, Work.READ, 1, SMALL);
    assertTrue(last(StorageClass.NVME, Work.READ, 16, SMALL) < 2 * one);
    assertTrue(last(StorageClass.NVME, Work.READ, 17, SMALL) > 3 * one / 2);
    long head = last(StorageClass.HDD, Work.READ, 1, SMALL);
    assertTrue(last(StorageClass.HDD, Work.READ, 4, SMALL) > 3 * head);
  }

  @Test
  void aResetForgetsWhatWasUnderWay() {
    LatencyModel model = model(StorageClass.HDD);
    for (int i = 0; i < 100; i++) {
      model.done(Work.READ, LARGE, 0);
    }
    model.reset();
    assertTrue(model.done(Work.READ, SMALL, 0) < 20_000_000);
  }

  @Test
  void theSeedAloneDecides() {
    for (StorageClass storage : REAL) {
      assertEquals(times(storage, 1), times(storage, 1));
      assertTrue(!times(storage, 1).equals(times(storage, 2)), storage::name);
    }
  }

  private static List<Long> times(StorageClass storage, long seed) {
    LatencyModel model = storage.model(new SplittableRandom(seed));
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      times.add(model.done(i % 5 == 0 ? Work.FLUSH : Work.READ, SMALL, i * 1000L));
    }
    return times;
  }
}
