package ringside.cpu.jvm.ops;

import ringside.cpu.GuestException;
import ringside.cpu.Segment;
import ringside.cpu.SegmentRegister;
import ringside.cpu.jvm.Core;

/** A far transfer through a call gate (Intel SDM volume 3, 5.8.3 to 5.8.5). */
final class CallGate {
  private final Core c;
  private final int selector;
  private final long offset;
  private final int parameters;
  private final int slot;

  private CallGate(Core c, long low, long high, int slot) {
    this.c = c;
    this.selector = (int) (low >>> 16) & 0xffff;
    long offset32 = slot == 2 ? low & 0xffff : low & 0xffff | low >>> 48 << 16;
    this.offset = offset32 | high << 32;
    this.parameters = c.longModeActive() ? 0 : (int) (low >>> 32) & 31;
    this.slot = slot;
  }

  /**
   * @param gate what the selector names: a system descriptor of any type
   */
  static void pass(Core c, int selector, Segment gate, boolean call) {
    boolean wide = gate.type() == Descriptors.CALL_GATE_32;
    boolean known = wide || gate.type() == Descriptors.CALL_GATE_16 && !c.longModeActive();
    if (!known || gate.dpl() < Math.max(c.cpl, selector & 3)) {
      throw Descriptors.protection(c, selector);
    }
    if (!gate.present()) {
      throw Descriptors.fault(c, GuestException.NP, selector);
    }
    long at = Descriptors.slot(c, selector, GuestException.GP);
    long high = 0;
    if (c.longModeActive()) {
      Descriptors.slot(c, selector + 8, GuestException.GP);
      high = c.mmu.loadSystem(at + 8, 8);
      if ((high >>> 40 & 0x1f) != 0) {
        throw Descriptors.protection(c, selector);
      }
    }
    int slot = c.longModeActive() ? 8 : wide ? 4 : 2;
    new CallGate(c, Descriptors.raw(c, at), high & 0xffff_ffffL, slot).pass(call);
  }

  private void pass(boolean call) {
    if (Descriptors.isNull(selector)) {
      throw c.protection();
    }
    Segment code = Descriptors.read(c, selector, GuestException.GP);
    boolean inner = call && !code.conforming() && code.dpl() < c.cpl;
    boolean allowed =
        code.code() && code.dpl() <= c.cpl && (call || code.conforming() || code.dpl() == c.cpl);
    if (!allowed || c.longModeActive() && !code.longMode()) {
      throw Descriptors.protection(c, selector);
    }
    CodeLoads.checkUsable(c, code);
    if (inner) {
      enterInner(code);
      return;
    }
    long target = CodeLoads.target(c, code, offset);
    if (call) {
      FarTransfers.pushReturn(c, slot);
    }
    CodeLoads.enter(c, code, c.cpl);
    c.next = target;
  }

  private void enterInner(Segment code) {
    int level = code.dpl();
    InnerStack stack = InnerStack.of(c, level, slot);
    long target = CodeLoads.target(c, code, offset);
    long[] copied = parameters();
    stack.push(c.selector[2]);
    stack.push(c.gpr[Stack.RSP]);
    for (int n = copied.length - 1; n >= 0; n--) {
      stack.push(copied[n]);
    }
    stack.push(c.selector[1]);
    stack.push(c.next);
    stack.write();
    CodeLoads.enter(c, code, level);
    c.state.segment(SegmentRegister.SS, stack.segment());
    Stack.set(c, stack.pointer());
    c.next = target;
  }

  /** Of the caller's stack, the one on its top first. */
  private long[] parameters() {
    long[] values = new long[parameters];
    for (int n = 0; n < parameters; n++) {
      values[n] = Stack.load(c, Stack.at(c, (long) n * slot), slot);
    }
    return values;
  }
}
