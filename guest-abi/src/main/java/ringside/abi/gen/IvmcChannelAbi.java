package ringside.abi.gen;

/**
 * The shared memory of an IVMC channel: channel page, rings, slots. Generated from
 * ivmc_channel.abi.
 */
public final class IvmcChannelAbi {
  private IvmcChannelAbi() {}

  // IVMC_CHANNEL: Numbers that both ends must agree on.

  /** First word of the channel page: the letters IVMC. */
  public static final int IVMC_MAGIC = 0x434d5649;

  /** Of this layout. */
  public static final int IVMC_VERSION = 2;

  /** Log2 of the fewest entries of a ring. */
  public static final int IVMC_MIN_ORDER = 4;

  /** Log2 of the most entries of a ring: 8192. */
  public static final int IVMC_MAX_ORDER = 13;

  /** Log2 of the usual number of entries. */
  public static final int IVMC_DEFAULT_ORDER = 10;

  /** Size of a slot of the large pool. */
  public static final int IVMC_LARGE_SLOT_BYTES = 65536;

  /** Most pages of the data area, and of all regions of a channel together. */
  public static final int IVMC_MAX_DATA_PAGES = 131072;

  /** Regions that a client can have attached. */
  public static final int IVMC_MAX_REGIONS = 32;

  /** Where in a request's data the number of a region stands, from 1; 0: the data area. */
  public static final int IVMC_REGION_SHIFT = 48;

  // IVMC_PATH: How data gets from the client's memory to the device.

  /** The client copies it into large slots, which lie in the data area. */
  public static final int IVMC_COPY = 0;

  /** The client's own buffers lie in the data area; nobody copies. */
  public static final int IVMC_DIRECT = 1;

  // IVMC_RING: The rings of a channel, in this order in the ring area. They hold indices of small
  // slots but for large_free.

  /** Client to server: writes, flushes, discards, zeroes. */
  public static final int IVMC_WRITE_REQUEST = 0;

  /** Client to server: reads. */
  public static final int IVMC_READ_REQUEST = 1;

  /** Server to client. */
  public static final int IVMC_WRITE_RESPONSE = 2;

  /** Server to client. */
  public static final int IVMC_READ_RESPONSE = 3;

  /** Small slots of no request; only the client touches it and it is not granted. */
  public static final int IVMC_SMALL_FREE = 4;

  /** Large slots of no request; only the client touches it and it is not granted. */
  public static final int IVMC_LARGE_FREE = 5;

  /** How many rings there are. */
  public static final int IVMC_RINGS = 6;

  /** The first so many are granted to the server. */
  public static final int IVMC_SHARED_RINGS = 4;

  // IVMC_RECEIVER: The sleep word of a ring: what its receiver does.

  /** It looks at the ring by itself; nobody needs to notify. */
  public static final int IVMC_ACTIVE = 1;

  /** It is blocked; notify it. */
  public static final int IVMC_ASLEEP = 0;

  /** It was blocked, and a sender has taken it upon itself to notify it. */
  public static final int IVMC_CALLED = 2;

  /** It is about to block; notify it. */
  public static final int IVMC_DROWSY = -1;

  // IVMC_SERVER_STATE: What the server says of the channel.

  /** Nothing yet. */
  public static final int IVMC_CONNECTING = 0;

  /** It serves requests of the epoch in server_epoch. */
  public static final int IVMC_CONNECTED = 1;

  /** It does not serve this channel; status says why. */
  public static final int IVMC_REFUSED = 2;

  // IVMC_OP: What a request asks for.

  /** Read blocks. */
  public static final int IVMC_READ = 0;

  /** Write blocks. */
  public static final int IVMC_WRITE = 1;

  /** Make durable all that was answered before. */
  public static final int IVMC_FLUSH = 2;

  /** The blocks' content is no longer needed. */
  public static final int IVMC_DISCARD = 3;

  /** Make the blocks zero. */
  public static final int IVMC_WRITE_ZEROES = 4;

  /**
   * A region: block domid of its owner, large first reference, length pages, data its number
   * shifted; the owner must be a client of who asks, and have granted the pages to the server.
   */
  public static final int IVMC_ATTACH = 5;

  /** Data the number of a region, shifted; no request that names it is under way. */
  public static final int IVMC_DETACH = 6;

  /** Bit of those that take the read rings, as IVMC_READ does; all others take the write rings. */
  public static final int IVMC_OP_READS = 256;

  // IVMC_FLAGS: How a request is to be done.

  /** A write is answered only when it is durable. */
  public static final int IVMC_FUA = 1;
}
