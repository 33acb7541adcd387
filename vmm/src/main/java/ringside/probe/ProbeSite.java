package ringside.probe;

import com.google.common.collect.ImmutableList;

/**
 * One place of a probe in an image; inlined code has one probe at many places.
 *
 * @param name a C identifier
 * @param address of its nop, linear
 * @param operands where its arguments are, at most {@link #MAX_OPERANDS}
 */
public record ProbeSite(String name, long address, ImmutableList<ProbeOperand> operands) {
  public static final int MAX_OPERANDS = 6;

  /** Most sites that an image may have: each that is watched is looked for at every hit. */
  public static final int MAX_SITES = 4096;

  /** Owner of the notes that say where probes are. */
  public static final String NOTE_OWNER = "Ringside";

  /** Type of these notes. */
  public static final int NOTE_TYPE = 1;
}
