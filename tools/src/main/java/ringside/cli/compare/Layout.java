package ringside.cli.compare;

/**
 * Linear addresses that sequences know, the same for all judges. None is near a power of two, so
 * that the interesting values that registers hold point at nothing.
 */
final class Layout {
  static final int PAGE = 4096;

  /** Sequences take turns in slots, so that none runs where another was just translated. */
  static final long CODE = 0x0257_0000L;

  static final int CODE_SIZE = 1 << 20;
  static final int SLOT = 4096;

  /** Two pages to write, then one to read, holes on both sides. */
  static final long DATA = 0x0340_5000L;

  static final int WRITABLE = 2 * PAGE;
  static final int DATA_SIZE = 3 * PAGE;

  /** One page. */
  static final long STACK = 0x0351_6000L;

  static final int MEMORY = DATA_SIZE + PAGE;

  /** Bytes of FXSAVE that are compared; the others belong to the system. */
  static final int FX = 512;

  private Layout() {}
}
