package ringside.cpu;

import ringside.cpu.InterruptDelivery.Source;

/**
 * One passage through an IDT gate: checks first, then the pushes, then the registers, so that a
 * fault on the way leaves the registers alone (Intel SDM volume 2, INT n, and volume 3, 6.12-6.14).
 */
final class GateTransfer {
  private static final long EFER_LMA = 1L << 10;
  private static final long RFLAGS_TF = 1L << 8;
  private static final long RFLAGS_IF = 1L << 9;
  private static final long RFLAGS_NT = 1L << 14;
  private static final long RFLAGS_RF = 1L << 16;
  private static final long RFLAGS_VM = 1L << 17;
  private static final int GATE_16_BIT = 6;
  private static final int GATE_32_OR_64_BIT = 14;

  private final ProcessorState state;
  private final DescriptorTables tables;
  private final GuestException event;
  private final Source source;
  private final int external;
  private final boolean long64;

  GateTransfer(ProcessorState state, DescriptorTables tables, GuestException event, Source source) {
    this.state = state;
    this.tables = tables;
    this.event = event;
    this.source = source;
    this.external = source == Source.SOFTWARE ? 0 : 1;
    this.long64 = (state.get(Register.EFER) & EFER_LMA) != 0;
  }

  /** The gate's fields. Type 14 clears IF, 15 does not; 6 and 7 likewise for 16-bit gates. */
  private record Gate(int selector, long offset, int type, int ist) {
    boolean interruptGate() {
      return (type & 1) == 0;
    }
  }

  /** Where the pushes go. {@code segment} is null when SS stays. */
  private record Stack(Segment segment, long base, long pointer, long mask) {}

  void run() throws SystemMemory.Fault {
    Gate gate = gate();
    Segment code = codeSegment(gate);
    int level = code.conforming() ? state.cpl() : code.dpl();
    Stack stack = stack(gate, level);
    long rflags = state.get(Register.RFLAGS);
    long pointer = push(gate, level, stack, rflags);
    tables.markAccessed(code);
    if (stack.segment() != null) {
      if (!long64) {
        tables.markAccessed(stack.segment());
      }
      state.segment(SegmentRegister.SS, stack.segment());
    }
    long old = state.get(Register.RSP);
    state.set(Register.RSP, old & ~stack.mask() & 0xffff_ffffL | pointer);
    state.cpl(level);
    state.segment(
        SegmentRegister.CS,
        new Segment(
            code.selector() & ~3 | level, code.base(), code.limit(), code.attributes() | 1));
    state.set(Register.RIP, gate.offset());
    long cleared = RFLAGS_TF | RFLAGS_NT | RFLAGS_RF | RFLAGS_VM;
    state.set(Register.RFLAGS, rflags & ~(gate.interruptGate() ? cleared | RFLAGS_IF : cleared));
  }

  private Gate gate() throws SystemMemory.Fault {
    int size = long64 ? 16 : 8;
    int errorCode = event.vector() * 8 + 2 + external;
    if (event.vector() * size + size - 1 > state.get(Register.IDTR_LIMIT)) {
      throw tables.fault(GuestException.GP, errorCode);
    }
    long address = state.get(Register.IDTR_BASE) + event.vector() * size;
    long low = tables.read(address, 8);
    long high = long64 ? tables.read(address + 8, 4) : 0;
    int type = (int) (low >>> 40) & 0x1f;
    boolean known = (type | 1) == 15 || !long64 && (type | 1) == 7;
    if (!known) {
      throw tables.fault(GuestException.GP, errorCode);
    }
    if (source == Source.SOFTWARE && (low >>> 45 & 3) < state.cpl()) {
      throw tables.fault(GuestException.GP, errorCode);
    }
    if ((low >>> 47 & 1) == 0) {
      throw tables.fault(GuestException.NP, errorCode);
    }
    long offset = low & 0xffff | (type >= GATE_32_OR_64_BIT ? low >>> 48 << 16 : 0) | high << 32;
    return new Gate((int) (low >>> 16) & 0xffff, offset, type, (int) (low >>> 32) & 7);
  }

  private Segment codeSegment(Gate gate) throws SystemMemory.Fault {
    int selector = gate.selector();
    if ((selector & 0xfffc) == 0) {
      throw tables.fault(GuestException.GP, external);
    }
    Segment code = tables.load(selector, GuestException.GP, external);
    int errorCode = (selector & 0xfffc) + external;
    if (!code.code() || code.dpl() > state.cpl()) {
      throw tables.fault(GuestException.GP, errorCode);
    }
    if (!code.present()) {
      throw tables.fault(GuestException.NP, errorCode);
    }
    if (long64 && (!code.longMode() || code.big())) {
      throw tables.fault(GuestException.GP, errorCode);
    }
    if (long64 ? !canonical(gate.offset()) : gate.offset() > code.limit()) {
      throw tables.fault(GuestException.GP, external);
    }
    return code;
  }

  private Stack stack(Gate gate, int level) throws SystemMemory.Fault {
    boolean inner = level < state.cpl();
    if (long64) {
      Segment stack = inner ? Segment.nullSegment(level) : null;
      long pointer = state.get(Register.RSP);
      if (gate.ist() != 0) {
        pointer = fromTss(28 + 8L * gate.ist(), 8, external);
      } else if (inner) {
        pointer = fromTss(4 + 8L * level, 8, external);
      }
      if (!canonical(pointer)) {
        throw tables.fault(GuestException.SS, external);
      }
      return new Stack(stack, 0, pointer & ~15L, -1);
    }
    Segment stack = inner ? innerStack(level) : state.segment(SegmentRegister.SS);
    long mask = stack.big() ? 0xffff_ffffL : 0xffffL;
    long pointer = inner ? innerPointer(level) : state.get(Register.RSP);
    return new Stack(inner ? stack : null, stack.base(), pointer & mask, mask);
  }

  /** The stack segment that the 32- or 16-bit TSS names for a level, checked. */
  private Segment innerStack(int level) throws SystemMemory.Fault {
    boolean wide = tssIsWide();
    int selector = (int) fromTss(wide ? 8 + 8L * level : 4 + 4L * level, 2, external);
    int errorCode = (selector & 0xfffc) + external;
    if ((selector & 0xfffc) == 0) {
      throw tables.fault(GuestException.TS, external);
    }
    Segment stack = tables.load(selector, GuestException.TS, external);
    if ((selector & 3) != level || stack.dpl() != level || !stack.writableData()) {
      throw tables.fault(GuestException.TS, errorCode);
    }
    if (!stack.present()) {
      throw tables.fault(GuestException.SS, errorCode);
    }
    return stack;
  }

  private long innerPointer(int level) throws SystemMemory.Fault {
    boolean wide = tssIsWide();
    return fromTss(wide ? 4 + 8L * level : 2 + 4L * level, wide ? 4 : 2, external);
  }

  private boolean tssIsWide() {
    return (state.segment(SegmentRegister.TR).type() & 8) != 0;
  }

  private long fromTss(long offset, int size, int ext) throws SystemMemory.Fault {
    Segment tss = state.segment(SegmentRegister.TR);
    if (offset + size - 1 > tss.limit()) {
      throw tables.fault(GuestException.TS, (tss.selector() & 0xfffc) + ext);
    }
    return tables.read(tss.base() + offset, size);
  }

  /** Pushes the frame and returns the new stack pointer. */
  private long push(Gate gate, int level, Stack stack, long rflags) throws SystemMemory.Fault {
    int slot = long64 ? 8 : gate.type() <= GATE_16_BIT + 1 ? 2 : 4;
    boolean switches = long64 || level < state.cpl();
    boolean withCode = source == Source.EXCEPTION && GuestException.hasErrorCode(event.vector());
    long[] frame = new long[3 + (switches ? 2 : 0) + (withCode ? 1 : 0)];
    int used = 0;
    if (switches) {
      frame[used++] = state.segment(SegmentRegister.SS).selector();
      frame[used++] = state.get(Register.RSP);
    }
    frame[used++] = rflags;
    frame[used++] = state.segment(SegmentRegister.CS).selector();
    frame[used++] = event.rip();
    if (withCode) {
      frame[used] = event.errorCode();
    }
    checkLimit(stack, frame.length * slot);
    for (int i = 0; i < frame.length; i++) {
      tables.probeWrite(slotAddress(stack, i, slot), slot);
    }
    for (int i = 0; i < frame.length; i++) {
      tables.write(slotAddress(stack, i, slot), slot, frame[i]);
    }
    return stack.pointer() - (long) frame.length * slot & stack.mask();
  }

  private static long slotAddress(Stack stack, int index, int slot) {
    return stack.base() + (stack.pointer() - (index + 1L) * slot & stack.mask());
  }

  /** Expand-up stacks only; an expand-down one is taken as wide open. */
  private void checkLimit(Stack stack, int bytes) throws SystemMemory.Fault {
    if (long64) {
      return;
    }
    Segment segment = stack.segment() != null ? stack.segment() : state.segment(SegmentRegister.SS);
    boolean expandDown = (segment.attributes() & 0x1c) == 0x14;
    long top = stack.pointer() - 1 & stack.mask();
    if (!expandDown && (top > segment.limit() || stack.pointer() != 0 && bytes > top + 1)) {
      int selector = stack.segment() != null ? segment.selector() & 0xfffc : 0;
      throw tables.fault(GuestException.SS, selector + external);
    }
  }

  private static boolean canonical(long address) {
    return address << 16 >> 16 == address;
  }
}
