package ringside.cli.run;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ringside.cli.system.DomainDescription;
import ringside.cli.system.SystemDescription;
import ringside.domain.Domain;
import ringside.domain.Machine;
import ringside.domain.MachineListener;
import ringside.domain.Outcome;

/** Hears what a machine tells, passes lines on, and keeps what the results are made of. */
final class RunWatcher implements MachineListener {
  /** How many console lines of a domain are kept; the rest is shown but not kept. */
  private static final int MAX_KEPT = 10_000;

  private final RunOutput output;
  private final SystemDevices devices;
  private final RunHooks hooks;
  private final int terminalDomid;
  private final Map<Integer, Seen> seen = new TreeMap<>();

  private static final class Seen {
    private final List<String> lines = new ArrayList<>();
    private ConsoleLines console;
    private ConsoleText terminal;
    private Outcome outcome;
    private long stoppedNs;
    private int restarts;
  }

  RunWatcher(SystemDescription system, RunOutput output, SystemDevices devices, RunHooks hooks) {
    this.terminalDomid = system.terminal().map(DomainDescription::domid).orElse(0);
    this.hooks = hooks;
    this.output = output;
    this.devices = devices;
  }

  /** Plugs in what the description gives the domain, before it runs. */
  @Override
  public void domainCreated(Domain domain) {
    devices.attach(domain);
  }

  private Seen seen(Domain domain) {
    return seen.computeIfAbsent(
        domain.id(),
        id -> {
          Seen s = new Seen();
          boolean terminal = id == terminalDomid;
          s.terminal = terminal ? new ConsoleText(output::terminalText) : null;
          s.console =
              new ConsoleLines(
                  line -> {
                    if (s.lines.size() < MAX_KEPT) {
                      s.lines.add(line);
                    }
                    if (!terminal) {
                      output.consoleLine(id, domain.name(), line);
                    }
                  });
          return s;
        });
  }

  @Override
  public void consoleOutput(Domain domain, byte[] bytes) {
    Seen s = seen(domain);
    s.console.write(bytes);
    if (s.terminal != null) {
      s.terminal.write(bytes);
    }
  }

  @Override
  public void domainStopped(Domain domain, Outcome outcome) {
    Seen s = seen(domain);
    s.console.end();
    s.outcome = outcome;
    s.stoppedNs = domain.machine().clock().now();
    output.stopped(domain.name(), outcome);
    hooks.stopped(domain);
    Machine machine = domain.machine();
    machine.atNextDecision(() -> ServiceDomains.shutDownUnused(machine));
  }

  @Override
  public void domainRestarts(Domain domain) {
    Seen s = seen(domain);
    s.restarts++;
    s.outcome = null;
    output.note(domain.name(), "restarts");
  }

  @Override
  public void notice(Domain domain, String what) {
    output.note(domain.name(), what);
  }

  /** What became of a domain, at the end of the run. */
  DomainResult result(DomainDescription description, long endNs) {
    Seen s = seen.get(description.domid());
    if (s == null) {
      return new DomainResult(description, Optional.empty(), endNs, 0, ImmutableList.of());
    }
    s.console.end();
    return new DomainResult(
        description,
        Optional.ofNullable(s.outcome),
        s.outcome == null ? endNs : s.stoppedNs,
        s.restarts,
        ImmutableList.copyOf(s.lines));
  }
}
