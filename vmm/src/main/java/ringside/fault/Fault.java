package ringside.fault;

/** One line of a fault plan. */
public record Fault(FaultKind kind, FaultTime time) {
  /** As it is written in a plan. */
  @Override
  public String toString() {
    return kind + ":" + time;
  }
}
