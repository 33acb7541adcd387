package ringside.cli.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ringside.domain.Domain;
import ringside.domain.IdleWait;
import ringside.domain.Machine;

/**
 * What is typed for one domain's console, from a terminal in its usual line mode or from a pipe.
 *
 * <p>Invariant: the guest gets a line when it has asked for one, {@link #SETTLE_NS} have passed and
 * no vCPU can run, so the same lines make the same run, however slowly they come. At most one line
 * is read ahead. The end of the input is {@link #END}, as often as the guest asks.
 *
 * <p>While a person types and another domain is at work that is no server, time goes on: it is not
 * to wait for the person. Only then does it matter when something is typed.
 */
final class ConsoleInput implements IdleWait {
  /** EOT, what Ctrl-D sends. */
  private static final byte[] END = {4};

  /** A longer line comes in pieces. */
  private static final int MAX_LINE = 4096;

  /**
   * Virtual time that passes before it stands still: enough for others to end what they are at, and
   * for a domain that was killed to be back.
   */
  private static final long SETTLE_NS = 20_000_000;

  private static final Logger LOG = LoggerFactory.getLogger(ConsoleInput.class);

  private final Machine machine;
  private final int domid;
  private final InputStream in;
  private final RunOutput output;
  private final boolean person;
  private boolean asked;
  private long settledNs;
  private boolean reading;
  private boolean woken;
  private byte[] line;

  /**
   * @param person whether the input comes from one, in their time
   */
  ConsoleInput(Machine machine, int domid, InputStream in, boolean person, RunOutput output) {
    this.person = person;
    this.machine = machine;
    this.domid = domid;
    this.in = in;
    this.output = output;
  }

  @Override
  public boolean waited() {
    Domain domain = machine.domain(domid);
    if (domain == null || !domain.running() || !domain.console().asks()) {
      return false;
    }
    if (!asked) {
      asked = true;
      settle();
    }
    if (machine.clock().now() < settledNs) {
      return false;
    }
    boolean timeGoesOn = person && othersWork();
    byte[] typed = take(!timeGoesOn);
    if (typed == null && timeGoesOn) {
      return false;
    }
    if (typed == null) {
      settle();
      return true;
    }
    asked = false;
    give(domain, typed);
    return true;
  }

  @Override
  public Input polled() {
    Domain domain = machine.domain(domid);
    if (domain == null || !domain.running() || !domain.console().asks()) {
      return Input.NOT_ASKED;
    }
    byte[] typed = take(false);
    if (typed == null) {
      return Input.AWAITED;
    }
    give(domain, typed);
    return Input.GIVEN;
  }

  private void give(Domain domain, byte[] typed) {
    if (typed != END) {
      output.typed(new String(typed, StandardCharsets.UTF_8));
    }
    domain.console().input(typed);
  }

  private boolean othersWork() {
    return machine.domains().stream()
        .filter(other -> other.id() != domid && other.running())
        .anyMatch(other -> other.config().services().provides().isEmpty());
  }

  private void settle() {
    settledNs = machine.clock().now() + SETTLE_NS;
    machine.timers().at(settledNs, () -> {}); // there may be no other
  }

  /** Null when woken, or when there is nothing and it is not to wait. */
  private synchronized byte[] take(boolean waits) {
    if (!reading) {
      reading = true;
      Thread.ofPlatform().daemon().name("console input").start(this::read);
    }
    while (line == null && !woken && waits) {
      pause();
    }
    byte[] taken = woken && waits ? null : line;
    if (taken != null && taken != END) {
      line = null;
      notifyAll();
    }
    woken = false;
    return taken;
  }

  private void put(byte[] next) {
    synchronized (this) {
      while (line != null) {
        pause();
      }
      line = next;
      notifyAll();
    }
    if (machine.pcpus() > 1) {
      machine.atNextDecision(() -> {}); // somebody looks here then
    }
  }

  private void pause() {
    try {
      wait();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts these threads", e);
    }
  }

  @Override
  public synchronized void wake() {
    woken = true;
    notifyAll();
  }

  private void read() {
    try {
      for (byte[] next = readLine(); next.length > 0; next = readLine()) {
        put(next);
      }
    } catch (IOException e) {
      LOG.warn("the input cannot be read, and ends: {}", e.getMessage());
    }
    put(END);
  }

  /** With the newline that ends it; empty at the end of the input. */
  private byte[] readLine() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int c = 0;
    while (c != '\n' && bytes.size() < MAX_LINE) {
      c = in.read();
      if (c < 0) {
        break;
      }
      bytes.write(c);
    }
    return bytes.toByteArray();
  }
}
