package ringside.fault;

/** When a fault happens. */
public sealed interface FaultTime {
  /**
   * At a point of virtual time; the vCPU is between two blocks of code.
   *
   * @param ns since the machine started
   */
  record At(long ns) implements FaultTime {
    @Override
    public String toString() {
      return "at=" + ns + "ns";
    }
  }

  /**
   * Again and again, first when so much virtual time has passed.
   *
   * @param ns at least 1
   */
  record Every(long ns) implements FaultTime {
    @Override
    public String toString() {
      return "every=" + ns + "ns";
    }
  }

  /**
   * Before the nop of a probe is executed.
   *
   * @param count which hit, from 1, counted through all lives of the domain
   */
  record AtProbe(String name, long count) implements FaultTime {
    @Override
    public String toString() {
      return "probe=" + name + "#" + count;
    }
  }

  /**
   * At the first boundary of a block of code at which the domain has executed so much.
   *
   * @param ticks of {@link ringside.cpu.Cpu#ticks}: with Unicorn, bytes of code; all vCPUs and
   *     lives of the domain added up
   */
  record AtInstruction(long ticks) implements FaultTime {
    @Override
    public String toString() {
      return "instruction=" + ticks;
    }
  }

  /**
   * When a trace event of the domain has happened, before the next block of guest code.
   *
   * @param count which one, from 1
   */
  record AtEvent(String type, long count) implements FaultTime {
    @Override
    public String toString() {
      return "event=" + type + "#" + count;
    }
  }
}
