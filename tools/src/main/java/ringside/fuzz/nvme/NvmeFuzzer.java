package ringside.fuzz.nvme;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Does random things to the NVMe controller, in episodes that begin at power-on, until one of them
 * comes out as the specification does not allow. The same seed does the same.
 */
public final class NvmeFuzzer {
  /** Steps of one episode. */
  public static final int EPISODE = 2000;

  /**
   * What was found.
   *
   * @param seed with it alone, the first episode fails
   * @param message what is not allowed
   * @param steps how many steps still fail after shrinking
   * @param log what the host does in these
   */
  public record Failure(long seed, String message, int steps, ImmutableList<String> log) {}

  /**
   * @param coverage how often what happened, in groups: statuses of commands, doorbells, resets
   * @param failure empty when nothing was found
   */
  public record Report(
      long steps,
      long commands,
      ImmutableSortedMap<String, ImmutableSortedMap<String, Long>> coverage,
      Optional<Failure> failure) {}

  private NvmeFuzzer() {}

  /**
   * @param steps how many, about: whole episodes
   * @param progress hears how many steps are done
   */
  public static Report run(long seed, long steps, LongConsumer progress) {
    long done = 0;
    long commands = 0;
    long episodeSeed = seed;
    Coverage coverage = new Coverage();
    while (done < steps) {
      long current = episodeSeed;
      int count = (int) Math.min(EPISODE, steps - done);
      List<Step> list = Step.list(current, count);
      Episode.Result result = Episode.run(current, list, false, coverage);
      done += count;
      commands += result.completions();
      progress.accept(done);
      if (result.failure().isPresent()) {
        return new Report(done, commands, coverage.counts(), Optional.of(shrunk(current, list)));
      }
      episodeSeed = next(current);
    }
    return new Report(done, commands, coverage.counts(), Optional.empty());
  }

  /** Far from it, and never back to it soon. */
  private static long next(long seed) {
    return (seed + 1) * 0x9e37_79b9_7f4a_7c15L;
  }

  private static Episode.Result run(long seed, List<Step> steps, boolean logging) {
    return Episode.run(seed, steps, logging, new Coverage());
  }

  private static Failure shrunk(long seed, List<Step> steps) {
    ImmutableList<Step> few =
        Shrinker.shrink(steps, some -> run(seed, some, false).failure().isPresent());
    Episode.Result result = run(seed, few, true);
    return new Failure(seed, result.failure().orElseThrow(), few.size(), result.log());
  }
}
