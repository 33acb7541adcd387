package ringside.fuzz.nvme;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;

/** A list of steps done from power-on to the end, and whether that diverged. */
final class Episode {
  /**
   * What an episode came to.
   *
   * @param failure message of what was wrong, if something was
   * @param log what the host did, when that was wanted
   */
  record Result(Optional<String> failure, ImmutableList<String> log, long completions) {}

  private Episode() {}

  /**
   * @param seed chance of the controller itself: latencies, what a power cut leaves
   * @param coverage hears what happens
   */
  static Result run(long seed, List<Step> steps, boolean logging, Coverage coverage) {
    HostMemory memory = new HostMemory(Host.PAGES);
    SimulatedTarget target = new SimulatedTarget(seed, memory);
    Host host = new Host(target, memory, SimulatedTarget.model(), coverage, logging);
    Player player = new Player(host);
    Optional<String> failure = Optional.empty();
    try {
      steps.forEach(player::play);
      player.end();
    } catch (Divergence e) {
      failure = Optional.of(e.getMessage());
    } catch (RuntimeException e) { // whatever leaves the controller is a finding
      StackTraceElement[] where = e.getStackTrace();
      failure = Optional.of(e + (where.length > 0 ? " at " + where[0] : ""));
    }
    return new Result(failure, ImmutableList.copyOf(host.log), host.completions());
  }
}
