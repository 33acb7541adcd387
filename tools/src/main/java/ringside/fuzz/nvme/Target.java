package ringside.fuzz.nvme;

import java.util.List;

/** The controller as the fuzzer sees it, and the hands on its clock and its plug. */
interface Target {
  /** A message-signalled interrupt that was sent. */
  record Message(long address, int data) {}

  /** Reads a register of BAR0. */
  long read(int offset, int size);

  /** Writes a register of BAR0. */
  void write(int offset, int size, long value);

  long configRead(int register, int size);

  void configWrite(int register, int size, long value);

  /** Lets virtual time pass, in nanoseconds. */
  void advance(long ns);

  /** Power fails and comes back: a controller after power-on, with what the disks still hold. */
  void powerCut(long seed);

  /** The messages since the last call. */
  List<Message> messages();
}
