package ringside.domain;

import static ringside.abi.gen.MemoryAbi.XEN_HVM_MEMMAP_TYPE_RAM;
import static ringside.abi.gen.MemoryAbi.XEN_HVM_MEMMAP_TYPE_RESERVED;

import com.google.common.collect.ImmutableList;

/**
 * Where a domain's guest-physical addresses lie. RAM starts at 0 and goes up to the hole below 4
 * GiB; the rest follows at 4 GiB. In the hole are, from the top: the local APIC, the special pages
 * (store, console), the reserved place of the grant table frames.
 */
public final class MemoryMap {
  /** End of low RAM at most, in bytes: xen's HVM_BELOW_4G_RAM_END. */
  static final long LOW_RAM_LIMIT = 0xf000_0000L;

  static final long HIGH_RAM_START = 0x1_0000_0000L;
  public static final long GRANT_GFN = 0xfe000;
  public static final long STORE_GFN = 0xfeffc;
  public static final long CONSOLE_GFN = 0xfeffd;

  /**
   * One line of the e820 map.
   *
   * @param type XEN_HVM_MEMMAP_TYPE_*
   */
  public record Range(long start, long size, int type) {}

  private final ImmutableList<Range> ranges;
  private final long lowRam;
  private final long highRam;

  MemoryMap(int memoryMib, int grantFrames) {
    long bytes = (long) memoryMib << 20;
    lowRam = Math.min(bytes, LOW_RAM_LIMIT);
    highRam = bytes - lowRam;
    ImmutableList.Builder<Range> builder = ImmutableList.builder();
    builder.add(new Range(0, lowRam, XEN_HVM_MEMMAP_TYPE_RAM));
    builder.add(new Range(GRANT_GFN << 12, (long) grantFrames << 12, XEN_HVM_MEMMAP_TYPE_RESERVED));
    builder.add(new Range(STORE_GFN << 12, 2 << 12, XEN_HVM_MEMMAP_TYPE_RESERVED));
    if (highRam > 0) {
      builder.add(new Range(HIGH_RAM_START, highRam, XEN_HVM_MEMMAP_TYPE_RAM));
    }
    ranges = builder.build();
  }

  public ImmutableList<Range> ranges() {
    return ranges;
  }

  /** Bytes of RAM from address 0 on. */
  public long lowRam() {
    return lowRam;
  }

  /** Bytes of RAM from 4 GiB on. */
  public long highRam() {
    return highRam;
  }

  /** First gfn reserved for the grant table's frames, in which they appear from the start. */
  public long grantGfn() {
    return GRANT_GFN;
  }
}
