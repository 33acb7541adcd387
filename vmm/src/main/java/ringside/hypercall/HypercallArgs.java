package ringside.hypercall;

import ringside.abi.Width;
import ringside.cpu.LinearMemory;
import ringside.domain.Domain;
import ringside.domain.Machine;
import ringside.domain.Vcpu;
import ringside.memory.GuestFault;
import ringside.memory.Gva;

/**
 * The arguments of one hypercall, already brought into 64 bits, and who made it. Of a 32-bit caller
 * the upper halves are zero. Inside a multicall the arguments come from its entry.
 *
 * @param number hypercall number
 * @param width layout of every structure that an argument points to
 * @param cause trace id of this call's entry event
 */
public record HypercallArgs(
    Vcpu vcpu, int number, Width width, long a1, long a2, long a3, long a4, long a5, long cause) {

  public Domain domain() {
    return vcpu.domain();
  }

  public Machine machine() {
    return vcpu.domain().machine();
  }

  /** The door for pointers. */
  public LinearMemory memory() {
    return vcpu.memory();
  }

  /** First argument as the sub-operation that most hypercalls have. */
  public int cmd() {
    return (int) a1;
  }

  public byte[] read(long pointer, int length) throws GuestFault {
    return memory().read(new Gva(pointer), length);
  }

  /** A little-endian word. */
  public int u32(long pointer) throws GuestFault {
    return memory().u32(new Gva(pointer));
  }

  public void write(long pointer, byte[] bytes) throws GuestFault {
    memory().write(new Gva(pointer), bytes);
  }

  HypercallArgs withCause(long id) {
    return new HypercallArgs(vcpu, number, width, a1, a2, a3, a4, a5, id);
  }
}
