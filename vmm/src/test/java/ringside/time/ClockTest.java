package ringside.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ClockTest {
  @Property(tries = 300)
  void slicingExecutionDoesNotChangeWhatTimeItIs(
      @ForAll @IntRange(min = 1, max = 5000) int rate,
      @ForAll @Size(max = 50) List<@LongRange(max = 100_000) Long> slices) {
    Clock sliced = new Clock(rate);
    Clock whole = new Clock(rate);
    long sum = 0;
    for (long slice : slices) {
      sliced.runBegins(() -> slice);
      sliced.runEnds();
      sum += slice;
    }
    long total = sum;
    whole.runBegins(() -> total);
    whole.runEnds();
    assertEquals(whole.now(), sliced.now());
  }

  @Property(tries = 300)
  void theTicksForASpanAreEnoughAndNotOneTooMany(
      @ForAll @IntRange(min = 1, max = 5000) int rate,
      @ForAll @LongRange(min = 1, max = 1_000_000_000) long ns) {
    Clock clock = new Clock(rate);
    long ticks = clock.ticksFor(ns);
    clock.runBegins(() -> ticks);
    assertTrue(clock.now() >= ns, () -> clock.now() + " < " + ns);
    clock.runBegins(() -> ticks - 1);
    assertTrue(ticks == 1 || clock.now() < ns);
  }

  @Test
  void timeNeverGoesBackForSomebodyWhoWaited() {
    Clock clock = new Clock(1000);
    clock.idleUntil(500);
    clock.idleUntil(100);
    assertEquals(500, clock.now());
    assertEquals(500, clock.idleNs());
  }

  @Test
  void timersFireInOrderOfDeadlineThenOfSetting() {
    Timers timers = new Timers();
    List<String> fired = new ArrayList<>();
    timers.at(20, () -> fired.add("late"));
    timers.at(10, () -> fired.add("first"));
    Timers.Timer cancelled = timers.at(10, () -> fired.add("cancelled"));
    timers.at(10, () -> fired.add("second"));
    timers.cancel(cancelled);
    assertEquals(10, timers.next());
    timers.fireDue(15);
    assertEquals(List.of("first", "second"), fired);
    timers.fireDue(20);
    assertEquals(List.of("first", "second", "late"), fired);
    assertEquals(Long.MAX_VALUE, timers.next());
  }
}
