package ringside.cli.system;

import com.google.common.collect.ImmutableList;
import java.util.regex.Pattern;
import ringside.device.nvme.StorageClass;
import ringside.domain.DomainAction;
import ringside.domain.DomainConfig;
import ringside.fault.Fault;
import ringside.ivmc.Credentials;
import ringside.ivmc.Services;

/**
 * Every key of a system description. The reader, the checks and {@code ringside doc system} live
 * off these tables: to add a key, add a line here and use it where its value is needed. Names are
 * those of xl.cfg where xl has them.
 */
final class Keys {
  private Keys() {}

  /** Whether writes can be lost when power fails before a flush. */
  enum WriteCacheKind {
    VOLATILE,
    NONE
  }

  /** What becomes of a domain's console. */
  enum ConsoleKind {
    LINES,
    TERMINAL
  }

  // The file's own keys, above the first table

  static final Key<String> SYSTEM_NAME =
      new Key<>("name", TextType.NAME, "", "The system's name; the file's name without .toml.");

  static final Key<String> DESCRIPTION =
      new Key<>("description", TextType.ANY, "", "One line for ringside list.");

  static final Key<Long> SEED =
      new Key<>(
          "seed",
          new IntegerType(0, Long.MAX_VALUE),
          1L,
          "What {seed} in a command line becomes; the machine itself chooses nothing by chance.");

  static final Key<Long> TIME_LIMIT =
      new Key<>(
          "time_limit",
          new DurationType(),
          0L,
          "Virtual time after which the run ends and what still runs has failed; 0 = none.");

  static final ImmutableList<Key<?>> SYSTEM =
      ImmutableList.of(SYSTEM_NAME, DESCRIPTION, SEED, TIME_LIMIT);

  // [[domain]]

  static final Key<String> NAME =
      new Key<>("name", TextType.NAME, null, "Unique in the system; prefixes its console lines.");

  static final Key<String> KERNEL =
      new Key<>("kernel", TextType.ANY, null, "The image, a path relative to this file.");

  static final Key<String> CMDLINE =
      new Key<>(
          "cmdline",
          TextType.ANY,
          "",
          "Command line of the guest. {domid:NAME} becomes the domid of that domain, {seed} the"
              + " seed.");

  static final Key<Long> MEMORY =
      new Key<>(
          "memory",
          new IntegerType(DomainConfig.MIN_MEMORY_MIB, DomainConfig.MAX_MEMORY_MIB),
          64L,
          "RAM in MiB.");

  static final Key<Long> VCPUS =
      new Key<>("vcpus", new IntegerType(1, DomainConfig.MAX_VCPUS), 1L, "Virtual processors.");

  static final Key<Long> COUNT =
      new Key<>(
          "count",
          new IntegerType(1, 1000),
          1L,
          "So many domains like this, called NAME-1, NAME-2, ...");

  static final Key<ImmutableList<String>> DEPENDS_ON =
      new Key<>(
          "depends_on",
          ListType.NAMES,
          ImmutableList.of(),
          "Domains that start before this one. Start order only: nothing waits until a service is"
              + " ready, guests find that out through the store.");

  static final Key<ImmutableList<String>> PROVIDES =
      new Key<>(
          "provides",
          ServiceNames.PROVIDED,
          ImmutableList.of(),
          "Services that it may register as the server of. A service has one provider.");

  static final Key<ImmutableList<Services.Use>> USES =
      new Key<>(
          "uses",
          ServiceNames.USED,
          ImmutableList.of(),
          "Services that it may be a client of, and which unit of each: of storage, the NVMe"
              + " namespace.");

  static final Key<Credentials> CREDENTIALS =
      new Key<>(
          "credentials",
          new CredentialsType(),
          Credentials.SUPERUSER,
          "Whom servers take its programs for, UID:GID: of files, whose permissions count. 0 may do"
              + " everything.");

  static final Key<DomainAction> ON_POWEROFF = action("on_poweroff", "ended in order");

  static final Key<DomainAction> ON_REBOOT = action("on_reboot", "asked for a reboot");

  static final Key<DomainAction> ON_CRASH = action("on_crash", "crashed");

  static final Key<ConsoleKind> CONSOLE =
      new Key<>(
          "console",
          new ChoiceType<>(ConsoleKind.class),
          ConsoleKind.LINES,
          "lines: what it prints is shown line by line behind its name. terminal: what it prints is"
              + " shown as it comes, and it reads what is typed, or the standard input; one domain"
              + " at most.");

  static final Key<Long> CPU_WEIGHT =
      new Key<>(
          "cpu_weight",
          new IntegerType(1, 65535),
          256L,
          "Share of the CPU against the other domains.");

  static final Key<Long> CAP =
      new Key<>(
          "cap",
          new IntegerType(0, 3200),
          0L,
          "Most CPU time it may use, in percent of one pCPU; 0 = no cap.");

  static final Key<Long> MAX_GRANT_FRAMES =
      new Key<>(
          "max_grant_frames", new IntegerType(1, 1024), 64L, "Size limit of its grant table.");

  static final Key<Long> MAX_EVENT_CHANNELS =
      new Key<>("max_event_channels", new IntegerType(1, 4095), 1023L, "Highest port.");

  static final Key<Long> WATCHDOG =
      new Key<>(
          "watchdog",
          new DurationType(),
          0L,
          "A vCPU that runs so long with interrupts disabled and without a hypercall crashes the"
              + " domain; 0 = never.");

  static final Key<ImmutableList<Fault>> FAULTS =
      new Key<>(
          "faults",
          FaultText.LIST,
          ImmutableList.of(),
          "What is to go wrong in it, each as WHAT:WHEN. WHAT: kill, or one of page-fault, loop,"
              + " spin, deadlock, block, for which the image needs a function fault_WHAT. WHEN:"
              + " at=SPAN or every=SPAN of virtual time, probe=NAME#N before the N-th hit of a"
              + " probe, event=TYPE#N behind the N-th trace event of the domain, instruction=N when"
              + " it has executed N bytes of code.");

  static final ImmutableList<Key<?>> DOMAIN =
      ImmutableList.of(
          NAME,
          KERNEL,
          CMDLINE,
          MEMORY,
          VCPUS,
          COUNT,
          DEPENDS_ON,
          PROVIDES,
          USES,
          CREDENTIALS,
          ON_POWEROFF,
          ON_REBOOT,
          ON_CRASH,
          CONSOLE,
          CPU_WEIGHT,
          CAP,
          MAX_GRANT_FRAMES,
          MAX_EVENT_CHANNELS,
          WATCHDOG,
          FAULTS);

  // [[device]]

  static final Key<DeviceKind> TYPE =
      new Key<>(
          "type",
          new ChoiceType<>(DeviceKind.class),
          null,
          "debugcon: bytes written to the port are console output. debug-exit: a write ends the"
              + " domain, and has failed unless it is 0. nvme: an NVMe controller at PCI 00:03.0 of"
              + " the domain.");

  static final Key<String> DEVICE_DOMAIN =
      new Key<>("domain", TextType.NAME, null, "The domain that has it.");

  static final Key<Long> PORT =
      new Key<>(
          "port", new IntegerType(0, 0xffff), 0xe9L, "I/O port; QEMU has debug-exit at 0x501.");

  static final Key<String> FILE =
      new Key<>(
          "file",
          TextType.ANY,
          "",
          "nvme: where the blocks are kept, relative to this file; made when it is not there."
              + " Without one they are kept in memory.");

  static final Key<Long> SIZE =
      new Key<>("size", new SizeType(), 64L << 20, "nvme: size of each namespace.");

  static final Key<Long> BLOCK_SIZE =
      new Key<>(
          "block_size", new IntegerType(512, 4096), 512L, "nvme: bytes of a block, 512 or 4096.");

  static final Key<Long> NAMESPACES =
      new Key<>(
          "namespaces",
          new IntegerType(1, 16),
          1L,
          "nvme: how many; the second is kept in FILE.2, and so on.");

  static final Key<String> SERIAL =
      new Key<>(
          "serial",
          new TextType("serial number of at most 20 characters", Pattern.compile("[!-~]{1,20}")),
          "ringside",
          "nvme: the controller's serial number; identifiers of namespaces come from it.");

  static final Key<StorageClass> LATENCY =
      new Key<>(
          "latency",
          new ChoiceType<>(StorageClass.class),
          StorageClass.NVME,
          "nvme: how long commands take, by class of storage, in virtual time.");

  static final Key<WriteCacheKind> WRITE_CACHE =
      new Key<>(
          "write_cache",
          new ChoiceType<>(WriteCacheKind.class),
          WriteCacheKind.VOLATILE,
          "nvme: whether written blocks can be lost by a power cut before a flush.");

  static final ImmutableList<Key<?>> DEVICE =
      ImmutableList.of(
          TYPE,
          DEVICE_DOMAIN,
          PORT,
          FILE,
          SIZE,
          BLOCK_SIZE,
          NAMESPACES,
          SERIAL,
          LATENCY,
          WRITE_CACHE);

  private static Key<DomainAction> action(String name, String when) {
    return new Key<>(
        name,
        new ChoiceType<>(DomainAction.class),
        DomainAction.DESTROY,
        "What becomes of it when it " + when + ".");
  }
}
