package ringside.cpu.jvm.translate;

import ringside.cpu.jvm.memory.Mmu;

/**
 * Accesses of a block that one look covers: a run of bytes, in distances from what their address
 * was made of, the reach's root.
 *
 * <p>Invariant: it only becomes longer, and never longer than {@link Mmu#REACH}.
 */
final class Reach {
  private final int slot;
  private final int beginning;
  private final boolean sure;
  private Standing.Run within;
  private int register = -1;
  private boolean kept;
  private Reach whole;
  private long first;
  private long end;
  private boolean stores;

  Reach(int slot, int beginning, boolean sure, long first, long end) {
    this.slot = slot;
    this.beginning = beginning;
    this.sure = sure;
    this.first = first;
    this.end = end;
  }

  /** Local with the host address of the first byte, or 0. */
  int slot() {
    return slot;
  }

  long first() {
    return first;
  }

  int span() {
    return (int) (end - first);
  }

  boolean stores() {
    return stores;
  }

  /** True when the look has to be written before this instruction. */
  boolean beginsAt(int instruction) {
    return beginning == instruction;
  }

  /** What this one is a part of, for all rounds of a loop, looked at where it begins; or null. */
  Reach whole() {
    return whole;
  }

  /** What it is for, as it is now. */
  Standing.Run run() {
    return new Standing.Run(first, end, stores);
  }

  /** Makes it a part of one for all rounds of a loop, which is as long as this one so far. */
  Reach enclosed(int wholeSlot) {
    whole = new Reach(wholeSlot, beginning, false, first, end);
    whole.stores = stores;
    return whole;
  }

  /** Becomes a part of one for all rounds of a loop. */
  void partOf(Reach all) {
    whole = all;
  }

  /** True when it is a part of what was looked at before, by the register it is at. */
  boolean stands() {
    return within != null;
  }

  /** The register whose {@link Registers#delta} says where it is, if it stands or is kept. */
  int register() {
    return register;
  }

  /** Later looks need not be made if the {@link Registers#delta} is set. */
  boolean kept() {
    return kept;
  }

  /** There is nothing to look at: it lies in this run, by the register. */
  void standIn(Standing.Run run, int by) {
    within = run;
    register = by;
  }

  /** It was looked at by the register, whose {@link Registers#delta} may be set. */
  void lookedAtBy(int by) {
    register = by;
  }

  /** Its {@link Registers#delta} is needed. */
  void keep() {
    kept = true;
  }

  /** True when the look is for that, too, or may still become so. */
  boolean holds(long from, long to, boolean written) {
    return within == null ? holds(from, to) : within.covers(from, to, written);
  }

  /** True when with a run of bytes it is not longer than one look is for. */
  boolean holds(long from, long to) {
    long length = Math.max(end, to) - Math.min(first, from);
    return length >= 0 && length <= Mmu.REACH;
  }

  void add(long from, long to, boolean written) {
    first = Math.min(first, from);
    end = Math.max(end, to);
    stores |= written;
    if (whole != null) {
      whole.add(from, to, written);
    }
  }

  /** The region is left when the look fails: accesses behind it succeed. */
  boolean sure() {
    return sure;
  }
}
