package ringside.cpu.jvm;

import java.util.ArrayList;
import java.util.List;
import ringside.cpu.Cpu;
import ringside.cpu.Cpuid;
import ringside.cpu.GuestException;
import ringside.cpu.Platform;

/** A platform without devices: logs MMIO, answers with the low bytes of a pattern. */
final class TinyBoard implements Platform {
  static final long PATTERN = 0xf7e6_d5c4_b3a2_9180L;

  final List<String> log = new ArrayList<>();

  static long answer(long gpa, int size) {
    return PATTERN + gpa & Operands.mask(size);
  }

  @Override
  public void hypercall(Cpu cpu, int number) {}

  @Override
  public long portRead(Cpu cpu, int port, int size) {
    return 0;
  }

  @Override
  public void portWrite(Cpu cpu, int port, int size, long value) {}

  @Override
  public long mmioRead(Cpu cpu, long gpa, int size) {
    log.add("read %x %d".formatted(gpa, size));
    return answer(gpa, size);
  }

  @Override
  public void mmioWrite(Cpu cpu, long gpa, int size, long value) {
    log.add("write %x %d %x".formatted(gpa, size, value));
  }

  @Override
  public Cpuid.Result cpuid(Cpu cpu, int leaf, int subleaf) {
    return Cpuid.ZERO;
  }

  @Override
  public long msrRead(Cpu cpu, int index) {
    return 0;
  }

  @Override
  public void msrWrite(Cpu cpu, int index, long value) {}

  @Override
  public long timestamp(Cpu cpu) {
    return 0;
  }

  @Override
  public boolean probe(Cpu cpu, long address) {
    return false;
  }

  @Override
  public void exceptionRaised(Cpu cpu, GuestException exception) {}
}
