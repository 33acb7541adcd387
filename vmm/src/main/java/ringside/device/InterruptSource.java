package ringside.device;

/** Something that has interrupts for a vCPU, the most urgent one first. */
public interface InterruptSource {
  /** Vector that should be delivered now, 16 to 255, or 0 for none. */
  int pendingVector();

  /** The processor takes the vector, which {@link #pendingVector} has just named. */
  void accept(int vector);
}
