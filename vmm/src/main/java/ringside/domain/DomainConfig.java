package ringside.domain;

import com.google.common.collect.ImmutableList;
import ringside.ivmc.Services;

/**
 * What a domain is built from. Names are those of xl.cfg.
 *
 * @param name unique in its system
 * @param kernel the image, already read and checked
 * @param cmdline without the NUL; placeholders already replaced
 * @param memoryMib RAM in MiB, {@link #MIN_MEMORY_MIB} to {@link #MAX_MEMORY_MIB}
 * @param vcpus 1 to 32
 * @param weight share of the CPU against the others, 1 to 65535; 256 is usual
 * @param cap most of one pCPU that the domain may use, in percent per pCPU; 0 = no cap
 * @param watchdogNs a vCPU that executes so long with interrupts disabled and without a hypercall
 *     crashes its domain, in nanoseconds of virtual time; 0 = never
 * @param services what it may be in the IVMC registry
 */
public record DomainConfig(
    String name,
    ElfImage kernel,
    String cmdline,
    int memoryMib,
    int vcpus,
    int weight,
    int cap,
    int maxGrantFrames,
    int maxEventChannels,
    long watchdogNs,
    DomainAction onPoweroff,
    DomainAction onReboot,
    DomainAction onCrash,
    ImmutableList<String> dependsOn,
    Services services) {
  public static final int MIN_MEMORY_MIB = 2;
  public static final int MAX_MEMORY_MIB = 16384;
  public static final int MAX_VCPUS = 32;

  /** xl's defaults for all but the name and the image. */
  public static DomainConfig of(String name, ElfImage kernel) {
    return new DomainConfig(
        name,
        kernel,
        "",
        64,
        1,
        256,
        0,
        64,
        1023,
        0,
        DomainAction.DESTROY,
        DomainAction.DESTROY,
        DomainAction.DESTROY,
        ImmutableList.of(),
        Services.NONE);
  }

  public DomainConfig withCmdline(String value) {
    return new DomainConfig(
        name,
        kernel,
        value,
        memoryMib,
        vcpus,
        weight,
        cap,
        maxGrantFrames,
        maxEventChannels,
        watchdogNs,
        onPoweroff,
        onReboot,
        onCrash,
        dependsOn,
        services);
  }

  /** What is done with the domain when it has ended so. */
  public DomainAction after(Outcome outcome) {
    return switch (outcome.reason()) {
      case POWEROFF, SUSPEND -> onPoweroff;
      case REBOOT, SOFT_RESET -> outcome.crash().isEmpty() ? onReboot : onCrash;
      case CRASH, WATCHDOG -> onCrash;
    };
  }

  public DomainConfig withServices(Services value) {
    return new DomainConfig(
        name,
        kernel,
        cmdline,
        memoryMib,
        vcpus,
        weight,
        cap,
        maxGrantFrames,
        maxEventChannels,
        watchdogNs,
        onPoweroff,
        onReboot,
        onCrash,
        dependsOn,
        value);
  }
}
