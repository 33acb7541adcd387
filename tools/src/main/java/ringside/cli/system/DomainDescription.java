package ringside.cli.system;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.stream.Stream;
import ringside.domain.DomainAction;
import ringside.domain.DomainConfig;
import ringside.domain.ElfImage;
import ringside.fault.Fault;
import ringside.ivmc.Services;

/**
 * One domain of a system, checked.
 *
 * @param domid the id it will have: its place in the description, from 1
 * @param kernelPath as the description gives it
 * @param dependsOn names of the domains that start before this one
 */
public record DomainDescription(
    int domid,
    String name,
    String kernelPath,
    ElfImage kernel,
    ImmutableList<String> dependsOn,
    Values values) {

  public int memoryMib() {
    return values.integer(Keys.MEMORY);
  }

  public int vcpus() {
    return values.integer(Keys.VCPUS);
  }

  /** Whether others may use a service of it. */
  public boolean provides() {
    return !values.get(Keys.PROVIDES).isEmpty();
  }

  /** Whether people type on its console. */
  public boolean terminal() {
    return values.get(Keys.CONSOLE) == Keys.ConsoleKind.TERMINAL;
  }

  /** What is to go wrong in it. */
  public ImmutableList<Fault> faults() {
    return values.get(Keys.FAULTS);
  }

  /** True when there is an end after which it is built anew. */
  public boolean restarts() {
    return Stream.of(Keys.ON_POWEROFF, Keys.ON_REBOOT, Keys.ON_CRASH)
        .anyMatch(end -> values.get(end) == DomainAction.RESTART);
  }

  /** As the hypervisor wants it. */
  public DomainConfig config(ImmutableMap<String, Integer> domids, long seed) {
    return new DomainConfig(
        name,
        kernel,
        Placeholders.replace(values.get(Keys.CMDLINE), domids, seed),
        memoryMib(),
        vcpus(),
        values.integer(Keys.CPU_WEIGHT),
        values.integer(Keys.CAP),
        values.integer(Keys.MAX_GRANT_FRAMES),
        values.integer(Keys.MAX_EVENT_CHANNELS),
        values.get(Keys.WATCHDOG),
        values.get(Keys.ON_POWEROFF),
        values.get(Keys.ON_REBOOT),
        values.get(Keys.ON_CRASH),
        dependsOn,
        new Services(
            values.get(Keys.PROVIDES), values.get(Keys.USES), values.get(Keys.CREDENTIALS)));
  }
}
