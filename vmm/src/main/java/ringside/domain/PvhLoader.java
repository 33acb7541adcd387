package ringside.domain;

import static ringside.abi.gen.StartInfoAbi.XEN_HVM_START_MAGIC_VALUE;

import java.nio.charset.StandardCharsets;
import ringside.abi.Width;
import ringside.abi.gen.HvmMemmapTableEntry;
import ringside.abi.gen.HvmStartInfo;
import ringside.cpu.InitialState;
import ringside.memory.Gpa;
import ringside.memory.GuestFault;
import ringside.memory.GuestSpace;

/**
 * Puts an image into a domain's memory and builds what the PVH boot protocol promises (Xen,
 * docs/misc/pvh.pandoc; public/arch-x86/hvm/start_info.h).
 *
 * <p>Segments go to their physical addresses. Start info, command line and memory map go to the top
 * of low RAM, below 1 GiB: some guests use the frames right behind their image, or the first
 * megabyte, before they read them.
 */
final class PvhLoader {
  private static final int START_INFO_SIZE = HvmStartInfo.size(Width.W64);
  private static final int ENTRY_SIZE = HvmMemmapTableEntry.size(Width.W64);
  private static final long BOOT_DATA_LIMIT = 1L << 30;

  private final Domain domain;
  private final ElfImage image;

  PvhLoader(Domain domain) {
    this.domain = domain;
    this.image = domain.config().kernel();
  }

  /** Loads; the domain's RAM is already there. */
  InitialState load() throws ImageException {
    long entry =
        image
            .pvhEntry()
            .orElseThrow(
                () ->
                    new ImageException(
                        image.name(),
                        "no XEN_ELFNOTE_PHYS32_ENTRY note (18, owner Xen): the image is not"
                            + " bootable as a PVH guest"));
    try {
      loadSegments();
      return InitialState.pvh(entry, writeBootData());
    } catch (GuestFault e) {
      throw new ImageException(image.name(), "does not fit into the domain: " + e.getMessage());
    }
  }

  private void loadSegments() throws ImageException, GuestFault {
    long limit = domain.memoryMap().lowRam() - bootDataSize();
    for (ElfImage.Segment segment : image.segments()) {
      long start = segment.physical();
      if (start < 0 || start > limit || segment.memorySize() > limit - start) {
        throw new ImageException(
            image.name(),
            "segment at physical 0x%x of %d bytes does not fit into %d MiB of memory; give more"
                .formatted(start, segment.memorySize(), domain.config().memoryMib()));
      }
      GuestSpace space = domain.space();
      space.write(new Gpa(start), segment.data());
      long rest = segment.memorySize() - segment.data().length;
      space.fill(new Gpa(start + segment.data().length), rest, 0);
    }
  }

  private byte[] cmdline() {
    return (domain.config().cmdline() + "\0").getBytes(StandardCharsets.UTF_8);
  }

  private long bootDataSize() {
    int bytes =
        START_INFO_SIZE + domain.memoryMap().ranges().size() * ENTRY_SIZE + cmdline().length;
    return bytes + Gpa.PAGE_SIZE - 1 & -Gpa.PAGE_SIZE;
  }

  /** Writes start info, map and command line; returns the start info's address. */
  private long writeBootData() throws GuestFault {
    long top = Math.min(domain.memoryMap().lowRam(), BOOT_DATA_LIMIT);
    long base = top - bootDataSize();
    int count = domain.memoryMap().ranges().size();
    byte[] data = new byte[(int) bootDataSize()];
    int mapAt = START_INFO_SIZE;
    int cmdlineAt = mapAt + count * ENTRY_SIZE;
    HvmStartInfo info = HvmStartInfo.of(data, Width.W64);
    info.magic(XEN_HVM_START_MAGIC_VALUE);
    info.version(1);
    info.cmdlinePaddr(base + cmdlineAt);
    info.memmapPaddr(base + mapAt);
    info.memmapEntries(count);
    for (int i = 0; i < count; i++) {
      MemoryMap.Range range = domain.memoryMap().ranges().get(i);
      var entry = HvmMemmapTableEntry.of(data, mapAt + i * ENTRY_SIZE, Width.W64);
      entry.addr(range.start());
      entry.size(range.size());
      entry.type(range.type());
    }
    byte[] cmdline = cmdline();
    System.arraycopy(cmdline, 0, data, cmdlineAt, cmdline.length);
    domain.space().write(new Gpa(base), data);
    return base;
  }
}
