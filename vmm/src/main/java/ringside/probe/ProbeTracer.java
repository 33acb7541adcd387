package ringside.probe;

import static ringside.abi.gen.IvmcChannelAbi.IVMC_READ_REQUEST;
import static ringside.abi.gen.IvmcChannelAbi.IVMC_READ_RESPONSE;
import static ringside.abi.gen.IvmcChannelAbi.IVMC_WRITE_REQUEST;
import static ringside.abi.gen.IvmcChannelAbi.IVMC_WRITE_RESPONSE;

import java.util.HashMap;
import java.util.Map;
import ringside.domain.Domain;
import ringside.domain.Vcpu;
import ringside.trace.BlkEvent;
import ringside.trace.DriverEvent;
import ringside.trace.FileEvent;
import ringside.trace.IvmcEvent;
import ringside.trace.ProbeEvent;
import ringside.trace.RingEvent;
import ringside.trace.TraceEvent;
import ringside.trace.Tracer;

/**
 * Writes probes into the trace with what caused them, which the guests do not say: it follows a
 * request by its sequence number, its index in a ring and its command id, from the client's submit
 * through the server to the controller and back.
 *
 * <p>What a guest tells is believed only as far as a trace goes: a lying guest gets wrong causes of
 * its own events, never a cause that was not.
 */
public final class ProbeTracer implements ProbeListener {
  /** A request in one domain, by its channel or the number of its device. */
  private record Request(int domain, long channel, long sequence) {}

  private record Entry(long channel, long ring, long index) {}

  private record Ring(long channel, long ring) {}

  private record Command(int domain, long queue, long id) {}

  private final Tracer tracer;
  private final CommandCauses commands;
  private final FileCauses files = new FileCauses();
  private final Map<String, String> types = new HashMap<>();
  private final RecentIds<Request> submits = new RecentIds<>();
  private final RecentIds<Request> dequeues = new RecentIds<>();
  private final RecentIds<Request> serves = new RecentIds<>();
  private final RecentIds<Request> completions = new RecentIds<>();
  private final RecentIds<Entry> enqueues = new RecentIds<>();
  private final RecentIds<Ring> lastEnqueues = new RecentIds<>();
  private final RecentIds<Ring> wakes = new RecentIds<>();
  private final RecentIds<Command> channels = new RecentIds<>();
  private final RecentIds<Command> sequences = new RecentIds<>();
  private final RecentIds<Long> links = new RecentIds<>();

  public ProbeTracer(Tracer tracer, CommandCauses commands) {
    this.tracer = tracer;
    this.commands = commands;
  }

  @Override
  public boolean wants(Domain domain, String probe) {
    return tracer.on(type(probe));
  }

  private String type(String probe) {
    return types.computeIfAbsent(probe, ProbeTypes::of);
  }

  @Override
  public boolean reached(Vcpu vcpu, ProbeSite site, long[] arguments) {
    long[] a = new long[ProbeSite.MAX_OPERANDS];
    System.arraycopy(arguments, 0, a, 0, Math.min(arguments.length, a.length));
    int domain = vcpu.domain().id();
    switch (type(site.name())) {
      case BlkEvent.SUBMIT -> {
        TraceEvent event = new BlkEvent.Submit(a[0], a[1], (int) a[2], a[3], a[4], a[5]);
        submits.put(new Request(domain, a[0], a[1]), emit(vcpu, files.of(domain, a[5]), event));
      }
      case BlkEvent.COMPLETE -> {
        Request request = new Request(domain, a[0], a[1]);
        long answer = dequeues.get(request);
        long cause = answer != 0 ? answer : completions.get(request);
        emit(vcpu, cause, new BlkEvent.Complete(a[0], a[1], (int) a[2]));
      }
      case RingEvent.ENQUEUE -> enqueue(vcpu, a);
      case RingEvent.DEQUEUE -> dequeue(vcpu, a);
      case RingEvent.SLEEP -> emit(vcpu, 0, new RingEvent.Sleep(a[0], (int) a[1]));
      case RingEvent.WAKE -> {
        long id = emit(vcpu, vcpu.interruptCause(), new RingEvent.Wake(a[0], (int) a[1]));
        wakes.put(new Ring(a[0], direction(a[1])), id);
      }
      case RingEvent.NOTIFY -> {
        long cause = lastEnqueues.get(new Ring(a[0], a[1]));
        vcpu.announce(emit(vcpu, cause, new RingEvent.Notify(a[0], (int) a[1])));
      }
      case DriverEvent.NVME_SUBMIT -> submit(vcpu, a);
      case DriverEvent.NVME_DOORBELL -> {
        long cause = commands.lastSubmit(domain, a[0]);
        vcpu.announce(emit(vcpu, cause, new DriverEvent.NvmeDoorbell((int) a[0], (int) a[1])));
      }
      case DriverEvent.NVME_COMPLETE -> complete(vcpu, a);
      case IvmcEvent.SERVE -> {
        long cause = dequeues.get(new Request(domain, a[0], a[1]));
        long id = emit(vcpu, cause, new IvmcEvent.Serve(a[0], a[1], (int) a[2]));
        serves.put(new Request(domain, a[0], a[1]), id);
      }
      case FileEvent.CALL -> {
        TraceEvent event = new FileEvent.Call(a[0], a[1], (int) a[2], (int) a[3], a[4], a[5]);
        submits.put(new Request(domain, a[0], a[1]), emit(vcpu, 0, event));
      }
      case FileEvent.RETURN -> {
        long cause = dequeues.get(new Request(domain, a[0], a[1]));
        emit(vcpu, cause, new FileEvent.Return(a[0], a[1], a[2]));
      }
      case FileEvent.BEGIN -> files.begin(vcpu, a, serves.get(new Request(domain, a[1], a[2])));
      case FileEvent.PATH -> files.path(vcpu, a);
      case FileEvent.COMMIT -> files.commit(vcpu, a);
      case FileEvent.JOIN -> files.join(vcpu, a);
      case FileEvent.END -> {
        FileCauses.Ended ended = files.end(vcpu, a);
        completions.put(new Request(domain, ended.channel(), ended.sequence()), ended.id());
      }
      case IvmcEvent.RESEND -> {
        Request request = new Request(domain, a[0], a[1]);
        TraceEvent event = new IvmcEvent.Resend(a[0], a[1], (int) a[2]);
        submits.put(request, emit(vcpu, submits.get(request), event));
      }
      case IvmcEvent.CONNECT -> link(vcpu, a, new IvmcEvent.Connect(a[0], (int) a[1]));
      case IvmcEvent.CONNECTED -> link(vcpu, a, new IvmcEvent.Connected(a[0], (int) a[1]));
      case IvmcEvent.DISCONNECT -> {
        links.put(a[0], vcpu.interruptCause());
        link(vcpu, a, new IvmcEvent.Disconnect(a[0], (int) a[1]));
      }
      case IvmcEvent.RECOVER -> link(vcpu, a, new IvmcEvent.Recover(a[0], (int) a[1], (int) a[2]));
      case IvmcEvent.RECOVERED ->
          link(vcpu, a, new IvmcEvent.Recovered(a[0], (int) a[1], (int) a[2], (int) a[3]));
      default -> {
        int count = arguments.length;
        emit(
            vcpu,
            0,
            new ProbeEvent.Hit(site.name(), site.address(), count, a[0], a[1], a[2], a[3]));
      }
    }
    return false;
  }

  /** A receiver has two rings, and one sleep for both: requests, or responses. */
  private static long direction(long ring) {
    return ring == IVMC_WRITE_REQUEST || ring == IVMC_READ_REQUEST ? 0 : 1;
  }

  private long emit(Vcpu vcpu, long cause, TraceEvent event) {
    return vcpu.domain().emit(cause, vcpu.id(), event);
  }

  /** A request follows from its submit, a response from the completion of its command. */
  private void enqueue(Vcpu vcpu, long[] a) {
    Request request = new Request(vcpu.domain().id(), a[0], a[3]);
    long cause =
        switch ((int) a[1]) {
          case IVMC_WRITE_REQUEST, IVMC_READ_REQUEST -> submits.get(request);
          case IVMC_WRITE_RESPONSE, IVMC_READ_RESPONSE -> {
            long completion = completions.get(request);
            yield completion != 0 ? completion : serves.get(request);
          }
          default -> 0;
        };
    long id = emit(vcpu, cause, new RingEvent.Enqueue(a[0], (int) a[1], (int) a[2], a[3]));
    enqueues.put(new Entry(a[0], a[1], a[2]), id);
    lastEnqueues.put(new Ring(a[0], a[1]), id);
  }

  private void dequeue(Vcpu vcpu, long[] a) {
    long enqueued = enqueues.get(new Entry(a[0], a[1], a[2]));
    long woken = wakes.take(new Ring(a[0], direction(a[1])));
    // What came after the wake-up did not cause it.
    long cause = woken > enqueued ? woken : enqueued;
    long id = emit(vcpu, cause, new RingEvent.Dequeue(a[0], (int) a[1], (int) a[2], a[3]));
    int domain = vcpu.domain().id();
    dequeues.put(new Request(domain, a[0], a[3]), id);
  }

  private void submit(Vcpu vcpu, long[] a) {
    int domain = vcpu.domain().id();
    Request request = new Request(domain, a[3], a[2]);
    long serve = serves.get(request);
    long cause = serve != 0 ? serve : submits.get(request);
    long id = emit(vcpu, cause, new DriverEvent.NvmeSubmit((int) a[0], (int) a[1], a[2], a[3]));
    commands.submitted(domain, a[0], a[1], id);
    Command command = new Command(domain, a[0], a[1]);
    channels.put(command, a[3]);
    sequences.put(command, a[2]);
  }

  private void complete(Vcpu vcpu, long[] a) {
    int domain = vcpu.domain().id();
    Command command = new Command(domain, a[0], a[1]);
    long cause = commands.found(domain, a[0], a[1], vcpu.interruptOrigin(), vcpu.interruptCause());
    TraceEvent event = new DriverEvent.NvmeComplete((int) a[0], (int) a[1], (int) a[2]);
    long id = emit(vcpu, cause, event);
    completions.put(new Request(domain, channels.take(command), sequences.take(command)), id);
  }

  /** The life of a channel: each step follows from the one before. */
  private void link(Vcpu vcpu, long[] a, IvmcEvent event) {
    links.put(a[0], emit(vcpu, links.get(a[0]), event));
  }
}
