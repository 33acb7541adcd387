package ringside.cpu.lockstep;

import ringside.cpu.Cpu;
import ringside.cpu.GeneralProtection;
import ringside.cpu.GuestException;
import ringside.cpu.Platform;

/**
 * One call of a processor to its board. What the three numbers are follows from the kind; equal
 * calls are equal records.
 */
record Call(Kind kind, long first, long second, long third) {
  /** Which method of {@link Platform}. */
  enum Kind {
    HYPERCALL,
    PORT_READ,
    PORT_WRITE,
    MMIO_READ,
    MMIO_WRITE,
    CPUID,
    MSR_READ,
    MSR_WRITE,
    TIMESTAMP,
    PROBE,
    EXCEPTION
  }

  static Call of(GuestException e) {
    long code = (long) e.vector() << 32 | e.errorCode() & 0xffff_ffffL;
    return new Call(Kind.EXCEPTION, code, e.rip(), e.address());
  }

  /** True for the exception with this vector. */
  boolean raises(int vector) {
    return kind == Kind.EXCEPTION && first >>> 32 == vector;
  }

  /** True for an exception that is raised there. */
  boolean at(long rip) {
    return kind == Kind.EXCEPTION && second == rip;
  }

  /** An exception with more bits in its error code; itself where it is none. */
  Call withError(int bits) {
    return kind == Kind.EXCEPTION ? new Call(kind, first | bits, second, third) : this;
  }

  private GuestException exception() {
    return new GuestException((int) (first >> 32), (int) first, second, third);
  }

  /**
   * Makes the call.
   *
   * @return what the method returns, null for void
   */
  Object make(Platform board, Cpu cpu) throws GeneralProtection {
    int index = (int) first;
    int size = (int) second;
    switch (kind) {
      case PORT_READ -> {
        return board.portRead(cpu, index, size);
      }
      case MMIO_READ -> {
        return board.mmioRead(cpu, first, size);
      }
      case CPUID -> {
        return board.cpuid(cpu, index, (int) second);
      }
      case MSR_READ -> {
        return board.msrRead(cpu, index);
      }
      case TIMESTAMP -> {
        return board.timestamp(cpu);
      }
      case PROBE -> {
        return board.probe(cpu, first);
      }
      case HYPERCALL -> board.hypercall(cpu, index);
      case PORT_WRITE -> board.portWrite(cpu, index, size, third);
      case MMIO_WRITE -> board.mmioWrite(cpu, first, size, third);
      case MSR_WRITE -> board.msrWrite(cpu, index, third);
      case EXCEPTION -> board.exceptionRaised(cpu, exception());
    }
    return null;
  }

  /** An answer for a processor that only has to come to its end. */
  Object nothing() {
    return switch (kind) {
      case PORT_READ, MMIO_READ, MSR_READ, TIMESTAMP -> 0L;
      case CPUID -> ringside.cpu.Cpuid.ZERO;
      case PROBE -> false;
      default -> null;
    };
  }

  /** The lower or upper half of an access to MMIO of 8 bytes, which an engine may split. */
  Call half(boolean upper) {
    long value = upper ? third >>> 32 : third & 0xffff_ffffL;
    return new Call(kind, upper ? first + 4 : first, 4, kind == Kind.MMIO_WRITE ? value : 0);
  }

  boolean splits() {
    return (kind == Kind.MMIO_READ || kind == Kind.MMIO_WRITE) && second == 8;
  }

  @Override
  public String toString() {
    return kind == Kind.EXCEPTION
        ? exception().toString()
        : "%s(0x%x, 0x%x, 0x%x)".formatted(kind, first, second, third);
  }
}
