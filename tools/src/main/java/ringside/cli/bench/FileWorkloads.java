package ringside.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ringside.cli.run.RunOutput;
import ringside.cpu.Engine;
import ringside.trace.Tracer;

/**
 * PostMark and the three personalities of filebench, by each way to files. What is counted is of
 * virtual time on one pCPU; a round has a seed of its own, which is the disk's jitter. Ratios are
 * of runs in the same round.
 *
 * <p>PostMark has 100 files of half a block to a block and 2,000 transactions, as the paper has
 * them; quick, a tenth of the transactions.
 */
final class FileWorkloads implements Benchmark {
  private static final Pattern POSTMARK =
      Pattern.compile("seconds of transactions \\((\\d+) per second\\)");
  private static final Pattern FILEBENCH = Pattern.compile("summary: .* (\\d+) ops/s ");
  private static final List<String> PERSONALITIES = List.of("fileserver", "varmail", "webserver");

  /** What runs, on a volume of so many MiB, and where in its words its speed is. */
  private record Load(String name, FileWay.App app, int volumeMib, Pattern speed, String unit) {}

  @Override
  public String name() {
    return "workloads";
  }

  private static Load postmark(int kib, int transactions) {
    String cmdline =
        "number=100 transactions=%d low=%dk high=%dk read=%dk write=%dk"
            .formatted(transactions, kib / 2, kib, kib, kib);
    FileWay.App app = new FileWay.App("postmark", cmdline, 64 + kib / 64);
    return new Load("postmark " + kib + " KiB", app, 64 + kib / 2, POSTMARK, "transactions/s");
  }

  private static List<Load> loads(boolean quick) {
    List<Load> loads = new ArrayList<>();
    for (int kib : quick ? new int[] {64, 1024} : new int[] {64, 256, 1024, 4096}) {
      loads.add(postmark(kib, quick ? 200 : 2000));
    }
    for (String personality : PERSONALITIES) {
      FileWay.App app = new FileWay.App("filebench", "personality=" + personality, 96);
      loads.add(new Load(personality, app, 64, FILEBENCH, "operations/s"));
    }
    return loads;
  }

  @Override
  public List<Sample> run(Engine engine, boolean quick) {
    List<Sample> samples = new ArrayList<>();
    for (Load load : loads(quick)) {
      compare(samples, engine, load, FileWay.LINKED, FileWay.SERVER);
      compare(samples, engine, load, FileWay.LINKED_RAMDISK, FileWay.SERVER_RAMDISK);
    }
    return samples;
  }

  private static void compare(
      List<Sample> samples, Engine engine, Load load, FileWay linked, FileWay server) {
    double own = speed(engine, load, linked);
    double other = speed(engine, load, server);
    add(samples, load.name() + ", " + linked, load.unit(), own, "virtual time");
    add(samples, load.name() + ", " + server, load.unit(), other, "virtual time");
    add(samples, load.name() + ", " + server + " / " + linked, "x", other / own, "no goal");
  }

  private static void add(
      List<Sample> samples, String name, String unit, double value, String how) {
    samples.add(Sample.of(name, unit, List.of(value), how));
  }

  private static double speed(Engine engine, Load load, FileWay way) {
    List<Double> said = new ArrayList<>();
    RunOutput output =
        (domid, domain, line) -> {
          Matcher matcher = load.speed().matcher(line);
          if (matcher.find()) {
            said.add(Double.parseDouble(matcher.group(1)));
          }
        };
    BenchSystem.run(way.system(1, 1, load.app(), load.volumeMib()), engine, Tracer.OFF, output);
    if (said.size() != 1) {
      throw new IllegalStateException(load.name() + " did not say how fast it was");
    }
    return said.getFirst();
  }
}
