package ringside.cpu;

/** What two engines have to agree on, as text: where runs ended, registers, memory. */
final class RunTrace {
  private final StringBuilder text = new StringBuilder();

  /** Behind a run: how it ended, ticks, registers. */
  void ended(Exit exit, Cpu cpu) {
    text.append(exit).append(' ').append(cpu.ticks());
    for (int r = 0; r <= Register.RFLAGS.ordinal(); r++) {
      text.append(' ').append(Long.toHexString(cpu.get(Register.values()[r])));
    }
    text.append('\n');
  }

  void memory(TestGuest guest, long gpa, int bytes) {
    for (int at = 0; at < bytes; at += 8) {
      text.append(Long.toHexString(guest.u64(gpa + at))).append(' ');
    }
  }

  void add(Object what) {
    text.append(what);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
