package ringside.cpu.jvm.memory;

/**
 * Hears of the guest's own accesses to pages it asked for: data breakpoints, or the stores of a run
 * that is compared with another's. Everything it can hear goes the slow way.
 */
public interface Watch {
  /** True for pages of which each load and store shall be told; {@code linear} is the page's. */
  boolean page(long linear);

  /** True to be told of all stores, wherever. */
  boolean allStores();

  /** After a load was done, and before the instruction ends. */
  void loaded(long linear, int size);

  /** After a store was done, and before the instruction ends. */
  void stored(long linear, int size);
}
