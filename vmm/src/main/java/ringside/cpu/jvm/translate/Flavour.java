package ringside.cpu.jvm.translate;

/** How a region reaches memory before it asks the slow path. */
enum Flavour {
  /** One comparison with the window, and a byte per page for stores. */
  WINDOW,

  /** A look-up in the TLB. */
  TLB
}
