package ringside.xenstore;

import static ringside.abi.gen.HvmAbi.HVM_PARAM_CONSOLE_EVTCHN;
import static ringside.abi.gen.HvmAbi.HVM_PARAM_CONSOLE_PFN;
import static ringside.abi.gen.HvmAbi.HVM_PARAM_STORE_EVTCHN;
import static ringside.abi.gen.HvmAbi.HVM_PARAM_STORE_PFN;

import com.google.common.collect.ImmutableList;
import java.util.UUID;
import ringside.domain.Domain;

/**
 * What a new domain finds in the store, as xl makes it (docs/misc/xenstore-paths.pandoc): its home
 * belongs to domain 0 and the domain may read it; in some places it may write too, among them
 * {@code data}, where guests leave what others are to find.
 */
final class DomainNodes {
  private static final int KIB_PER_MIB = 1024;

  private static final ImmutableList<String> WRITABLE =
      ImmutableList.of(
          "attr",
          "control/feature-poweroff",
          "control/feature-reboot",
          "control/feature-suspend",
          "control/shutdown",
          "control/sysrq",
          "data",
          "drivers",
          "error",
          "feature");

  private final Domain domain;
  private final NodeOperations nodes;
  private final String home;

  private DomainNodes(Domain domain, NodeOperations nodes) {
    this.domain = domain;
    this.nodes = nodes;
    this.home = StorePath.home(domain.id());
  }

  /** Of the domain's uuid, which is its domid, so that runs do not differ. */
  static String vmPath(int domid) {
    return "/vm/" + new UUID(0, domid);
  }

  /** Writes all of it. */
  static void create(Domain domain, XenStore store) {
    store.asDomain0(operations -> new DomainNodes(domain, operations).create());
  }

  private void create() throws StoreError {
    nodes.mkdir(home);
    nodes.permissions(home, Permissions.readableBy(domain.id()));
    vm();
    kept();
    write("name", domain.name());
    write("domid", domain.id());
    int kib = domain.config().memoryMib() * KIB_PER_MIB;
    write("memory/static-max", kib);
    write("memory/target", kib);
    for (int i = 0; i < domain.config().vcpus(); i++) {
      write("cpu/" + i + "/availability", "online");
    }
    console();
    write("store/ring-ref", domain.params().get(HVM_PARAM_STORE_PFN));
    write("store/port", domain.params().get(HVM_PARAM_STORE_EVTCHN));
    write("control/platform-feature-multiprocessor-suspend", 1);
    write("control/platform-feature-xs_reset_watches", 1);
    nodes.mkdir(home + "/device");
    for (String path : WRITABLE) {
      write(path, "");
      nodes.permissions(home + "/" + path, Permissions.ownedBy(domain.id()));
    }
  }

  /** What a domain writes there its next life reads, until the machine stops. */
  private void kept() throws StoreError {
    String path = "/ringside/kept/" + domain.id();
    nodes.mkdir(path);
    nodes.permissions(path, Permissions.ownedBy(domain.id()));
  }

  private void vm() throws StoreError {
    String path = vmPath(domain.id());
    nodes.mkdir(path);
    nodes.permissions(path, Permissions.readableBy(domain.id()));
    write("vm", path);
    nodes.write(path + "/name", StoreText.bytes(domain.name()));
    nodes.write(path + "/uuid", StoreText.bytes(path.substring(path.lastIndexOf('/') + 1)));
  }

  private void console() throws StoreError {
    write("console/ring-ref", domain.params().get(HVM_PARAM_CONSOLE_PFN));
    write("console/port", domain.params().get(HVM_PARAM_CONSOLE_EVTCHN));
    write("console/limit", 1 << 20);
    write("console/type", "xenconsoled");
    write("console/output", "pty");
    write("console/tty", "");
  }

  private void write(String path, String value) throws StoreError {
    nodes.write(home + "/" + path, StoreText.bytes(value));
  }

  private void write(String path, long value) throws StoreError {
    write(path, Long.toString(value));
  }
}
