package ringside.cpu.x86;

/** How code is decoded: by CS.L and CS.D (Intel SDM volume 3, 3.4.5). */
public enum CodeMode {
  BITS16(2),
  BITS32(4),
  BITS64(8);

  private final int addressSize;

  CodeMode(int addressSize) {
    this.addressSize = addressSize;
  }

  /** Bytes of an address without prefix; also of the instruction pointer. */
  public int addressSize() {
    return addressSize;
  }
}
