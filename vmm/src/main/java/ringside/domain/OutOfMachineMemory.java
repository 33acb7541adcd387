package ringside.domain;

/** The machine has no frames left for something that the hypervisor cannot do without. */
public final class OutOfMachineMemory extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public OutOfMachineMemory(String what) {
    super("machine memory is used up: no room for " + what);
  }
}
