package ringside.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ringside.cli.bench.StorageRun.Measured;
import ringside.cli.system.SystemDescription;
import ringside.cpu.Engine;
import ringside.trace.Tracer;

/**
 * A storage server and its client, on several pCPUs against one: each has work while the other has.
 * The two take turns. The device takes no time, which on one pCPU would be virtual and on several
 * the host's.
 */
record StorageParallel(int pcpus) implements Benchmark {
  private static final int WARM_UP = 2;
  private static final int ROUNDS = 7;
  private static final int QUICK_ROUNDS = 3;

  private static final String LOADS = "op=write,read span=4m size=4k,16k,64k,256k depth=1,32";
  private static final String QUICK_LOADS = "op=write,read span=4m size=4k,64k depth=32";

  private static final String TOML =
      """
      [[domain]]
      name = "server"
      kernel = "storage-server.elf"
      memory = 32
      provides = ["storage"]
      [[domain]]
      name = "bench"
      kernel = "blkbench.elf"
      memory = 128
      max_grant_frames = 128
      cmdline = "marks result path=PATH order=9 total=64m LOADS"
      uses = ["storage/1"]
      [[device]]
      type = "nvme"
      domain = "server"
      latency = "none"
      """;

  private record Round(Map<String, Measured> one, Map<String, Measured> several) {
    double ratio(String load) {
      return several.get(load).hostRate() / one.get(load).hostRate();
    }
  }

  @Override
  public String name() {
    return "storage on " + pcpus + " pCPUs";
  }

  @Override
  public List<Sample> run(Engine engine, boolean quick) {
    List<Sample> samples = new ArrayList<>();
    for (String path : List.of("direct", "copy")) {
      List<Round> rounds = new ArrayList<>();
      for (int i = 0; i < WARM_UP + (quick ? QUICK_ROUNDS : ROUNDS); i++) {
        rounds.add(
            new Round(
                run(engine, system(path, quick), 1), run(engine, system(path, quick), pcpus)));
      }
      List<Round> counted = rounds.subList(WARM_UP, rounds.size());
      counted.getFirst().one.keySet().forEach(load -> add(samples, counted, load, path));
    }
    return samples;
  }

  private SystemDescription system(String path, boolean quick) {
    return BenchSystem.of(
        "storage", TOML.replace("PATH", path).replace("LOADS", quick ? QUICK_LOADS : LOADS));
  }

  private static Map<String, Measured> run(Engine engine, SystemDescription system, int pcpus) {
    StorageRun run = new StorageRun();
    BenchSystem.run(system, engine, Tracer.OFF, run, pcpus);
    return run.results();
  }

  private void add(List<Sample> samples, List<Round> rounds, String load, String path) {
    String what = load + ", " + path;
    samples.add(
        Sample.of(
            what + ", 1 pCPU",
            "MB/s",
            rounds.stream().map(r -> r.one.get(load).hostRate()).toList(),
            ""));
    samples.add(
        Sample.of(
            "%s, %d pCPUs".formatted(what, pcpus),
            "MB/s",
            rounds.stream().map(r -> r.several.get(load).hostRate()).toList(),
            ""));
    samples.add(
        Sample.of(
            "%s, %d pCPUs / 1".formatted(what, pcpus),
            "x",
            rounds.stream().map(r -> r.ratio(load)).toList(),
            "in host time, in the same turn"));
  }
}
