package ringside.cpu.jvm.ops;

import java.util.Map;
import ringside.cpu.HypercallStub;
import ringside.cpu.IoPermission;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.DebugRegisters;
import ringside.cpu.jvm.Op;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * IN, OUT, INS and OUTS; and the hypercall, which is OUT of EAX to an immediate port (see {@link
 * HypercallStub}). A hypercall of code that may not use the port is answered with -EPERM.
 */
public final class Ports {
  private static final int RAX = 0;
  private static final int RDX = 2;
  private static final int RSI = 6;
  private static final int RDI = 7;
  private static final int ES = 0;
  private static final long EPERM = 1;

  private Ports() {}

  public static void register(Map<Mnemonic, Op> into) {
    into.put(Mnemonic.IN, Ports::in);
    into.put(Mnemonic.OUT, Ports::out);
    into.put(Mnemonic.INS, (c, i) -> Repeat.run(c, i, Ports::ins));
    into.put(Mnemonic.OUTS, (c, i) -> Repeat.run(c, i, Ports::outs));
  }

  private static int port(Core c, Insn i, Arg arg) {
    return (int) Operands.read(c, i, arg) & (arg.kind() == Arg.Kind.IMMEDIATE ? 0xff : 0xffff);
  }

  private static boolean allowed(Core c, int port, int size) {
    return c.cpl <= Privilege.ioLevel(c) || bitmap(c, port, size);
  }

  private static boolean bitmap(Core c, int port, int size) {
    return IoPermission.allowed(c.state, c.systemMemory, port, size);
  }

  private static void check(Core c, int port, int size) {
    if (!allowed(c, port, size)) {
      throw c.protection();
    }
  }

  private static void in(Core c, Insn i) {
    int port = port(c, i, i.b);
    int size = i.a.size();
    check(c, port, size);
    long value = c.platform.portRead(c.cpu, port, size) & Operands.mask(size);
    Operands.setGpr(c, RAX, size, value);
    DebugRegisters.portAccessed(c, port, size);
  }

  private static void out(Core c, Insn i) {
    int port = port(c, i, i.a);
    int size = i.b.size();
    long value = c.gpr[RAX] & Operands.mask(size);
    if (port == HypercallStub.PORT && size == 4 && i.a.kind() == Arg.Kind.IMMEDIATE) {
      hypercall(c);
      return;
    }
    check(c, port, size);
    c.platform.portWrite(c.cpu, port, size, value);
    DebugRegisters.portAccessed(c, port, size);
  }

  /** OUT of EAX to the port of hypercalls. */
  public static void hypercall(Core c) {
    if (allowed(c, HypercallStub.PORT, 4)) {
      c.platform.hypercall(c.cpu, (int) c.gpr[RAX]);
    } else {
      c.gpr[RAX] = c.long64() ? -EPERM : -EPERM & 0xffff_ffffL;
    }
  }

  private static long ins(Core c, Insn i, long most) {
    int size = i.a.size();
    int port = (int) c.gpr[RDX] & 0xffff;
    check(c, port, size);
    long offset = c.gpr[RDI] & Operands.mask(i.addressSize);
    long linear = Operands.linear(c, ES, offset, size, true);
    c.mmu.checkStore(linear, size);
    long value = c.platform.portRead(c.cpu, port, size) & Operands.mask(size);
    c.mmu.store(linear, size, value);
    Repeat.advanceDestination(c, i, 1);
    DebugRegisters.portAccessed(c, port, size);
    return 1;
  }

  private static long outs(Core c, Insn i, long most) {
    int size = i.a.size();
    int port = (int) c.gpr[RDX] & 0xffff;
    check(c, port, size);
    long offset = c.gpr[RSI] & Operands.mask(i.addressSize);
    long value = Operands.load(c, i.segment, offset, size);
    c.platform.portWrite(c.cpu, port, size, value);
    Repeat.advanceSource(c, i, 1);
    DebugRegisters.portAccessed(c, port, size);
    return 1;
  }
}
