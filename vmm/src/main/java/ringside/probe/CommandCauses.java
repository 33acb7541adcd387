package ringside.probe;

/**
 * What caused the events of NVMe commands, where a driver's probes and its controller each know
 * half: a doorbell tells of several commands, an interrupt of several completions.
 *
 * <p>Invariant: a cause is of the same command. A doorbell is the cause of the command that was
 * submitted last before it, an interrupt of the driver's look at the completion that raised it; the
 * others follow from their own submit and completion.
 */
public final class CommandCauses {
  private record Command(int domain, long queue, long id) {}

  private record Queue(int domain, long queue) {}

  private final RecentIds<Command> submits = new RecentIds<>();
  private final RecentIds<Queue> lastSubmits = new RecentIds<>();
  private final RecentIds<Command> completions = new RecentIds<>();
  private final RecentIds<Long> interrupts = new RecentIds<>();

  /** The driver put a command into a queue. */
  void submitted(int domain, long queue, long id, long traceId) {
    submits.put(new Command(domain, queue, id), traceId);
    lastSubmits.put(new Queue(domain, queue), traceId);
  }

  /** Trace id of the submit that came last; 0 when none was traced. */
  long lastSubmit(int domain, long queue) {
    return lastSubmits.get(new Queue(domain, queue));
  }

  /**
   * The controller fetches a command.
   *
   * @param doorbell trace id
   * @return trace id of its cause
   */
  public long fetched(int domain, long queue, long id, long doorbell) {
    completions.take(new Command(domain, queue, id));
    long submit = submits.get(new Command(domain, queue, id));
    return submit == 0 || submit == lastSubmit(domain, queue) ? doorbell : submit;
  }

  /** The controller has completed a command. */
  public void completed(int domain, long queue, long id, long traceId) {
    completions.put(new Command(domain, queue, id), traceId);
  }

  /** The controller raised an interrupt because of a completion; both trace ids. */
  public void raised(long interrupt, long completion) {
    interrupts.put(interrupt, completion);
  }

  /**
   * The driver found a completion.
   *
   * @param origin trace id of what raised the interrupt that the vCPU took last
   * @param taken trace id of its being taken
   * @return trace id of the cause; 0 when nothing is known
   */
  long found(int domain, long queue, long id, long origin, long taken) {
    Command command = new Command(domain, queue, id);
    long submit = submits.take(command);
    long completion = completions.take(command);
    if (completion == 0) {
      // An interrupt from before the command has told of something else.
      return taken > submit ? taken : submit;
    }
    return interrupts.get(origin) == completion ? taken : completion;
  }
}
