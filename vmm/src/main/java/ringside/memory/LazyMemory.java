package ringside.memory;

/**
 * Native memory that reads as zero and costs the host only the pages that were written: for large
 * maps of engines of which little is used. Addresses of it are valid until {@link #close}.
 */
public final class LazyMemory implements AutoCloseable {
  private final long bytes;
  private final long address;

  /**
   * @param bytes a multiple of 4096
   */
  public LazyMemory(long bytes) {
    if (bytes <= 0 || bytes % Gpa.PAGE_SIZE != 0) {
      throw new IllegalArgumentException("lazy memory of " + bytes + " bytes");
    }
    this.bytes = bytes;
    this.address =
        Host.mmap(
            0,
            bytes,
            Host.PROT_READ | Host.PROT_WRITE,
            Host.MAP_PRIVATE | Host.MAP_ANONYMOUS | Host.MAP_NORESERVE,
            -1,
            0);
  }

  /** Of the host. */
  public long address() {
    return address;
  }

  public long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    Host.munmap(address, bytes);
  }
}
