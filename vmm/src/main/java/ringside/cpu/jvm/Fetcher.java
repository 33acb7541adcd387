package ringside.cpu.jvm;

import java.util.Arrays;
import ringside.cpu.x86.Decoder;
import ringside.memory.Gpa;
import ringside.memory.GuestFault;

/**
 * Bytes of code at a linear address. A page is translated when its first byte is wanted, so that an
 * instruction faults on exactly the pages that it touches. Where no memory is, the bus answers FF.
 */
final class Fetcher implements Decoder.Source {
  private final Core core;
  private final long start;
  private long from;
  private long page = -1;
  private final byte[] bytes = new byte[Gpa.PAGE_SIZE];

  Fetcher(Core core, long start) {
    this.core = core;
    this.start = start;
  }

  /** The same source, beginning so many bytes behind the start. */
  Fetcher at(int offset) {
    from = start + offset;
    return this;
  }

  /** True when an instruction there may go over the end of the page of the start. */
  boolean mayCross(int offset) {
    return (start & Gpa.PAGE_SIZE - 1) + offset + Decoder.LONGEST > Gpa.PAGE_SIZE;
  }

  /** The bytes from the start on, in its page, from which so far has been decoded. */
  byte[] first(int count) {
    int offset = (int) start & Gpa.PAGE_SIZE - 1;
    return Arrays.copyOfRange(bytes, offset, offset + count);
  }

  @Override
  public int byteAt(int index) {
    long linear = from + index;
    if (!core.long64()) {
      linear &= 0xffff_ffffL;
    }
    if (linear >>> Gpa.PAGE_SHIFT != page) {
      turnTo(linear);
    }
    return bytes[(int) linear & Gpa.PAGE_SIZE - 1] & 0xff;
  }

  private void turnTo(long linear) {
    Gpa gpa = new Gpa(core.mmu.fetch(linear & -Gpa.PAGE_SIZE | linear & Gpa.PAGE_SIZE - 1));
    try {
      core.space.read(Gpa.ofGfn(gpa.gfn()), bytes, 0, Gpa.PAGE_SIZE);
    } catch (GuestFault e) {
      Arrays.fill(bytes, (byte) 0xff); // no memory there: the bus answers all ones
    }
    page = linear >>> Gpa.PAGE_SHIFT;
  }
}
