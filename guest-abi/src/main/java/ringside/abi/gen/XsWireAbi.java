package ringside.abi.gen;

/** Xenstore: a page with two rings, and messages in them. Generated from xs_wire.abi. */
public final class XsWireAbi {
  private XsWireAbi() {}

  // XENSTORE_LIMITS: Sizes.

  /** Bytes of a ring. */
  public static final int XENSTORE_RING_SIZE = 1024;

  /** Bytes behind the header of a message. */
  public static final int XENSTORE_PAYLOAD_MAX = 4096;

  /** Characters of a path from the root. */
  public static final int XENSTORE_ABS_PATH_MAX = 3072;

  /** Characters of a path from the domain's own directory. */
  public static final int XENSTORE_REL_PATH_MAX = 2048;

  // xsd_sockmsg_type: Kinds of messages. Texts end with NUL, except values and READ's reply.

  /** For the control domain. */
  public static final int XS_CONTROL = 0;

  /** Path; reply: names of the children. */
  public static final int XS_DIRECTORY = 1;

  /** Path; reply: the value. */
  public static final int XS_READ = 2;

  /** Path; reply: permissions such as n0. */
  public static final int XS_GET_PERMS = 3;

  /** Path and token; the watch fires once at once. */
  public static final int XS_WATCH = 4;

  /** Path and token. */
  public static final int XS_UNWATCH = 5;

  /** Empty text; reply: the transaction's id. */
  public static final int XS_TRANSACTION_START = 6;

  /** T commits, F drops. */
  public static final int XS_TRANSACTION_END = 7;

  /** For the control domain. */
  public static final int XS_INTRODUCE = 8;

  /** For the control domain. */
  public static final int XS_RELEASE = 9;

  /** Domain id; reply: its directory. */
  public static final int XS_GET_DOMAIN_PATH = 10;

  /** Path and value. */
  public static final int XS_WRITE = 11;

  /** Path. */
  public static final int XS_MKDIR = 12;

  /** Path. */
  public static final int XS_RM = 13;

  /** Path and permissions. */
  public static final int XS_SET_PERMS = 14;

  /** To the guest: path and token of a watch that fired. */
  public static final int XS_WATCH_EVENT = 15;

  /** To the guest: name of an error. */
  public static final int XS_ERROR = 16;

  /** Domain id; reply: T or F. */
  public static final int XS_IS_DOMAIN_INTRODUCED = 17;

  /** For the control domain. */
  public static final int XS_RESUME = 18;

  /** For the control domain. */
  public static final int XS_SET_TARGET = 19;

  /** Drops the domain's watches and transactions. */
  public static final int XS_RESET_WATCHES = 21;

  /** Path and offset; reply: a part of the children's names. */
  public static final int XS_DIRECTORY_PART = 22;

  /** Never a kind. */
  public static final int XS_INVALID = 0xffff;

  // XENSTORE_SERVER_FEATURE: What the server can do.

  /** Connection can ask for a new start. */
  public static final int XENSTORE_SERVER_FEATURE_RECONNECTION = 1;

  /** Error tells what went wrong. */
  public static final int XENSTORE_SERVER_FEATURE_ERROR = 2;

  // XENSTORE_CONNECTION: State of the connection.

  /** Works. */
  public static final int XENSTORE_CONNECTED = 0;

  /** Guest: start anew. */
  public static final int XENSTORE_RECONNECT = 1;

  // XENSTORE_ERROR: What went wrong with the rings.

  /** Nothing. */
  public static final int XENSTORE_ERROR_NONE = 0;

  /** Talking to the guest failed. */
  public static final int XENSTORE_ERROR_COMM = 1;

  /** A position is impossible. */
  public static final int XENSTORE_ERROR_RINGIDX = 2;

  /** A message is impossible. */
  public static final int XENSTORE_ERROR_PROTO = 3;
}
