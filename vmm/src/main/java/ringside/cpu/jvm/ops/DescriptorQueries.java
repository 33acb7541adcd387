package ringside.cpu.jvm.ops;

import java.util.Map;
import ringside.cpu.Segment;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Flags;
import ringside.cpu.jvm.Op;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * LAR, LSL, VERR, VERW and ARPL: they answer in ZF, and fault for nothing that a selector names
 * (Intel SDM volume 3, 5.10).
 */
public final class DescriptorQueries {
  private static final long RIGHTS = 0x00f0_ff00;

  /** System types, by bit: TSSs and LDT, for LSL. */
  private static final int LIMITS = 1 << 1 | 1 << 2 | 1 << 3 | 1 << 9 | 1 << 11;

  private static final int LIMITS_LONG = 1 << 2 | 1 << 9 | 1 << 11;

  /** And call gates and task gates, for LAR. */
  private static final int GATES = 1 << 4 | 1 << 5 | 1 << 12;

  private static final int GATES_LONG = 1 << 12;

  private DescriptorQueries() {}

  public static void register(Map<Mnemonic, Op> into) {
    into.put(Mnemonic.LAR, DescriptorQueries::lar);
    into.put(Mnemonic.LSL, DescriptorQueries::lsl);
    into.put(Mnemonic.VERR, (c, i) -> verify(c, i, false));
    into.put(Mnemonic.VERW, (c, i) -> verify(c, i, true));
    into.put(Mnemonic.ARPL, DescriptorQueries::arpl);
  }

  /** A descriptor as it is in memory. */
  private record Found(Segment segment, long raw) {}

  /** The descriptor behind the selector if the present level may see it, else null. */
  private static Found visible(Core c, int selector, int systemTypes) {
    long at = Descriptors.isNull(selector) ? -1 : Descriptors.find(c, selector);
    if (at == -1) {
      return null;
    }
    long raw = Descriptors.raw(c, at);
    Segment s = Descriptors.segment(selector, raw);
    boolean known = s.codeOrData() || (systemTypes >> s.type() & 1) != 0;
    boolean open = s.conforming() || Math.max(c.cpl, selector & 3) <= s.dpl();
    return known && open ? new Found(s, raw) : null;
  }

  private static int selector(Core c, Insn i, ringside.cpu.x86.Arg arg) {
    if (!c.protectedMode()) {
      throw c.undefined();
    }
    return (int) Operands.read(c, i, arg) & 0xffff;
  }

  private static void lar(Core c, Insn i) {
    int types = c.longModeActive() ? LIMITS_LONG | GATES_LONG : LIMITS | GATES;
    Found found = visible(c, selector(c, i, i.b), types);
    if (found != null) {
      Operands.write(c, i, i.a, found.raw() >>> 32 & RIGHTS);
    }
    zero(c, found != null);
  }

  private static void lsl(Core c, Insn i) {
    int types = c.longModeActive() ? LIMITS_LONG : LIMITS;
    Found found = visible(c, selector(c, i, i.b), types);
    if (found != null) {
      Operands.write(c, i, i.a, found.segment().limit());
    }
    zero(c, found != null);
  }

  private static void verify(Core c, Insn i, boolean write) {
    Found found = visible(c, selector(c, i, i.a), 0);
    boolean met = found != null;
    if (met) {
      Segment s = found.segment();
      met = write ? s.writableData() : !s.code() || (s.type() & 2) != 0;
    }
    zero(c, met);
  }

  private static void arpl(Core c, Insn i) {
    int selector = selector(c, i, i.a);
    int level = (int) Operands.read(c, i, i.b) & 3;
    boolean raised = (selector & 3) < level;
    if (raised) {
      Operands.write(c, i, i.a, selector & ~3 | level);
    }
    zero(c, raised);
  }

  private static void zero(Core c, boolean set) {
    Flags.set(c, Flags.arithmetic(c) & ~Flags.ZF | (set ? Flags.ZF : 0));
  }
}
