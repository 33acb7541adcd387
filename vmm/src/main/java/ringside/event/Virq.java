package ringside.event;

import static ringside.abi.gen.XenAbi.NR_VIRQS;
import static ringside.abi.gen.XenAbi.VIRQ_DEBUG;
import static ringside.abi.gen.XenAbi.VIRQ_TIMER;
import static ringside.abi.gen.XenAbi.VIRQ_XENOPROF;
import static ringside.abi.gen.XenAbi.VIRQ_XENPMU;

/** What the hypervisor needs to know of VIRQ_* (public/xen.h) beyond their numbers. */
public final class Virq {
  /** Numbers below this are valid: NR_VIRQS. */
  public static final int COUNT = NR_VIRQS;

  private static final String[] NAMES = {
    "TIMER",
    "DEBUG",
    "CONSOLE",
    "DOM_EXC",
    "TBUF",
    "5",
    "DEBUGGER",
    "XENOPROF",
    "CON_RING",
    "PCPU_STATE",
    "MEM_EVENT",
    "ARGO",
    "ENOMEM",
    "XENPMU"
  };

  private Virq() {}

  /** True for the VIRQs that every vCPU binds for itself; the others live on vCPU 0. */
  public static boolean perVcpu(int virq) {
    return virq == VIRQ_TIMER || virq == VIRQ_DEBUG || virq == VIRQ_XENOPROF || virq == VIRQ_XENPMU;
  }

  /** The name without VIRQ_, or the number of one that has none. */
  public static String name(int virq) {
    return virq < NAMES.length ? NAMES[virq] : Integer.toString(virq);
  }
}
