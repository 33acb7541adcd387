package ringside.cli.soak;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import ringside.cli.Engines;
import ringside.cli.UserError;
import ringside.cli.run.DomainResult;
import ringside.cli.run.RunHooks;
import ringside.cli.run.RunResult;
import ringside.cli.run.SystemRun;
import ringside.cli.system.DescriptionException;
import ringside.cli.system.SystemDescription;
import ringside.cli.system.SystemReader;
import ringside.cpu.Engine;
import ringside.device.disk.Disk;
import ringside.domain.ImageException;
import ringside.domain.Machine;
import ringside.domain.Outcome;
import ringside.domain.Pcpu;
import ringside.trace.Tracer;
import ringside.volume.Volume;
import ringside.volume.VolumeCheck;
import ringside.volume.VolumeException;

/**
 * One run of a random system, judged by its guests and by the check of its volumes.
 *
 * <p>Each run has an engine and a machine of its own. A system that does not end within its time
 * hangs, or waits for a server that stays dead, which is then said. A domain that crashed although
 * no fault was planned is a failure, whatever its restart made good.
 */
public final class Soak {
  /**
   * Time of the machine that no such system needs, on a host that is busy with other things, too.
   */
  private static final String LIMIT = "time_limit = \"300s\"\n";

  private static final int VOLUME_MAGIC_AT = 1024 + 56;
  private static final int VOLUME_MAGIC = 0xef53;
  private static final int LAST_LINES = 6;

  private final String engine;
  private final int pcpus;
  private final Consumer<Machine> starts;

  /**
   * A system that did not end well.
   *
   * @param seed that makes it again
   */
  public record Failure(long seed, ImmutableList<String> problems) {}

  /**
   * @param starts hears of each machine that is about to run, and may interrupt it
   */
  public Soak(String engine, int pcpus, Consumer<Machine> starts) {
    this.engine = engine;
    this.pcpus = pcpus;
    this.starts = starts;
  }

  /** The description of a seed's system. */
  public static String text(long seed) {
    return LIMIT + RandomSystem.of(seed);
  }

  /** Runs the system of a seed: what was wrong, maybe nothing; empty when it was interrupted. */
  public Optional<List<String>> run(long seed) {
    List<String> problems = new ArrayList<>();
    Crashes crashes = new Crashes();
    RunHooks hooks =
        new RunHooks() {
          @Override
          public int pcpus() {
            return pcpus;
          }

          @Override
          public void starts(Machine machine) {
            starts.accept(machine);
          }

          @Override
          public void ended(Machine machine) {
            crashes.left(machine);
          }

          @Override
          public void disk(int device, int nsid, Disk disk) throws IOException {
            check(device, disk, problems);
          }
        };
    try (Engine itsOwn = Engines.create(engine)) {
      SystemDescription system = description(seed);
      RunResult result = SystemRun.run(system, itsOwn, Tracer.OFF, crashes, hooks);
      if (result.end() == Pcpu.End.INTERRUPTED) {
        return Optional.empty();
      }
      if (result.end() != Pcpu.End.ALL_STOPPED) {
        problems.add("it does not end: " + result.end());
      }
      problems.addAll(crashes.problems());
      result.domains().stream().filter(d -> !d.well()).forEach(d -> tell(d, problems));
    } catch (ImageException e) {
      throw new UserError(e.getMessage());
    }
    return Optional.of(problems);
  }

  private SystemDescription description(long seed) {
    Path images = Path.of(System.getProperty("ringside.home", ".")).resolve("images/build");
    try {
      return SystemReader.read("system " + seed, text(seed), images, "soak", List.of());
    } catch (DescriptionException e) {
      throw new UserError(e.getMessage(), "build the guests with: tools/ringside dev guests");
    }
  }

  private static void tell(DomainResult domain, List<String> problems) {
    String times =
        domain.restarts() == 0 ? "" : ", restarted %d times".formatted(domain.restarts());
    problems.add(domain.domain().name() + ": " + how(domain) + times);
    List<String> said = domain.console();
    said.subList(Math.max(0, said.size() - LAST_LINES), said.size())
        .forEach(line -> problems.add("  " + line));
  }

  private static String how(DomainResult domain) {
    if (domain.outcome().isEmpty()) {
      return "never ended";
    }
    Outcome outcome = domain.outcome().get();
    if (outcome.verdict().well()) {
      return domain.domain().restarts() ? "stays dead" : "crashed";
    }
    return "says " + outcome.verdict();
  }

  private static void check(int device, Disk disk, List<String> problems) throws IOException {
    ByteBuffer magic = ByteBuffer.allocate(2);
    disk.read(VOLUME_MAGIC_AT, magic);
    if ((magic.get(0) & 0xff | (magic.get(1) & 0xff) << 8) != VOLUME_MAGIC) {
      return;
    }
    try {
      VolumeCheck.problems(new Volume(disk))
          .forEach(p -> problems.add("volume of device " + device + ": " + p));
    } catch (VolumeException e) {
      problems.add("volume of device " + device + ": " + e.getMessage());
    }
  }
}
