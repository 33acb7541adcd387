package ringside.cpu.jvm.translate;

import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Flags;
import ringside.cpu.jvm.memory.Deopt;
import ringside.cpu.jvm.ops.SameLevel;

/**
 * What {@link SystemCode} calls. Each either does the whole instruction, but for what the region
 * has in its locals, or throws {@link Deopt} and has done nothing.
 *
 * <p>Only at privilege level 0; and not where an interrupt becomes possible for which the run is to
 * end, or single steps, breakpoints suppressed or alignment checks would begin: the interpreter's
 * loop looks at these.
 */
public final class SystemHelp {
  private static final ClassDesc HELP = SystemHelp.class.describeConstable().orElseThrow();
  private static final long CHANGEABLE =
      Flags.IF | Flags.DF | Flags.IOPL | Flags.NT | Flags.AC | Flags.ID;

  private SystemHelp() {}

  static void call(Gen g, String name, ClassDesc result, ClassDesc... parameters) {
    g.b.invokestatic(HELP, name, MethodTypeDesc.of(result, parameters));
  }

  private static void kernel(Core c) {
    if (c.cpl != 0) {
      throw Deopt.INSTANCE;
    }
  }

  public static void cli(Core c) {
    kernel(c);
    c.flags &= ~(long) Flags.IF;
  }

  public static void sti(Core c) {
    kernel(c);
    if (c.windowAwaited) {
      throw Deopt.INSTANCE;
    }
    c.shadow = (c.flags & Flags.IF) == 0;
    c.flags |= Flags.IF;
  }

  /** What follows is that the region is left. */
  public static void hlt(Core c) {
    kernel(c);
    c.halted = true;
  }

  /** What PUSHF stores, from the arithmetic flags. */
  public static long image(Core c, int arithmetic) {
    return (c.flags | arithmetic) & ~(long) (Flags.RF | Flags.VM);
  }

  /** All flags but the arithmetic ones. */
  public static void popf(Core c, long image) {
    kernel(c);
    boolean opens = c.windowAwaited && (image & Flags.IF) != 0;
    if (opens || ((c.flags | image) & (Flags.TF | Flags.RF)) != 0) {
      throw Deopt.INSTANCE;
    }
    c.flags = c.flags & ~CHANGEABLE | image & CHANGEABLE;
  }

  /**
   * The registers that IRET loads, but for RIP, into the core.
   *
   * @return RIP
   */
  public static long iret(Core c, long rsp) {
    if (c.windowAwaited || !SameLevel.iret(c, rsp)) {
      throw Deopt.INSTANCE;
    }
    return c.next;
  }
}
