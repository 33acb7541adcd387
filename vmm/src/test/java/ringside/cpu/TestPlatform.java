package ringside.cpu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongPredicate;

/** Writes down what leaves the processor and answers with what the test has laid ready. */
class TestPlatform implements Platform {
  final List<String> log = new ArrayList<>();
  final List<GuestException> exceptions = new ArrayList<>();
  final Map<Integer, Long> msrs = new HashMap<>();
  long answer;
  BiConsumer<Cpu, Integer> onHypercall = (cpu, number) -> cpu.set(Register.RAX, number * 2L);
  Runnable onPortWrite = () -> {};
  LongPredicate onProbe = address -> false;

  @Override
  public void hypercall(Cpu cpu, int number) {
    log.add("hypercall " + number);
    onHypercall.accept(cpu, number);
  }

  @Override
  public long portRead(Cpu cpu, int port, int size) {
    log.add("in %x %d".formatted(port, size));
    return answer;
  }

  @Override
  public void portWrite(Cpu cpu, int port, int size, long value) {
    log.add("out %x %d %x".formatted(port, size, value));
    onPortWrite.run();
  }

  @Override
  public long mmioRead(Cpu cpu, long gpa, int size) {
    log.add("read %x %d".formatted(gpa, size));
    return answer;
  }

  @Override
  public void mmioWrite(Cpu cpu, long gpa, int size, long value) {
    log.add("write %x %d %x".formatted(gpa, size, value));
  }

  @Override
  public Cpuid.Result cpuid(Cpu cpu, int leaf, int subleaf) {
    log.add("cpuid %x %x".formatted(leaf, subleaf));
    return new Cpuid.Result(leaf + 1, -2, subleaf + 3, 4);
  }

  @Override
  public long msrRead(Cpu cpu, int index) throws GeneralProtection {
    Long value = msrs.get(index);
    if (value == null) {
      throw new GeneralProtection("no MSR " + index);
    }
    return value;
  }

  @Override
  public void msrWrite(Cpu cpu, int index, long value) throws GeneralProtection {
    if (!msrs.containsKey(index)) {
      throw new GeneralProtection("no MSR " + index);
    }
    msrs.put(index, value);
  }

  /** A tick a nanosecond, so that a test can see which ticks were counted. */
  @Override
  public long timestamp(Cpu cpu) {
    return 0x1_0000_0000L + cpu.ticks();
  }

  @Override
  public boolean probe(Cpu cpu, long address) {
    log.add("probe %x".formatted(address));
    return onProbe.test(address);
  }

  @Override
  public void exceptionRaised(Cpu cpu, GuestException exception) {
    exceptions.add(exception);
  }
}
