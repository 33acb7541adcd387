package ringside.cli.power;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import ringside.trace.FileEvent;
import ringside.trace.TraceEvent;
import ringside.trace.Tracer;

/**
 * Hears of the file operations of a run, and how much of the disk had changed by then.
 *
 * <p>Invariant: the steps are in the order in which they were asked for. Those that nobody answered
 * are not among them.
 */
final class FileSteps implements Tracer {
  private record Request(long channel, long sequence) {}

  /** One that is under way. */
  private static final class Open {
    private final FileEvent.Call call;
    private final int asked;
    private final ImmutableList.Builder<String> paths = ImmutableList.builder();
    private FileStep step;

    Open(FileEvent.Call call, int asked) {
      this.call = call;
      this.asked = asked;
    }
  }

  private final IntSupplier changes;
  private final List<Open> all = new ArrayList<>();
  private final Map<Request, Open> open = new HashMap<>();
  private final Map<Long, Open> workers = new HashMap<>();

  /**
   * @param changes of the disk so far
   */
  FileSteps(IntSupplier changes) {
    this.changes = changes;
  }

  @Override
  public boolean on(String type) {
    return FileEvent.TYPES.contains(type);
  }

  @Override
  public long emit(long time, int domain, int vcpu, long cause, TraceEvent event) {
    switch (event) {
      case FileEvent.Call call -> {
        Open one = new Open(call, changes.getAsInt());
        all.add(one);
        open.put(new Request(call.channel(), call.sequence()), one);
      }
      case FileEvent.Begin begin -> {
        Open one = open.get(new Request(begin.channel(), begin.sequence()));
        if (one != null) {
          workers.put(begin.thread(), one);
        }
      }
      case FileEvent.Path path -> {
        Open one = workers.get(path.thread());
        if (one != null) {
          one.paths.add(path.path());
        }
      }
      case FileEvent.End end -> workers.remove(end.thread());
      case FileEvent.Return answer -> answered(answer);
      default -> {}
    }
    return cause;
  }

  private void answered(FileEvent.Return answer) {
    Open one = open.remove(new Request(answer.channel(), answer.sequence()));
    if (one != null) {
      FileEvent.Call call = one.call;
      one.step =
          new FileStep(
              call.op(),
              call.fd(),
              call.length(),
              call.offset(),
              one.paths.build(),
              answer.result(),
              one.asked,
              changes.getAsInt());
    }
  }

  @Override
  public void close() {}

  ImmutableList<FileStep> steps() {
    return all.stream()
        .filter(one -> one.step != null)
        .map(one -> one.step)
        .collect(ImmutableList.toImmutableList());
  }
}
