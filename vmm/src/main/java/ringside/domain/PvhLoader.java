package ringside.domain;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
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
  private static final int START_INFO_SIZE = 0x38;
  private static final int MAGIC = 0x336ec578;
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
    int bytes = START_INFO_SIZE + domain.memoryMap().ranges().size() * 0x18 + cmdline().length;
    return bytes + Gpa.PAGE_SIZE - 1 & -Gpa.PAGE_SIZE;
  }

  /** Writes start info, map and command line; returns the start info's address. */
  private long writeBootData() throws GuestFault {
    long top = Math.min(domain.memoryMap().lowRam(), BOOT_DATA_LIMIT);
    long base = top - bootDataSize();
    int count = domain.memoryMap().ranges().size();
    ByteBuffer data = ByteBuffer.allocate((int) bootDataSize()).order(ByteOrder.LITTLE_ENDIAN);
    long mapAt = base + START_INFO_SIZE;
    long cmdlineAt = mapAt + count * 0x18L;
    data.putInt(MAGIC).putInt(1).putInt(0).putInt(0).putLong(0).putLong(cmdlineAt).putLong(0);
    data.putLong(mapAt).putInt(count).putInt(0);
    for (MemoryMap.Range range : domain.memoryMap().ranges()) {
      data.putLong(range.start()).putLong(range.size()).putInt(range.type()).putInt(0);
    }
    data.put(cmdline());
    domain.space().write(new Gpa(base), data.array());
    return base;
  }
}
