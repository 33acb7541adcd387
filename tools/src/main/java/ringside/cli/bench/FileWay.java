package ringside.cli.bench;

import java.util.Locale;
import ringside.cli.system.SystemDescription;

/**
 * The ways from an application to its files: a file system server or the same file system linked
 * in, on an NVMe disk or in memory.
 */
enum FileWay {
  LINKED("where=linked path=nvme format=ext3", "", Parts.NVME + "domain = \"app1\"\n"),
  SERVER(
      "where=server",
      Parts.STORAGE + Parts.FS + "cmdline = \"path=direct format=ext3\"\n" + Parts.USES_STORAGE,
      Parts.NVME + "domain = \"storage\"\n"),
  LINKED_RAMDISK("where=linked ramdisk=BYTES", "", ""),
  SERVER_RAMDISK("where=server", Parts.FS + "cmdline = \"ramdisk=BYTES\"\n", "");

  /**
   * A program that works with files.
   *
   * @param cmdline N in it is the number of the domain
   * @param mib memory of its domain beside a volume
   */
  record App(String kernel, String cmdline, int mib) {}

  private static final class Parts {
    static final String APP =
        """
        [[domain]]
        name = "appN"
        kernel = "KERNEL.elf"
        memory = MEMORY
        cmdline = "CMDLINE WHERE"
        """;

    static final String FS =
        """
        [[domain]]
        name = "fs"
        kernel = "fs-server.elf"
        memory = SERVED
        provides = ["files"]
        """;

    static final String STORAGE =
        """
        [[domain]]
        name = "storage"
        kernel = "storage-server.elf"
        memory = 32
        provides = ["storage"]
        """;

    static final String NVME =
        """
        [[device]]
        type = "nvme"
        size = "BYTES"
        latency = "nvme"
        """;

    static final String USES_FILES = "uses = [\"files/1\"]\n";
    static final String USES_STORAGE = "uses = [\"storage/1\"]\n";
  }

  /** Memory of a file system server, or of a program with one in it, beside a ramdisk. */
  private static final int FILE_SYSTEM_MIB = 80;

  private final String where;
  private final String servers;
  private final String devices;

  FileWay(String where, String servers, String devices) {
    this.where = where;
    this.servers = servers;
    this.devices = devices;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  boolean onDisk() {
    return !devices.isEmpty();
  }

  /**
   * So many domains that run a program, and what they need.
   *
   * @param seed of the disk's jitter
   * @param volumeMib size of the volume
   */
  SystemDescription system(int seed, int clients, App app, int volumeMib) {
    int inMemory = onDisk() ? 0 : volumeMib;
    boolean linked = servers.isEmpty();
    StringBuilder toml = new StringBuilder("seed = " + seed + "\n" + servers);
    for (int i = 1; i <= clients; i++) {
      toml.append(
          Parts.APP
              .replace("CMDLINE", app.cmdline())
              .replace("KERNEL", app.kernel())
              .replace("MEMORY", "" + (app.mib() + (linked ? FILE_SYSTEM_MIB + inMemory : 0)))
              .replace("WHERE", where)
              .replace("appN", "app" + i)
              .replace("/N", "/" + i));
      toml.append(linked ? "" : Parts.USES_FILES);
    }
    String all =
        (toml + devices)
            .replace("SERVED", "" + (FILE_SYSTEM_MIB + inMemory))
            .replace("BYTES", volumeMib + "M");
    return BenchSystem.of("files", all);
  }
}
