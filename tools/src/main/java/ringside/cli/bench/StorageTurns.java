package ringside.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import ringside.cli.bench.StorageRun.Measured;
import ringside.cli.run.RunOutput;
import ringside.cpu.Engine;
import ringside.domain.Machine;
import ringside.trace.Tracer;

/**
 * A storage server and its client that measure a few rounds through their loads, say what they
 * measured and stand still until they are asked to go on.
 *
 * <p>Invariant: they stand still between two loads, inside the hypercall by which blkbench says the
 * result of one; other pCPUs wait for the core's lock.
 */
final class StorageTurns implements RunOutput, BenchSystem.Onlooker {
  /**
   * One time that a load ran.
   *
   * @param waited part of its span that the pCPU with the most of it waited for the host
   */
  record Span(Measured measured, double waited) {}

  /**
   * @param warm HotSpot has next to nothing to compile any more
   */
  record Turn(boolean warm, List<Span> spans) {}

  private final StorageRun run = new StorageRun();
  private final CompilerRest compiler = new CompilerRest();
  private final PcpuThreads threads;
  private final int results;
  private final Predicate<Turn> goOn;
  private final List<Span> spans = new ArrayList<>();
  private Machine machine;
  private PcpuThreads.Reading then;
  private double waited;
  private long measuredNs;
  private boolean over;

  private StorageTurns(PcpuThreads threads, int results, Predicate<Turn> goOn) {
    this.threads = threads;
    this.results = results;
    this.goOn = goOn;
  }

  /**
   * Runs a system until it is not asked to go on any more.
   *
   * @param toml its blkbench has {@code marks result}, and rounds for ever
   * @param results of a turn
   * @param goOn hears of each turn when it ends
   */
  static void run(Engine engine, String toml, int pcpus, int results, Predicate<Turn> goOn) {
    PcpuThreads threads = new PcpuThreads(pcpus);
    StorageTurns turns = new StorageTurns(threads, results, goOn);
    BenchSystem.run(BenchSystem.of("storage", toml), engine, Tracer.OFF, turns, threads, turns);
  }

  @Override
  public void starts(Machine started) {
    machine = started;
  }

  @Override
  public boolean stopped() {
    return over;
  }

  @Override
  public void consoleLine(int domid, String domain, String line) {
    if (line.equals("begin")) {
      then = threads.waited();
    }
    int heard = run.all().size();
    run.consoleLine(domid, domain, line);
    if (line.equals("end")) {
      waited = threads.waited().since(then).max().orElseThrow();
    }
    if (run.all().size() > heard && !over) {
      add(run.all().getLast());
    }
  }

  private void add(Measured measured) {
    measuredNs += measured.hostNs();
    boolean warm = compiler.rests(measuredNs);
    spans.add(new Span(measured, waited / measured.hostNs()));
    if (spans.size() == results) {
      over = !goOn.test(new Turn(warm, List.copyOf(spans)));
      spans.clear();
    }
    if (over) {
      machine.interrupt();
    }
  }
}
