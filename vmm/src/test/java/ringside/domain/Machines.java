package ringside.domain;

import com.google.common.collect.ImmutableList;
import java.nio.charset.StandardCharsets;
import ringside.trace.Tracer;

/** Machines and domains for tests that need no guest code. */
public final class Machines {
  /** An image of one page at 1 MiB whose entry is its start. */
  public static final ElfImage IMAGE =
      new ElfImage(
          "test.elf",
          64,
          62,
          0,
          ImmutableList.of(new ElfImage.Segment(0x10_0000, 0x10_0000, 4096, 5, new byte[16])),
          ImmutableList.of(new ElfImage.Note("Xen", 18, new byte[] {0, 0, 0x10, 0})),
          ImmutableList.of(),
          ImmutableList.of());

  /** Keeps what guests print. */
  public static final class Heard implements MachineListener {
    public final StringBuilder console = new StringBuilder();
    public final StringBuilder notices = new StringBuilder();

    @Override
    public void consoleOutput(Domain domain, byte[] bytes) {
      console.append(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void notice(Domain domain, String what) {
      notices.append(domain.id()).append(": ").append(what).append('\n');
    }
  }

  private Machines() {}

  public static Machine machine(FakeEngine engine) {
    return machine(engine, new Heard());
  }

  public static Machine machine(FakeEngine engine, MachineListener listener) {
    return new Machine(engine, 1L << 30, Tracer.OFF, listener);
  }

  public static Domain domain(Machine machine, String name) {
    return domain(machine, DomainConfig.of(name, IMAGE));
  }

  public static Domain domain(Machine machine, DomainConfig config) {
    try {
      return machine.create(config);
    } catch (ImageException e) {
      throw new AssertionError(e);
    }
  }

  public static FakeEngine.FakeCpu cpu(Domain domain) {
    return (FakeEngine.FakeCpu) domain.vcpu(0).cpu();
  }
}
