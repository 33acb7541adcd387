package ringside.probe;

import java.nio.charset.StandardCharsets;
import ringside.domain.Vcpu;
import ringside.memory.GuestFault;
import ringside.memory.Gva;
import ringside.trace.FileEvent;

/**
 * Which file operation the threads of a file system server work for: what a thread does between
 * begin and end of an operation is done for that one.
 *
 * <p>Invariant: a thread that is in no operation works in the background, and has no cause.
 */
final class FileCauses {
  private static final int LONGEST_PATH = 4096;

  private record Worker(int domain, long thread) {}

  private final RecentIds<Worker> begins = new RecentIds<>();
  private final RecentIds<Worker> channels = new RecentIds<>();
  private final RecentIds<Worker> sequences = new RecentIds<>();
  private final RecentIds<Worker> latest = new RecentIds<>();
  private final RecentIds<Integer> commits = new RecentIds<>();

  /** Trace id of what the thread does right now: an operation, or a commit in it; 0 for nothing. */
  long of(int domain, long thread) {
    return latest.get(new Worker(domain, thread));
  }

  /**
   * A thread begins with a request.
   *
   * @param cause trace id of what brought the request
   */
  void begin(Vcpu vcpu, long[] a, long cause) {
    Worker worker = worker(vcpu, a);
    int op = (int) a[3];
    long id = emit(vcpu, cause, new FileEvent.Begin(a[0], a[1], a[2], op, (int) a[4], a[5]));
    begins.put(worker, id);
    channels.put(worker, a[1]);
    sequences.put(worker, a[2]);
    latest.put(worker, id);
  }

  void path(Vcpu vcpu, long[] a) {
    byte[] path = new byte[Math.clamp(a[2], 0, LONGEST_PATH)];
    try {
      vcpu.memory().read(new Gva(a[1]), path, 0, path.length);
    } catch (GuestFault e) {
      return; // a probe that lies, or a path that is not there: nothing to tell
    }
    String text = new String(path, StandardCharsets.UTF_8);
    emit(vcpu, begins.get(worker(vcpu, a)), new FileEvent.Path(a[0], text));
  }

  void commit(Vcpu vcpu, long[] a) {
    Worker worker = worker(vcpu, a);
    long cause = begins.get(worker);
    long id = emit(vcpu, cause, new FileEvent.Commit(a[0], a[1] != 0));
    commits.put(worker.domain(), id);
    if (cause != 0) {
      latest.put(worker, id);
    }
  }

  void join(Vcpu vcpu, long[] a) {
    Worker worker = worker(vcpu, a);
    long id = emit(vcpu, commits.get(worker.domain()), new FileEvent.Join(a[0], a[1] != 0));
    if (begins.get(worker) != 0) {
      latest.put(worker, id);
    }
  }

  /** The thread's operation, which is over. */
  record Ended(long channel, long sequence, long id) {}

  Ended end(Vcpu vcpu, long[] a) {
    Worker worker = worker(vcpu, a);
    long begin = begins.take(worker);
    long id = emit(vcpu, latest.take(worker), new FileEvent.End(a[0], begin, a[1], a[2]));
    return new Ended(channels.take(worker), sequences.take(worker), id);
  }

  private static Worker worker(Vcpu vcpu, long[] a) {
    return new Worker(vcpu.domain().id(), a[0]);
  }

  private static long emit(Vcpu vcpu, long cause, FileEvent event) {
    return vcpu.domain().emit(cause, vcpu.id(), event);
  }
}
