package ringside.cpu;

/**
 * The architectural state of a stopped processor, open for change: what the delivery of exceptions
 * and interrupts reads and writes. Each engine has its own.
 */
public interface ProcessorState extends RegisterFile {
  void set(Register register, long value);

  Segment segment(SegmentRegister register);

  /** Loads visible and hidden part; the privilege level does not change by it. */
  void segment(SegmentRegister register, Segment segment);

  int cpl();

  void cpl(int level);
}
