package ringside.cpu.jvm.memory;

/**
 * Translated code cannot do this instruction: nothing of it was done, and the interpreter has to
 * execute it, from registers as they were before it. One object, without a stack trace.
 */
public final class Deopt extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public static final Deopt INSTANCE = new Deopt();

  private Deopt() {
    super(null, null, false, false);
  }
}
