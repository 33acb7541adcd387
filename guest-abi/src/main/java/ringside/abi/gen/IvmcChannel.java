package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/**
 * {@code struct ivmc_channel}. The channel page. The client writes its half before it registers,
 * the server its own when it has connected.
 */
public final class IvmcChannel extends Snapshot {
  /** in u32: IVMC_MAGIC. */
  public static final AbiOffset MAGIC = new AbiOffset("magic", 0, 0, 4, 4);

  /** in u32: IVMC_VERSION. */
  public static final AbiOffset VERSION = new AbiOffset("version", 4, 4, 4, 4);

  /** in u32: of this channel; requests and responses carry it. */
  public static final AbiOffset EPOCH = new AbiOffset("epoch", 8, 8, 4, 4);

  /** in u32: log2 of the entries of a ring, which is also the number of slots in each pool. */
  public static final AbiOffset ORDER = new AbiOffset("order", 12, 12, 4, 4);

  /** in u32, one of IVMC_PATH. */
  public static final AbiOffset PATH = new AbiOffset("path", 16, 16, 4, 4);

  /** in evtchn_port_t: the client's unbound port for the server, one for both directions. */
  public static final AbiOffset PORT = new AbiOffset("port", 20, 20, 4, 4);

  /** in u32: bytes from one ring to the next, whole pages. */
  public static final AbiOffset RING_STRIDE = new AbiOffset("ring_stride", 24, 24, 4, 4);

  /** in struct ivmc_area: the shared rings, ring_stride apart. */
  public static final AbiOffset RINGS = new AbiOffset("rings", 32, 32, 8, 8);

  /** in struct ivmc_area: the small pool: struct ivmc_slot, one per entry. */
  public static final AbiOffset SLOTS = new AbiOffset("slots", 40, 40, 8, 8);

  /** in struct ivmc_area: large slots (copy), or the client's I/O region (direct). */
  public static final AbiOffset DATA = new AbiOffset("data", 48, 48, 8, 8);

  /**
   * in u64: where the ring area begins in the client's memory, all six rings; for whoever inspects
   * it.
   */
  public static final AbiOffset RINGS_GFN = new AbiOffset("rings_gfn", 56, 56, 8, 8);

  /** out u32, one of IVMC_SERVER_STATE. */
  public static final AbiOffset SERVER_STATE = new AbiOffset("server_state", 64, 64, 4, 4);

  /** out s32: 0, or the negated errno of a refusal. */
  public static final AbiOffset STATUS = new AbiOffset("status", 68, 68, 4, 4);

  /** out u32: epoch of the channel that is connected. */
  public static final AbiOffset SERVER_EPOCH = new AbiOffset("server_epoch", 72, 72, 4, 4);

  /** out u32: size of a block of the device. */
  public static final AbiOffset BLOCK_BYTES = new AbiOffset("block_bytes", 76, 76, 4, 4);

  /** out u64: size of the device in blocks. */
  public static final AbiOffset BLOCKS = new AbiOffset("blocks", 80, 80, 8, 8);

  /** out u32: most bytes of one request. */
  public static final AbiOffset MAX_TRANSFER = new AbiOffset("max_transfer", 88, 88, 4, 4);

  /** out u32: who may be granted the data area too, to do the server's DMA; 0: nobody. */
  public static final AbiOffset DMA_DOMID = new AbiOffset("dma_domid", 92, 92, 4, 4);

  private IvmcChannel(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 96;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static IvmcChannel of(byte[] bytes, Width width) {
    return new IvmcChannel(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static IvmcChannel of(byte[] bytes, int base, Width width) {
    return new IvmcChannel(bytes, base, width);
  }

  /** A structure of zeros. */
  public static IvmcChannel zero(Width width) {
    return new IvmcChannel(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "ivmc_channel";
  }

  /** IVMC_MAGIC. */
  public long magic() {
    return getU32(0);
  }

  /** Sets magic. */
  public void magic(long value) {
    put32(0, value);
  }

  /** IVMC_VERSION. */
  public long version() {
    return getU32(4);
  }

  /** Sets version. */
  public void version(long value) {
    put32(4, value);
  }

  /** Of this channel; requests and responses carry it. */
  public long epoch() {
    return getU32(8);
  }

  /** Sets epoch. */
  public void epoch(long value) {
    put32(8, value);
  }

  /** Log2 of the entries of a ring, which is also the number of slots in each pool. */
  public long order() {
    return getU32(12);
  }

  /** Sets order. */
  public void order(long value) {
    put32(12, value);
  }

  /** Gets path. */
  public long path() {
    return getU32(16);
  }

  /** Sets path. */
  public void path(long value) {
    put32(16, value);
  }

  /** The client's unbound port for the server, one for both directions. */
  public long port() {
    return getU32(20);
  }

  /** Sets port. */
  public void port(long value) {
    put32(20, value);
  }

  /** Bytes from one ring to the next, whole pages. */
  public long ringStride() {
    return getU32(24);
  }

  /** Sets ring_stride. */
  public void ringStride(long value) {
    put32(24, value);
  }

  /** The nested structure, over the same bytes. */
  public IvmcArea rings() {
    return IvmcArea.of(bytes, base + 32, width());
  }

  /** The nested structure, over the same bytes. */
  public IvmcArea slots() {
    return IvmcArea.of(bytes, base + 40, width());
  }

  /** The nested structure, over the same bytes. */
  public IvmcArea data() {
    return IvmcArea.of(bytes, base + 48, width());
  }

  /** Where the ring area begins in the client's memory, all six rings; for whoever inspects it. */
  public long ringsGfn() {
    return get64(56);
  }

  /** Sets rings_gfn. */
  public void ringsGfn(long value) {
    put64(56, value);
  }

  /** Gets server_state. */
  public long serverState() {
    return getU32(64);
  }

  /** Sets server_state. */
  public void serverState(long value) {
    put32(64, value);
  }

  /** 0, or the negated errno of a refusal. */
  public int status() {
    return getS32(68);
  }

  /** Sets status. */
  public void status(long value) {
    put32(68, value);
  }

  /** Epoch of the channel that is connected. */
  public long serverEpoch() {
    return getU32(72);
  }

  /** Sets server_epoch. */
  public void serverEpoch(long value) {
    put32(72, value);
  }

  /** Size of a block of the device. */
  public long blockBytes() {
    return getU32(76);
  }

  /** Sets block_bytes. */
  public void blockBytes(long value) {
    put32(76, value);
  }

  /** Size of the device in blocks. */
  public long blocks() {
    return get64(80);
  }

  /** Sets blocks. */
  public void blocks(long value) {
    put64(80, value);
  }

  /** Most bytes of one request. */
  public long maxTransfer() {
    return getU32(88);
  }

  /** Sets max_transfer. */
  public void maxTransfer(long value) {
    put32(88, value);
  }

  /** Who may be granted the data area too, to do the server's DMA; 0: nobody. */
  public long dmaDomid() {
    return getU32(92);
  }

  /** Sets dma_domid. */
  public void dmaDomid(long value) {
    put32(92, value);
  }
}
