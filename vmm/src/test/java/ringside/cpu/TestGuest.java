package ringside.cpu;

import java.util.HexFormat;
import ringside.memory.Access;
import ringside.memory.Gpa;
import ringside.memory.GuestFault;
import ringside.memory.GuestSpace;
import ringside.memory.MachineMemory;

/**
 * A small board: 4 MiB of RAM with GDT, IDT, TSS and identity page tables, a vCPU and a platform
 * that logs. Every IDT gate leads to a HLT of its own at {@code HANDLERS + 16 x vector}.
 */
final class TestGuest implements AutoCloseable {
  static final long GDT = 0x1000;
  static final long IDT = 0x2000;
  static final long TSS = 0x3000;
  static final long HANDLERS = 0x4000;
  static final long KERNEL_STACK = 0x8000;
  static final long IST_STACK = 0x9000;
  static final long USER_STACK = 0xa000;
  static final long RING0_STACK = 0xb000;
  static final long PROGRAM = 0x10000;
  static final long DATA = 0x18000;
  static final long PAGE_TABLES = 0x20000;
  static final long LAST_TABLE = 0x23000;
  static final int PAGES = 1024;
  static final long RAM_END = (long) PAGES << 12;

  static final int CODE64 = 0x08;
  static final int DATA0 = 0x10;
  static final int CODE32 = 0x18;
  static final int USER_CODE64 = 0x23;
  static final int USER_DATA = 0x2b;
  static final int USER_CODE32 = 0x33;
  static final int TSS_SELECTOR = 0x38;
  static final int ABSENT_CODE = 0x48;

  static final int INTERRUPT_GATE = 0x8e;
  static final int TRAP_GATE = 0x8f;
  static final int USER_INTERRUPT_GATE = 0xee;

  private static final long[] DESCRIPTORS = {
    0,
    0x00af_9b00_0000_ffffL,
    0x00cf_9300_0000_ffffL,
    0x00cf_9b00_0000_ffffL,
    0x00af_fb00_0000_ffffL,
    0x00cf_f300_0000_ffffL,
    0x00cf_fb00_0000_ffffL,
    0x0000_8900_3000_0067L,
    0,
    0x00af_1b00_0000_ffffL,
  };

  final MachineMemory machine = new MachineMemory(16L << 20);
  final GuestSpace space = new GuestSpace(machine);
  final TestPlatform platform = new TestPlatform();
  private final Engine engine;
  private Cpu cpu;

  TestGuest(Engine engine) {
    this.engine = engine;
    space.populate(0, PAGES);
    for (int i = 0; i < DESCRIPTORS.length; i++) {
      u64(GDT + 8L * i, DESCRIPTORS[i]);
    }
    for (int vector = 0; vector < 256; vector++) {
      bytes(handler(vector), (byte) 0xf4);
    }
    bytes(HANDLERS + 16 * 256, (byte) 0xf4);
  }

  /** Machine code from a listing: hexadecimal bytes, then blanks and the instruction. */
  static byte[] code(String listing) {
    StringBuilder hex = new StringBuilder();
    listing.lines().forEach(line -> hex.append(line, 0, line.indexOf(' ')));
    return HexFormat.of().parseHex(hex);
  }

  static long handler(int vector) {
    return HANDLERS + 16L * vector;
  }

  /** 32-bit protected mode, flat, paging off; 8-byte gates. */
  Cpu start32(byte[] program) {
    bytes(PROGRAM, program);
    for (int vector = 0; vector < 256; vector++) {
      gate32(vector, CODE32, handler(vector), INTERRUPT_GATE);
    }
    u32(TSS + 0x64, 0x68 << 16);
    u32(TSS + 4, RING0_STACK);
    u32(TSS + 8, DATA0);
    return start(state32());
  }

  static InitialState state32() {
    long[] general = new long[8];
    general[Register.RSP.ordinal()] = KERNEL_STACK;
    Segment code = new Segment(CODE32, 0, 0xffff_ffffL, Segment.CODE_32);
    Segment data = new Segment(DATA0, 0, 0xffff_ffffL, Segment.DATA_32);
    Segment tss = new Segment(TSS_SELECTOR, TSS, 0x67, Segment.TSS_32_BUSY);
    return new InitialState(false, general, PROGRAM, 2, 0x11, 0, 0, 0, code, data, data, data, tss);
  }

  /** 64-bit mode over identity tables of 4 KiB pages, all of them open to the user. */
  Cpu start64(byte[] program) {
    bytes(PROGRAM, program);
    for (int vector = 0; vector < 256; vector++) {
      gate64(vector, CODE64, handler(vector), INTERRUPT_GATE, 0);
    }
    u32(TSS + 0x64, 0x68 << 16);
    u64(TSS + 4, RING0_STACK);
    u64(TSS + 36, IST_STACK);
    identityTables();
    return start(state64());
  }

  static InitialState state64() {
    long[] general = new long[8];
    general[Register.RSP.ordinal()] = KERNEL_STACK;
    Segment code = new Segment(CODE64, 0, 0xffff_ffffL, Segment.CODE_64);
    Segment data = new Segment(DATA0, 0, 0xffff_ffffL, Segment.DATA_32);
    Segment tss = new Segment(TSS_SELECTOR, TSS, 0x67, Segment.TSS_32_BUSY);
    long cr0 = 0x8001_0011L;
    return new InitialState(
        true, general, PROGRAM, 2, cr0, PAGE_TABLES, 0x20, 0xd01, code, data, data, data, tss);
  }

  void identityTables() {
    u64(PAGE_TABLES, PAGE_TABLES + 0x1000 | 7);
    u64(PAGE_TABLES + 0x1000, PAGE_TABLES + 0x2000 | 7);
    u64(PAGE_TABLES + 0x2000, LAST_TABLE | 7);
    for (int i = 0; i < 512; i++) {
      u64(LAST_TABLE + 8L * i, (long) i << 12 | 7);
    }
  }

  /** Rewrites the page-table entry of a linear address below 2 MiB. */
  void entry(long address, long value) {
    u64(LAST_TABLE + 8 * (address >>> 12), value);
  }

  private Cpu start(InitialState state) {
    cpu = engine.newCpu(space, platform, state);
    cpu.set(Register.GDTR_BASE, GDT);
    cpu.set(Register.GDTR_LIMIT, 8 * DESCRIPTORS.length - 1);
    cpu.set(Register.IDTR_BASE, IDT);
    cpu.set(Register.IDTR_LIMIT, 0xfff);
    return cpu;
  }

  void gate64(int vector, int selector, long target, int attributes, int ist) {
    long low = target & 0xffff | (long) selector << 16 | (long) ist << 32;
    u64(IDT + 16L * vector, low | (long) attributes << 40 | (target >>> 16 & 0xffff) << 48);
    u64(IDT + 16L * vector + 8, target >>> 32);
  }

  void gate32(int vector, int selector, long target, int attributes) {
    long low = target & 0xffff | (long) selector << 16;
    u64(IDT + 8L * vector, low | (long) attributes << 40 | target >>> 16 << 48);
  }

  void bytes(long gpa, byte... bytes) {
    try {
      space.write(new Gpa(gpa), bytes);
    } catch (GuestFault e) {
      throw new AssertionError(e);
    }
  }

  long u64(long gpa) {
    try {
      return space.u64(new Gpa(gpa));
    } catch (GuestFault e) {
      throw new AssertionError(e);
    }
  }

  long u32(long gpa) {
    return u64(gpa) & 0xffff_ffffL;
  }

  void u64(long gpa, long value) {
    try {
      space.u64(new Gpa(gpa), value);
    } catch (GuestFault e) {
      throw new AssertionError(e);
    }
  }

  void u32(long gpa, long value) {
    try {
      space.u32(new Gpa(gpa), (int) value);
    } catch (GuestFault e) {
      throw new AssertionError(e);
    }
  }

  /** A fresh frame of the machine at a gfn. */
  void map(long gfn, Access access, byte first) {
    long mfn = machine.allocate();
    space.map(gfn, mfn, Access.READ_WRITE);
    bytes(gfn << 12, first);
    if (access == Access.READ_ONLY) {
      machine.retain(mfn);
      space.map(gfn, mfn, Access.READ_ONLY);
    }
  }

  @Override
  public void close() {
    if (cpu != null) {
      cpu.close();
    }
    space.close();
    machine.close();
  }
}
