package ringside.cpu;

import com.google.common.primitives.Ints;
import ringside.memory.Gpa;
import ringside.memory.GuestFault;
import ringside.memory.GuestSpace;
import ringside.memory.Gva;

/**
 * The one checked door for guest linear addresses: hypercall arguments, IDT, stacks. Every page is
 * translated with supervisor rights, as the vCPU has it cached or else through its tables, and
 * checked before it is touched; a copy that fails in the middle has copied the pages before.
 */
public final class LinearMemory {
  private final Cpu cpu;
  private final GuestSpace space;

  public LinearMemory(Cpu cpu, GuestSpace space) {
    this.cpu = cpu;
    this.space = space;
  }

  public byte[] read(Gva address, int length) throws GuestFault {
    byte[] bytes = new byte[length];
    read(address, bytes, 0, length);
    return bytes;
  }

  public void read(Gva address, byte[] into, int offset, int length) throws GuestFault {
    for (int done = 0; done < length; ) {
      Gpa gpa = translate(address.value() + done, false, length - done);
      int part = Math.min(length - done, Gpa.PAGE_SIZE - gpa.offset());
      space.read(gpa, into, offset + done, part);
      done += part;
    }
  }

  /** A little-endian word. */
  public int u32(Gva address) throws GuestFault {
    if (address.value() % Integer.BYTES == 0) {
      return space.u32(translate(address.value(), false, Integer.BYTES));
    }
    byte[] bytes = read(address, Integer.BYTES); // it may cross a page
    return Ints.fromBytes(bytes[3], bytes[2], bytes[1], bytes[0]);
  }

  public void write(Gva address, byte[] from) throws GuestFault {
    write(address, from, 0, from.length);
  }

  public void write(Gva address, byte[] from, int offset, int length) throws GuestFault {
    for (int done = 0; done < length; ) {
      Gpa gpa = translate(address.value() + done, true, length - done);
      int part = Math.min(length - done, Gpa.PAGE_SIZE - gpa.offset());
      space.write(gpa, from, offset + done, part);
      done += part;
    }
  }

  /** The guest-physical address behind one linear address. */
  public Gpa translate(long address, boolean write, long length) throws GuestFault {
    long cached = cpu.cached(address, write);
    if (cached >= 0) {
      return new Gpa(cached);
    }
    PageWalk.Result walk = PageWalk.walk(cpu, space, mask(address), write, false, false);
    if (!walk.ok()) {
      throw new GuestFault(
          write ? "linear address not writable:" : "linear address not mapped:", address, length);
    }
    return new Gpa(walk.gpa());
  }

  /** Outside 64-bit code linear addresses wrap at 4 GiB. */
  private long mask(long address) {
    return cpu.longMode() ? address : address & 0xffff_ffffL;
  }
}
