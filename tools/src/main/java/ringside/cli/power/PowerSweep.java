package ringside.cli.power;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import ringside.cli.system.SystemDescription;
import ringside.device.disk.DiskOp;
import ringside.device.disk.MemoryDisk;
import ringside.domain.ImageException;
import ringside.volume.Volume;
import ringside.volume.VolumeCheck;

/**
 * Runs a system with short workloads on files, several in one run, and judges what every power cut
 * could have left of its disk: whether the volume's structures agree, and whether its content is
 * what {@link FileOracle} allows.
 *
 * <p>Invariant: what is tried depends on the plan alone, whatever the number of threads.
 */
public final class PowerSweep {
  /** A system whose application does some workloads of all that it has. */
  public interface Workloads {
    SystemDescription system(int first, int count);
  }

  /**
   * What is tried.
   *
   * @param workloads how many at most
   * @param first they follow this one, or else are spread evenly over all
   * @param together how many of them follow each other in one run
   * @param e2fsckEvery each image of so many is shown to e2fsck; 0: none
   * @param bootEvery with each of so many the system is booted, and the power cut again; 0: none
   * @param flushes else the disk takes flushes and FUA for nothing, which has to be found out
   * @param keep where images that are wrong go
   */
  public record Plan(
      int workloads,
      Optional<Integer> first,
      int together,
      int e2fsckEvery,
      int bootEvery,
      boolean flushes,
      long seed,
      Optional<Path> keep) {}

  /** How it went: problems of at most a few images each run. */
  public record Tally(
      int workloads,
      long changes,
      long images,
      long byE2fsck,
      long booted,
      ImmutableList<Failure> failures) {}

  /**
   * An image that must not be.
   *
   * @param first the run's first workload
   */
  public record Failure(int first, int changes, String choice, ImmutableList<String> problems) {}

  private record Batch(int first, int count) {}

  private static final int MOST_FAILURES = 3;

  private final Workloads workloads;
  private final String engine;
  private final Plan plan;
  private final Optional<E2fsck> e2fsck;
  private final List<Batch> batches = new ArrayList<>();

  public PowerSweep(Workloads workloads, String engine, Plan plan, Optional<E2fsck> e2fsck) {
    this.workloads = workloads;
    this.engine = engine;
    this.plan = plan;
    this.e2fsck = e2fsck;
  }

  /** What a domain says when it does no workload. */
  public List<String> console(String domain) throws ImageException {
    return Recording.of(workloads.system(0, 0), engine).run().domains().stream()
        .filter(result -> result.domain().name().equals(domain))
        .flatMap(result -> result.console().stream())
        .toList();
  }

  /**
   * Chooses the workloads, before {@link #run}.
   *
   * @param all how many the application has
   * @return how many are chosen
   */
  public int plan(int all) {
    int begin = Math.min(plan.first().orElse(0), all);
    int wanted = Math.min(plan.workloads(), all - begin);
    int runs = Math.ceilDiv(wanted, plan.together());
    batches.clear();
    for (int i = 0; i < runs; i++) {
      int before = i * plan.together();
      int spread = plan.first().isPresent() ? begin + before : (int) ((long) all * i / runs);
      int count = Math.min(Math.min(plan.together(), wanted - before), all - spread);
      batches.add(new Batch(spread, count));
    }
    return batches.stream().mapToInt(Batch::count).sum();
  }

  /**
   * Tries all of the plan.
   *
   * @param done hears how many workloads are over, on any thread
   * @throws ImageException when the system cannot be built
   */
  public Tally run(int threads, IntConsumer done) throws InterruptedException, ImageException {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Tally>> runs = new ArrayList<>();
      for (Batch batch : batches) {
        runs.add(
            executor.submit(
                () -> {
                  Tally tally = new Run(batch).tally();
                  done.accept(batch.count());
                  return tally;
                }));
      }
      Tally sum = new Tally(0, 0, 0, 0, 0, ImmutableList.of());
      for (Future<Tally> run : runs) {
        sum = sum(sum, run.get());
      }
      return sum;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ImageException image) {
        throw image;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      executor.shutdownNow();
    }
  }

  private static Tally sum(Tally a, Tally b) {
    return new Tally(
        a.workloads + b.workloads,
        a.changes + b.changes,
        a.images + b.images,
        a.byE2fsck + b.byE2fsck,
        a.booted + b.booted,
        ImmutableList.<Failure>builder().addAll(a.failures).addAll(b.failures).build());
  }

  /** One run and its images. */
  private final class Run {
    private final Batch batch;
    private final List<Failure> failures = new ArrayList<>();
    private FileOracle oracle;
    private long images;
    private long byE2fsck;
    private long booted;

    Run(Batch batch) {
      this.batch = batch;
    }

    Tally tally() throws ImageException, IOException {
      Recording recording = Recording.of(workloads.system(batch.first(), batch.count()), engine);
      if (!recording.run().well() || recording.steps().isEmpty()) {
        throw new IllegalStateException(
            "workloads from " + batch.first() + " do not end well without a power cut");
      }
      recording = plan.flushes() ? recording : recording.withoutFlushes();
      int first = recording.steps().getFirst().asked();
      MemoryDisk begin = recording.before().copy();
      for (DiskOp op : recording.log().subList(0, first)) {
        op.replay(begin);
      }
      oracle = new FileOracle(FileTree.of(new Volume(begin)), recording.steps());
      new PowerCuts(recording.before(), recording.log(), plan.seed(), this::look).from(first);
      return new Tally(
          batch.count(),
          recording.log().size() - first,
          images,
          byE2fsck,
          booted,
          ImmutableList.copyOf(failures));
    }

    private void look(MemoryDisk image, int changes, String choice) throws IOException {
      if (failures.size() < MOST_FAILURES) {
        failed(image, changes, choice, problems(image, changes));
        if (plan.bootEvery() > 0 && images % plan.bootEvery() == 0 && failures.isEmpty()) {
          bootWith(image, changes, choice);
        }
      }
    }

    private void failed(MemoryDisk image, int changes, String choice, List<String> problems)
        throws IOException {
      if (problems.isEmpty()) {
        return;
      }
      failures.add(new Failure(batch.first(), changes, choice, ImmutableList.copyOf(problems)));
      if (plan.keep().isPresent()) {
        String name = "workload-%d-cut-%d-%d.img".formatted(batch.first(), changes, images);
        E2fsck.write(image, Files.createDirectories(plan.keep().get()).resolve(name));
      }
    }

    /** The system itself mends what a cut has left; and power may be cut while it does. */
    private void bootWith(MemoryDisk image, int changes, String choice) throws IOException {
      booted++;
      Recording again;
      try {
        again = Recording.of(workloads.system(0, 0), engine, image);
      } catch (ImageException e) {
        throw new IllegalStateException(e); // it could be built before
      }
      if (!again.run().well()) {
        failed(image, changes, choice + "; then", List.of("the system does not come up with it"));
        return;
      }
      PowerCuts.Judge judge =
          (left, at, then) -> {
            if (failures.size() < MOST_FAILURES) {
              failed(left, changes, choice + "; then cut after " + at, problems(left, changes));
            }
          };
      new PowerCuts(again.before().copy(), again.log(), plan.seed(), judge).from(0);
    }

    private List<String> problems(MemoryDisk image, int changes) throws IOException {
      images++;
      FileTree tree;
      try {
        Volume volume = new Volume(image);
        List<String> problems = VolumeCheck.problems(volume);
        if (!problems.isEmpty()) {
          return problems;
        }
        tree = FileTree.of(volume);
      } catch (IOException e) { // memory can be read: it is the volume that cannot
        return List.of(e.getMessage());
      }
      List<String> problems = oracle.problems(tree, changes);
      return problems.isEmpty() ? byE2fsck(image, tree) : problems;
    }

    private List<String> byE2fsck(MemoryDisk image, FileTree tree) throws IOException {
      if (e2fsck.isEmpty() || images % plan.e2fsckEvery() != 0) {
        return List.of();
      }
      byE2fsck++;
      try {
        return e2fsck.get().problems(image, tree);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
  }
}
