package ringside.cli.compare;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.List;
import ringside.cpu.Cpu;
import ringside.cpu.Cpuid;
import ringside.cpu.Engine;
import ringside.cpu.Exit;
import ringside.cpu.GeneralProtection;
import ringside.cpu.GuestException;
import ringside.cpu.InitialState;
import ringside.cpu.Platform;
import ringside.cpu.Register;
import ringside.cpu.Segment;
import ringside.memory.Gpa;
import ringside.memory.GuestFault;
import ringside.memory.GuestSpace;
import ringside.memory.MachineMemory;

/**
 * A CPU engine on a small board: sequences run in ring 3 of 64-bit mode, and each exception leads
 * to a handler on a stack of its own that stores the vector state and halts.
 */
final class EngineJudge implements Judge {
  private static final long SYSTEM = 0x0123_0000L;
  private static final long GDT = SYSTEM;
  private static final long TSS = SYSTEM + 0x800;
  private static final long IDT = SYSTEM + 0x1000;
  private static final long HANDLERS = SYSTEM + 0x2000;
  private static final long IST_END = SYSTEM + 0x5000;
  private static final long FRAME = SYSTEM + 0x5000;
  private static final long FX_IN = SYSTEM + 0x5200;
  private static final long FX_OUT = SYSTEM + 0x5400;
  private static final long STUB = SYSTEM + 0x6000;
  private static final long TABLES = SYSTEM + 0x10000;
  private static final int SYSTEM_PAGES = 0x48;
  private static final int TABLES_OF_PAGES = 32;

  private static final long[] DESCRIPTORS = {
    0,
    0x00af_9b00_0000_ffffL,
    0x00cf_9300_0000_ffffL,
    0x00af_fb00_0000_ffffL,
    0x00cf_f300_0000_ffffL,
    0x0000_8b00_0000_0067L | (TSS & 0xff_ffff) << 16 | TSS >>> 24 << 56,
    0,
  };
  private static final int CODE0 = 0x08;
  private static final int DATA0 = 0x10;
  private static final int CODE3 = 0x1b;
  private static final int DATA3 = 0x23;
  private static final int TSS_SELECTOR = 0x28;

  private static final long CR0 = 0x8001_0033L;
  private static final long CR4 = 0x620; // PAE, OSFXSR, OSXMMEXCPT
  private static final long EFER = 0xd01;
  private static final int PRESENT = 1;
  private static final int WRITABLE = 2;
  private static final int USER = 4;
  private static final int BUDGET = 400_000;

  private final String name;
  private final Engine engine;
  private final int rounds;
  private final boolean integerOnly;
  private final long elsewhere;
  private final MachineMemory machine = new MachineMemory(32L << 20);
  private final GuestSpace space = new GuestSpace(machine);
  private final Cpu cpu;
  private final Register[] registers = Register.values();

  /** Slots whose code may be in the engine's caches. */
  private final BitSet used = new BitSet();

  /**
   * @param rounds how often the first order of some code is run; the last one counts
   * @param integerOnly asked about these only, and neither about ticks of repeated instructions nor
   *     about error codes of page faults, nor which of two pages is at fault: Unicorn reads before
   *     it writes
   * @param elsewhere what is added to linear addresses of data to get physical ones; not 0 for
   *     memory that is not linear
   */
  EngineJudge(String name, Engine engine, int rounds, long elsewhere, boolean integerOnly) {
    this.integerOnly = integerOnly;
    this.name = name;
    this.engine = engine;
    this.rounds = rounds;
    this.elsewhere = elsewhere;
    populate(SYSTEM, SYSTEM_PAGES);
    populate(Layout.CODE, Layout.CODE_SIZE / Layout.PAGE);
    populate(Layout.DATA + elsewhere, 3);
    populate(Layout.STACK + elsewhere, 1);
    board();
    tables();
    Segment code = new Segment(CODE0, 0, 0xffff_ffffL, Segment.CODE_64);
    Segment data = new Segment(DATA0, 0, 0xffff_ffffL, Segment.DATA_32);
    Segment tss = new Segment(TSS_SELECTOR, TSS, 0x67, Segment.TSS_32_BUSY);
    cpu =
        engine.newCpu(
            space,
            new Nothing(),
            new InitialState(
                true, new long[8], STUB, 2, CR0, TABLES, CR4, EFER, code, data, data, data, tss));
    cpu.set(Register.GDTR_BASE, GDT);
    cpu.set(Register.GDTR_LIMIT, 8 * DESCRIPTORS.length - 1);
    cpu.set(Register.IDTR_BASE, IDT);
    cpu.set(Register.IDTR_LIMIT, 0xfff);
  }

  private void populate(long address, int pages) {
    if (!space.populate(address >>> 12, pages)) {
      throw new IllegalStateException("no memory for the board");
    }
  }

  private void board() {
    for (int i = 0; i < DESCRIPTORS.length; i++) {
      u64(GDT + 8L * i, DESCRIPTORS[i]);
    }
    u64(TSS + 36, IST_END);
    for (int vector = 0; vector < 256; vector++) {
      long at = HANDLERS + 16L * vector;
      write(at, absolute(0x04, FX_OUT)); // fxsave64 [FX_OUT]; hlt
      long low = at & 0xffff | (long) CODE0 << 16 | 1L << 32 | 0xeeL << 40;
      u64(IDT + 16L * vector, low | (at >>> 16 & 0xffff) << 48);
      u64(IDT + 16L * vector + 8, at >>> 32);
    }
    write(STUB, absolute(0x0c, FX_IN)); // fxrstor64 [FX_IN]
    write(STUB + 9, new byte[] {0x48, (byte) 0xcf}); // iretq
    u64(FRAME + 8, CODE3);
    u64(FRAME + 32, DATA3);
  }

  /** REX.W 0F AE with an absolute address, and HLT. */
  private static byte[] absolute(int modrm, long address) {
    ByteBuffer code = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
    code.put(new byte[] {0x48, 0x0f, (byte) 0xae, (byte) modrm, 0x25});
    return code.putInt((int) address).put((byte) 0xf4).array();
  }

  private void tables() {
    u64(TABLES, TABLES + 0x1000 | 7);
    u64(TABLES + 0x1000, TABLES + 0x2000 | 7);
    for (int i = 0; i < TABLES_OF_PAGES; i++) {
      u64(TABLES + 0x2000 + 8L * i, TABLES + 0x3000 + 0x1000L * i | 7);
    }
    for (int i = 0; i < SYSTEM_PAGES; i++) {
      entry(SYSTEM + 0x1000L * i, 0, PRESENT | WRITABLE);
    }
    for (int i = 0; i < Layout.CODE_SIZE / Layout.PAGE; i++) {
      entry(Layout.CODE + 0x1000L * i, 0, PRESENT | WRITABLE | USER);
    }
    entry(Layout.DATA, elsewhere, PRESENT | WRITABLE | USER);
    entry(Layout.DATA + 0x1000, elsewhere, PRESENT | WRITABLE | USER);
    entry(Layout.DATA + 0x2000, elsewhere, PRESENT | USER);
    entry(Layout.STACK, elsewhere, PRESENT | WRITABLE | USER);
  }

  private void entry(long linear, long offset, int bits) {
    u64(TABLES + 0x3000 + 8 * (linear >>> 12), linear + offset | bits);
  }

  private void u64(long gpa, long value) {
    try {
      space.u64(new Gpa(gpa), value);
    } catch (GuestFault e) {
      throw new AssertionError(e);
    }
  }

  private long u64(long gpa) {
    try {
      return space.u64(new Gpa(gpa));
    } catch (GuestFault e) {
      throw new AssertionError(e);
    }
  }

  private void write(long gpa, byte[] bytes, int offset, int length) {
    try {
      space.write(new Gpa(gpa), bytes, offset, length);
    } catch (GuestFault e) {
      throw new AssertionError(e);
    }
  }

  private void write(long gpa, byte[] bytes) {
    write(gpa, bytes, 0, bytes.length);
  }

  private void read(long gpa, byte[] into, int offset, int length) {
    try {
      space.read(new Gpa(gpa), into, offset, length);
    } catch (GuestFault e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean knows(Sequence sequence) {
    return !integerOnly || sequence.integerOnly();
  }

  @Override
  public List<Verdict> run(List<Order> orders) {
    Order first = orders.getFirst();
    int slot = (int) (first.address() - Layout.CODE) / Layout.SLOT;
    if (used.get(slot)) {
      cpu.flush();
      used.clear();
    }
    used.set(slot);
    write(first.address(), first.code());
    for (int round = 1; round < rounds; round++) {
      once(first);
    }
    return orders.stream().map(this::once).toList();
  }

  private Verdict once(Order order) {
    write(Layout.DATA + elsewhere, order.state().memory(), 0, Layout.DATA_SIZE);
    write(Layout.STACK + elsewhere, order.state().memory(), Layout.DATA_SIZE, Layout.PAGE);
    write(FX_IN, order.state().fx());
    u64(FRAME, order.address());
    u64(FRAME + 16, order.state().rflags());
    u64(FRAME + 24, order.state().general()[4]);
    for (int i = 0; i < 16; i++) {
      cpu.set(registers[i], i == 4 ? FRAME : order.state().general()[i]);
    }
    cpu.set(Register.RIP, STUB);
    cpu.set(Register.RFLAGS, 2);
    cpu.set(Register.CR2, 0);
    long before = cpu.ticks();
    Exit exit = cpu.run(BUDGET);
    long ticks = cpu.ticks() - before;
    return switch (exit) {
      case Exit.Halted halted -> verdict(ticks);
      case Exit.BudgetSpent spent ->
          throw new IllegalStateException(name + ": a sequence without an end");
      case Exit.Requested requested -> throw new AssertionError(requested);
      case Exit.TripleFault fault -> throw new IllegalStateException(name + ": " + fault);
      case Exit.EngineFailure failure -> throw new IllegalStateException(name + ": " + failure);
    };
  }

  private Verdict verdict(long ticks) {
    int vector = (int) (cpu.get(Register.RIP) - HANDLERS >>> 4);
    long frame = cpu.get(Register.RSP);
    boolean coded = frame == IST_END - 48;
    boolean trusted = !integerOnly || vector != GuestException.PF;
    long error = !trusted ? -1 : coded ? u64(frame) : 0;
    long at = coded ? frame + 8 : frame;
    long[] general = new long[16];
    for (int i = 0; i < 16; i++) {
      general[i] = cpu.get(registers[i]);
    }
    general[4] = u64(at + 24);
    byte[] fx = new byte[Layout.FX];
    read(FX_OUT, fx, 0, Layout.FX);
    byte[] memory = new byte[Layout.MEMORY];
    read(Layout.DATA + elsewhere, memory, 0, Layout.DATA_SIZE);
    read(Layout.STACK + elsewhere, memory, Layout.DATA_SIZE, Layout.PAGE);
    long address = vector == GuestException.PF ? cpu.get(Register.CR2) : 0;
    return new Verdict(
        vector,
        error,
        address,
        u64(at),
        u64(at + 16),
        general,
        Verdict.comparable(fx),
        memory,
        integerOnly ? -1 : ticks);
  }

  @Override
  public void close() {
    cpu.close();
    space.close();
    machine.close();
    engine.close();
  }

  /** Sequences leave the processor by nothing but exceptions. */
  private static final class Nothing implements Platform {
    private static AssertionError unexpected() {
      return new AssertionError("a sequence has left the processor");
    }

    @Override
    public void hypercall(Cpu cpu, int number) {
      throw unexpected();
    }

    @Override
    public long portRead(Cpu cpu, int port, int size) {
      throw unexpected();
    }

    @Override
    public void portWrite(Cpu cpu, int port, int size, long value) {
      throw unexpected();
    }

    @Override
    public long mmioRead(Cpu cpu, long gpa, int size) {
      throw unexpected();
    }

    @Override
    public void mmioWrite(Cpu cpu, long gpa, int size, long value) {
      throw unexpected();
    }

    @Override
    public Cpuid.Result cpuid(Cpu cpu, int leaf, int subleaf) {
      return Cpuid.ZERO;
    }

    @Override
    public long msrRead(Cpu cpu, int index) throws GeneralProtection {
      throw unexpected();
    }

    @Override
    public void msrWrite(Cpu cpu, int index, long value) {
      throw unexpected();
    }

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
}
