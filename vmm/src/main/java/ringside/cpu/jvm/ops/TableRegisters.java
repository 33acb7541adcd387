package ringside.cpu.jvm.ops;

import java.util.Map;
import ringside.cpu.GuestException;
import ringside.cpu.Segment;
import ringside.cpu.SegmentRegister;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Op;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/** GDTR, IDTR, LDTR and TR (Intel SDM volume 3, 2.4). The stores are anybody's. */
public final class TableRegisters {
  private static final int TR = SegmentRegister.TR.ordinal();
  private static final int LDTR = SegmentRegister.LDTR.ordinal();
  private static final long BASE_24 = 0xff_ffff;

  private TableRegisters() {}

  public static void register(Map<Mnemonic, Op> into) {
    into.put(Mnemonic.SGDT, (c, i) -> store(c, i, c.gdtrLimit, c.gdtrBase));
    into.put(Mnemonic.SIDT, (c, i) -> store(c, i, c.idtrLimit, c.idtrBase));
    into.put(Mnemonic.LGDT, (c, i) -> load(c, i, false));
    into.put(Mnemonic.LIDT, (c, i) -> load(c, i, true));
    into.put(Mnemonic.SLDT, (c, i) -> storeSelector(c, i, LDTR));
    into.put(Mnemonic.STR, (c, i) -> storeSelector(c, i, TR));
    into.put(Mnemonic.LLDT, TableRegisters::lldt);
    into.put(Mnemonic.LTR, TableRegisters::ltr);
  }

  private static int baseSize(Core c) {
    return c.long64() ? 8 : 4;
  }

  private static void store(Core c, Insn i, long limit, long base) {
    long at = Operands.address(c, i);
    long second = at + 2 & Operands.mask(i.addressSize);
    int size = baseSize(c);
    c.mmu.checkStore(Operands.linear(c, i.segment, second, size, true), size);
    Operands.store(c, i.segment, at, 2, limit & 0xffff);
    Operands.store(c, i.segment, second, size, base & Operands.mask(size));
  }

  private static void load(Core c, Insn i, boolean interrupts) {
    Privilege.kernel(c);
    long at = Operands.address(c, i);
    long second = at + 2 & Operands.mask(i.addressSize);
    long limit = Operands.load(c, i.segment, at, 2);
    long base = Operands.load(c, i.segment, second, baseSize(c));
    if (c.long64()) {
      if (base << 16 >> 16 != base) {
        throw c.protection();
      }
    } else if (i.operandSize == 2) {
      base &= BASE_24;
    }
    if (interrupts) {
      c.idtrLimit = limit;
      c.idtrBase = base;
    } else {
      c.gdtrLimit = limit;
      c.gdtrBase = base;
    }
  }

  private static void storeSelector(Core c, Insn i, int register) {
    checkProtected(c);
    Operands.write(c, i, i.a, c.selector[register]);
  }

  private static void checkProtected(Core c) {
    if (!c.protectedMode()) {
      throw c.undefined();
    }
  }

  private static void lldt(Core c, Insn i) {
    checkProtected(c);
    Privilege.kernel(c);
    int selector = (int) Operands.read(c, i, i.a) & 0xffff;
    if (Descriptors.isNull(selector)) {
      c.state.segment(SegmentRegister.LDTR, Segment.nullSegment(selector));
      return;
    }
    Segment table = system(c, selector);
    if (table.type() != Descriptors.LDT) {
      throw Descriptors.protection(c, selector);
    }
    checkPresent(c, table);
    c.state.segment(SegmentRegister.LDTR, table);
  }

  private static void ltr(Core c, Insn i) {
    checkProtected(c);
    Privilege.kernel(c);
    int selector = (int) Operands.read(c, i, i.a) & 0xffff;
    if (Descriptors.isNull(selector)) {
      throw c.protection();
    }
    Segment task = system(c, selector);
    boolean available =
        task.type() == Descriptors.TSS_32
            || task.type() == Descriptors.TSS_16 && !c.longModeActive();
    if (!available) {
      throw Descriptors.protection(c, selector);
    }
    checkPresent(c, task);
    Descriptors.markBusy(c, selector);
    int busy = task.attributes() | Descriptors.BUSY;
    c.state.segment(SegmentRegister.TR, new Segment(selector, task.base(), task.limit(), busy));
  }

  private static void checkPresent(Core c, Segment segment) {
    if (!segment.present()) {
      throw Descriptors.fault(c, GuestException.NP, segment.selector());
    }
  }

  /** A system descriptor of the GDT: 8 bytes, in long mode 16. */
  private static Segment system(Core c, int selector) {
    if ((selector & 4) != 0) {
      throw Descriptors.protection(c, selector);
    }
    long at = Descriptors.slot(c, selector, GuestException.GP);
    Segment low = Descriptors.segment(selector, Descriptors.raw(c, at));
    if (low.codeOrData()) {
      throw Descriptors.protection(c, selector);
    }
    if (!c.longModeActive()) {
      return low;
    }
    if (Descriptors.find(c, selector + 8) == -1) {
      throw Descriptors.protection(c, selector);
    }
    long high = c.mmu.loadSystem(at + 8, 8);
    if ((high >>> 40 & 0x1f) != 0) {
      throw Descriptors.protection(c, selector);
    }
    return new Segment(selector, low.base() | high << 32, low.limit(), low.attributes());
  }
}
