package ringside.abi.gen;

/** Error numbers; a failing hypercall returns the negative of one. Generated from errno.abi. */
public final class ErrnoAbi {
  private ErrnoAbi() {}

  // errno: Error numbers. C: with the prefix XEN_.

  /** Operation not permitted. */
  public static final int EPERM = 1;

  /** No such object. */
  public static final int ENOENT = 2;

  /** No such domain. */
  public static final int ESRCH = 3;

  /** Input or output error. */
  public static final int EIO = 5;

  /** No such device or address. */
  public static final int ENXIO = 6;

  /** Argument list too long. */
  public static final int E2BIG = 7;

  /** Not an executable image. */
  public static final int ENOEXEC = 8;

  /** Bad handle. */
  public static final int EBADF = 9;

  /** No child. */
  public static final int ECHILD = 10;

  /** Try again. */
  public static final int EAGAIN = 11;

  /** Out of memory. */
  public static final int ENOMEM = 12;

  /** Permission denied. */
  public static final int EACCES = 13;

  /** Bad guest pointer. */
  public static final int EFAULT = 14;

  /** In use. */
  public static final int EBUSY = 16;

  /** Exists already. */
  public static final int EEXIST = 17;

  /** Crosses devices. */
  public static final int EXDEV = 18;

  /** No such device. */
  public static final int ENODEV = 19;

  /** Not a directory. */
  public static final int ENOTDIR = 20;

  /** Is a directory. */
  public static final int EISDIR = 21;

  /** Invalid argument. */
  public static final int EINVAL = 22;

  /** Table full. */
  public static final int ENFILE = 23;

  /** Too many handles. */
  public static final int EMFILE = 24;

  /** No space left. */
  public static final int ENOSPC = 28;

  /** Read-only. */
  public static final int EROFS = 30;

  /** Too many links. */
  public static final int EMLINK = 31;

  /** Argument outside the domain of the function. */
  public static final int EDOM = 33;

  /** Result out of range. */
  public static final int ERANGE = 34;

  /** Would deadlock. */
  public static final int EDEADLK = 35;

  /** Name too long. */
  public static final int ENAMETOOLONG = 36;

  /** No locks left. */
  public static final int ENOLCK = 37;

  /** Not implemented. */
  public static final int ENOSYS = 38;

  /** Not empty. */
  public static final int ENOTEMPTY = 39;

  /** No data. */
  public static final int ENODATA = 61;

  /** Time has passed already. */
  public static final int ETIME = 62;

  /** Malformed message. */
  public static final int EBADMSG = 74;

  /** Value too large for its type. */
  public static final int EOVERFLOW = 75;

  /** Illegal byte sequence. */
  public static final int EILSEQ = 84;

  /** To be restarted; never seen by a guest. */
  public static final int ERESTART = 85;

  /** Not a socket. */
  public static final int ENOTSOCK = 88;

  /** Message too long. */
  public static final int EMSGSIZE = 90;

  /** Operation not supported. */
  public static final int EOPNOTSUPP = 95;

  /** Address in use. */
  public static final int EADDRINUSE = 98;

  /** Address not available. */
  public static final int EADDRNOTAVAIL = 99;

  /** No buffer space. */
  public static final int ENOBUFS = 105;

  /** Connected already. */
  public static final int EISCONN = 106;

  /** Not connected. */
  public static final int ENOTCONN = 107;

  /** Timed out. */
  public static final int ETIMEDOUT = 110;

  /** Connection refused. */
  public static final int ECONNREFUSED = 111;
}
