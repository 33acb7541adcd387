package ringside.device;

import static ringside.abi.gen.HvmAbi.HVM_PARAM_CONSOLE_EVTCHN;
import static ringside.abi.gen.HvmAbi.HVM_PARAM_CONSOLE_PFN;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import ringside.abi.gen.XenconsInterface;
import ringside.domain.Domain;
import ringside.domain.MemoryMap;
import ringside.domain.OutOfMachineMemory;
import ringside.domain.Verdict;
import ringside.memory.Access;
import ringside.memory.Frame;
import ringside.trace.ConsoleEvent;

/**
 * Backend of a domain's PV console (public/io/console.h): the ring page, its event channel, and the
 * output that comes past the ring.
 *
 * <p>Invariant: what waits for the guest is at most {@link #MAX_INPUT} bytes; positions in the page
 * that cannot be are left alone, as xenconsoled does, until the guest has put them right.
 *
 * <p>Does not: more than one console for a domain, the connection field's disconnected state.
 */
public final class PvConsole implements AutoCloseable {
  /** Bytes of input that wait at most. */
  public static final int MAX_INPUT = 64 << 10;

  private static final int OUT_SIZE = XenconsInterface.OUT.size64();

  private final Domain domain;
  private final Frame page;
  private final ByteRing in;
  private final ByteRing out;
  private final int port;
  private final ImmutableList<VerdictScanner> scanners;
  private final byte[] taken = new byte[OUT_SIZE];
  private final RateLimit limit;
  private byte[] input = {};
  private Runnable flush = () -> {};
  private Verdict verdict = Verdict.NONE;
  private boolean complained;
  private boolean asks;
  private int consumed;

  /** Puts the page and the port into the domain, and both into its HVM parameters. */
  public PvConsole(Domain domain) {
    this.domain = domain;
    this.page = Frame.allocate(domain.machine().memory());
    if (page == null) {
      throw new OutOfMachineMemory("a console page");
    }
    page.mapInto(domain.space(), MemoryMap.CONSOLE_GFN, Access.READ_WRITE);
    this.in =
        new ByteRing(
            page,
            XenconsInterface.IN.offset64(),
            XenconsInterface.IN.size64(),
            XenconsInterface.IN_CONS.offset64(),
            XenconsInterface.IN_PROD.offset64());
    this.out =
        new ByteRing(
            page,
            XenconsInterface.OUT.offset64(),
            OUT_SIZE,
            XenconsInterface.OUT_CONS.offset64(),
            XenconsInterface.OUT_PROD.offset64());
    this.scanners =
        ImmutableList.of(new VerdictScanner(), new VerdictScanner(), new VerdictScanner());
    this.limit = new RateLimit(domain.machine().clock());
    this.port = domain.events().bindBackend(this::event);
    domain.params().set(HVM_PARAM_CONSOLE_PFN, MemoryMap.CONSOLE_GFN);
    domain.params().set(HVM_PARAM_CONSOLE_EVTCHN, port);
  }

  /** The domain's port of the console's event channel. */
  public int port() {
    return port;
  }

  /** A device that holds back output of this console, and is to let go of it on each drain. */
  void flushedBy(Runnable device) {
    Runnable others = flush;
    flush =
        () -> {
          others.run();
          device.run();
        };
  }

  /** An event that moves nothing is how a guest says that it looked for input and found none. */
  private void event(long cause) {
    int before = consumed;
    consumed = in.consumed();
    asks = !drain(cause) && in.empty() && consumed == before;
  }

  /** True since the guest has asked for input that there was not, until there is some. */
  public boolean asks() {
    return asks;
  }

  /** Takes what is in the ring, when it was no event that is traced that caused it. */
  public void drain() {
    drain(0);
  }

  /**
   * Takes what is in the ring; called on an event, on yield and when the domain stops.
   *
   * @param cause trace id
   * @return whether bytes went either way
   */
  public boolean drain(long cause) {
    flush.run();
    int count = out.take(taken, 0, OUT_SIZE);
    boolean moved = count > 0;
    if (count == ByteRing.INSANE) {
      complain("out");
    } else if (moved) {
      accept(ConsoleChannel.RING, Arrays.copyOf(taken, count), cause);
    }
    moved |= feed();
    if (moved) {
      domain.events().notifyByBackend(port, cause);
    }
    return moved;
  }

  /**
   * Output past the ring. What comes faster than {@link RateLimit} allows is dropped, with one
   * notice: a hypercall can write 4 GiB.
   */
  public void write(ConsoleChannel channel, byte[] bytes, long cause) {
    int allowed = limit.take(bytes.length);
    if (allowed < bytes.length && limit.firstRefusal()) {
      domain.notice("it writes too fast by " + channel.traceName() + "; some output is dropped");
    }
    if (allowed > 0) {
      accept(channel, Arrays.copyOf(bytes, allowed), cause);
    }
  }

  private void accept(ConsoleChannel channel, byte[] bytes, long cause) {
    if (domain.machine().tracer().on(ConsoleEvent.WRITE)) {
      String text = new String(bytes, StandardCharsets.UTF_8);
      domain.emit(cause, new ConsoleEvent.Write(channel.traceName(), text));
    }
    VerdictScanner scanner = scanners.get(channel.ordinal());
    scanner.output(bytes);
    if (scanner.verdict() != Verdict.NONE) {
      verdict = scanner.verdict();
    }
    domain.machine().listener().consoleOutput(domain, bytes);
  }

  /**
   * Somebody types. Bytes wait until the guest has room for them.
   *
   * @return how many were taken; the rest found no room
   */
  public int input(byte[] bytes) {
    int count = Math.min(bytes.length, MAX_INPUT - input.length);
    byte[] typed = Arrays.copyOf(bytes, count);
    input = Bytes.concat(input, typed);
    asks = false;
    long cause = 0;
    if (domain.machine().tracer().on(ConsoleEvent.INPUT)) {
      String text = new String(typed, StandardCharsets.UTF_8);
      cause = domain.emit(0, new ConsoleEvent.Input(text));
    }
    if (feed()) {
      domain.events().notifyByBackend(port, cause);
    }
    return count;
  }

  private boolean feed() {
    if (input.length == 0) {
      return false;
    }
    int count = in.put(input, 0, input.length);
    if (count == ByteRing.INSANE) {
      complain("in");
      return false;
    }
    input = Arrays.copyOfRange(input, count, input.length);
    return count > 0;
  }

  private void complain(String ring) {
    if (!complained) {
      complained = true;
      domain.notice("the positions in its console's " + ring + " ring are impossible; ignored");
    }
  }

  /** What the guest has said of itself last. */
  public Verdict verdict() {
    return verdict;
  }

  @Override
  public void close() {
    page.close();
  }
}
