package ringside.cpu.lockstep;

import ringside.cpu.Cpu;
import ringside.cpu.Cpuid;
import ringside.cpu.GeneralProtection;
import ringside.cpu.GuestException;
import ringside.cpu.Platform;
import ringside.cpu.lockstep.Call.Kind;

/** A board that turns every call into a {@link Call}, for one of the two processors. */
final class Board implements Platform {
  /** Answers a call with what its method returns. */
  @FunctionalInterface
  interface Answers {
    Object to(Call call) throws GeneralProtection;
  }

  private final Answers answers;

  Board(Answers answers) {
    this.answers = answers;
  }

  private Object ask(Kind kind, long first, long second, long third) {
    return ask(new Call(kind, first, second, third));
  }

  private Object ask(Call call) {
    try {
      return answers.to(call);
    } catch (GeneralProtection e) {
      throw new AssertionError("no MSR: " + call, e);
    }
  }

  @Override
  public void hypercall(Cpu cpu, int number) {
    ask(Kind.HYPERCALL, number, 0, 0);
  }

  @Override
  public long portRead(Cpu cpu, int port, int size) {
    return (long) ask(Kind.PORT_READ, port, size, 0);
  }

  @Override
  public void portWrite(Cpu cpu, int port, int size, long value) {
    ask(Kind.PORT_WRITE, port, size, value);
  }

  @Override
  public long mmioRead(Cpu cpu, long gpa, int size) {
    return (long) ask(Kind.MMIO_READ, gpa, size, 0);
  }

  @Override
  public void mmioWrite(Cpu cpu, long gpa, int size, long value) {
    ask(Kind.MMIO_WRITE, gpa, size, value);
  }

  @Override
  public Cpuid.Result cpuid(Cpu cpu, int leaf, int subleaf) {
    return (Cpuid.Result) ask(Kind.CPUID, leaf, subleaf, 0);
  }

  @Override
  public long msrRead(Cpu cpu, int index) throws GeneralProtection {
    return (long) answers.to(new Call(Kind.MSR_READ, index, 0, 0));
  }

  @Override
  public void msrWrite(Cpu cpu, int index, long value) throws GeneralProtection {
    answers.to(new Call(Kind.MSR_WRITE, index, 0, value));
  }

  @Override
  public long timestamp(Cpu cpu) {
    return (long) ask(Kind.TIMESTAMP, 0, 0, 0);
  }

  @Override
  public boolean probe(Cpu cpu, long address) {
    return (boolean) ask(Kind.PROBE, address, 0, 0);
  }

  @Override
  public void exceptionRaised(Cpu cpu, GuestException exception) {
    ask(Call.of(exception));
  }
}
