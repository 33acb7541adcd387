package ringside.domain;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import ringside.abi.Snapshot;
import ringside.hypercall.Hypercall;
import ringside.memory.Gpa;
import ringside.memory.GuestFault;

/** A domain as its guest sees it, without guest code: memory, and hypercalls to their end. */
public class Guest {
  /** Where argument structures go, and lists behind them. */
  public static final long ARGUMENT = 0x20_0000;

  public static final long LIST = 0x21_0000;

  private final Domain domain;
  private int steps;

  public Guest(Machine machine, String name) {
    this(Machines.domain(machine, name));
  }

  public Guest(Domain domain) {
    this.domain = domain;
  }

  public Domain domain() {
    return domain;
  }

  public int id() {
    return domain.id();
  }

  /** How many further goes the last hypercall took. */
  public int steps() {
    return steps;
  }

  /** Makes a hypercall with a structure behind the second argument, which comes back changed. */
  public long call(int number, int cmd, Snapshot argument, long... more) {
    write(ARGUMENT, argument.bytes());
    long[] args = new long[2 + more.length];
    args[0] = cmd;
    args[1] = ARGUMENT;
    System.arraycopy(more, 0, args, 2, more.length);
    long result = call(number, args);
    byte[] back = read(ARGUMENT, argument.bytes().length);
    System.arraycopy(back, 0, argument.bytes(), 0, back.length);
    return result;
  }

  public long call(int number, long... args) {
    long result = Machines.cpu(domain).hypercall(number, args);
    Vcpu vcpu = domain.vcpu(0);
    for (steps = 0; vcpu.continuation() != null; steps++) {
      result = vcpu.continuation().resume();
      if (result != Hypercall.UNFINISHED) {
        vcpu.continuation(null);
      }
    }
    return result;
  }

  public void write(long gpa, byte[] bytes) {
    try {
      domain.space().write(new Gpa(gpa), bytes);
    } catch (GuestFault e) {
      throw new AssertionError(e);
    }
  }

  public byte[] read(long gpa, int length) {
    try {
      return domain.space().read(new Gpa(gpa), length);
    } catch (GuestFault e) {
      throw new AssertionError(e);
    }
  }

  public void u32(long gpa, int value) {
    write(gpa, ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  public int u32(long gpa) {
    return ByteBuffer.wrap(read(gpa, 4)).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  /** Writes 64-bit words one after the other. */
  public void words(long gpa, long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      bytes.putLong(value);
    }
    write(gpa, bytes.array());
  }
}
