package ringside.cli.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import ringside.cli.UserError;
import ringside.cli.system.DeviceDescription;
import ringside.cli.system.NvmeDescription;
import ringside.cli.system.SystemDescription;
import ringside.device.DebugConsole;
import ringside.device.DebugExit;
import ringside.device.disk.Disk;
import ringside.device.disk.FileDisk;
import ringside.device.disk.MemoryDisk;
import ringside.device.disk.WriteCache;
import ringside.device.nvme.Namespace;
import ringside.device.pci.NvmePassThrough;
import ringside.domain.Domain;
import ringside.memory.Copies;

/**
 * The devices of a system that runs. Those that outlive their domains are made once; a domain that
 * is rebuilt gets them again.
 *
 * <p>Invariant: all disks are open from the start, so that what is wrong with a file is said before
 * anything runs.
 */
final class SystemDevices implements AutoCloseable {
  private final SystemDescription system;
  private final RunHooks hooks;
  private final Copies copies;
  private final Map<DeviceDescription, List<Namespace>> disks = new HashMap<>();
  private final Map<DeviceDescription, NvmePassThrough> controllers = new HashMap<>();

  SystemDevices(SystemDescription system, RunHooks hooks, Copies copies) {
    this.system = system;
    this.hooks = hooks;
    this.copies = copies;
    for (DeviceDescription device : system.devices()) {
      if (device.nvme().isPresent()) {
        disks.put(device, namespaces(device, device.nvme().get()));
      }
    }
  }

  private List<Namespace> namespaces(DeviceDescription device, NvmeDescription nvme) {
    List<Namespace> namespaces = new ArrayList<>();
    for (Optional<Path> file : nvme.files()) {
      int nsid = namespaces.size() + 1;
      Disk disk = hooks.plug(number(device), nsid, disk(nvme, file));
      long uid = (long) nvme.serial().hashCode() << 32 | (long) device.domid() << 8 | nsid;
      namespaces.add(new Namespace(nsid, disk, nvme.blockBytes(), uid));
    }
    return namespaces;
  }

  private int number(DeviceDescription device) {
    return system.devices().indexOf(device) + 1;
  }

  private Disk disk(NvmeDescription nvme, Optional<Path> file) {
    try {
      int block = nvme.blockBytes();
      if (file.isPresent()) {
        Disk disk = FileDisk.openOrCreate(file.get(), nvme.bytes());
        return nvme.writeCache()
            ? new WriteCache(disk, block, block, WriteCache.DEFAULT_CAPACITY)
            : disk;
      }
      Disk disk = new MemoryDisk(nvme.bytes(), copies);
      return nvme.writeCache()
          ? new WriteCache(disk, block, block, WriteCache.DEFAULT_CAPACITY, copies)
          : disk;
    } catch (IOException e) {
      throw new UserError(e.getMessage(), "see size and file of the device");
    }
  }

  /** Plugs in what the description gives the domain, before it runs. */
  void attach(Domain domain) {
    for (DeviceDescription device : system.devices()) {
      if (device.domid() == domain.id()) {
        attach(device, domain);
      }
    }
  }

  private void attach(DeviceDescription device, Domain domain) {
    switch (device.kind()) {
      case DEBUGCON -> new DebugConsole(domain).attach(device.port());
      case DEBUG_EXIT -> new DebugExit(domain).attach(device.port());
      case NVME ->
          controllers
              .computeIfAbsent(device, d -> controller(d, d.nvme().orElseThrow(), domain))
              .assign(domain);
    }
  }

  private NvmePassThrough controller(
      DeviceDescription device, NvmeDescription nvme, Domain domain) {
    SplittableRandom random = new SplittableRandom(system.seed() + device.domid());
    return new NvmePassThrough(
        domain.machine(),
        nvme.serial(),
        nvme.storageClass().model(random),
        disks.get(device),
        copies);
  }

  /** Shows every disk. */
  void show() {
    for (DeviceDescription device : system.devices()) {
      for (Namespace namespace : disks.getOrDefault(device, List.of())) {
        try {
          hooks.disk(number(device), namespace.nsid(), namespace.disk());
        } catch (IOException e) {
          throw new UserError("a disk cannot be read: " + e.getMessage());
        }
      }
    }
  }

  /** What the disks hold is in their files afterwards, as after a shutdown in order. */
  @Override
  public void close() {
    List<String> failures = new ArrayList<>();
    for (List<Namespace> namespaces : disks.values()) {
      for (Namespace namespace : namespaces) {
        try (Disk disk = namespace.disk()) {
          disk.flush();
        } catch (IOException e) {
          failures.add(e.getMessage());
        }
      }
    }
    if (!failures.isEmpty()) {
      throw new UserError("disks could not be written to their end: " + failures);
    }
  }
}
