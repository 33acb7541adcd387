package ringside.abi.gen;

/**
 * Requests to a file system server, in the slots of an IVMC channel. Generated from ivmc_file.abi.
 */
public final class IvmcFileAbi {
  private IvmcFileAbi() {}

  // IVMC_FILE: What a request asks for; POSIX's functions of these names. Those with bit 8 change
  // nothing. OPENAT that creates or truncates, APPEND and all that changes names or attributes by
  // name is carried out once, though a new server gets it again: the answer is on the volume.

  /**
   * Fd, data path, arg flags, mode; result: the descriptor, extra: the inode, and its generation in
   * the upper half.
   */
  public static final int IVMC_FILE_OPENAT = 1;

  /**
   * Fd what it is to be, or -1: any; offset, length inode, length2 generation, arg flags; result:
   * the descriptor; only between the two IVMC_FILE_RESUME.
   */
  public static final int IVMC_FILE_REOPEN = 2;

  /** Fd. */
  public static final int IVMC_FILE_CLOSE = 3;

  /** Fd, data bytes; result: how many, extra: the offset behind them. */
  public static final int IVMC_FILE_APPEND = 4;

  /** Fd, data bytes, offset; result: how many. */
  public static final int IVMC_FILE_PWRITE = 5;

  /** Fd, offset, arg whence; result: the offset. */
  public static final int IVMC_FILE_LSEEK = 6;

  /** Fd, data path, mode. */
  public static final int IVMC_FILE_MKDIRAT = 7;

  /** Fd, data path, mode, arg device. */
  public static final int IVMC_FILE_MKNODAT = 8;

  /** Fd, data path, arg flags. */
  public static final int IVMC_FILE_UNLINKAT = 9;

  /** Fd, data old path, fd2, data2 new path. */
  public static final int IVMC_FILE_RENAMEAT = 10;

  /** Fd, data old path, fd2, data2 new path, arg flags. */
  public static final int IVMC_FILE_LINKAT = 11;

  /** Data target, fd2, data2 path. */
  public static final int IVMC_FILE_SYMLINKAT = 12;

  /** Data path, offset size. */
  public static final int IVMC_FILE_TRUNCATE = 13;

  /** Fd, offset size. */
  public static final int IVMC_FILE_FTRUNCATE = 14;

  /** Fd. */
  public static final int IVMC_FILE_FSYNC = 15;

  /** Fd. */
  public static final int IVMC_FILE_FDATASYNC = 16;

  /** Nothing. */
  public static final int IVMC_FILE_SYNC = 17;

  /** Fd, data path, mode, arg flags. */
  public static final int IVMC_FILE_FCHMODAT = 18;

  /** Fd, mode. */
  public static final int IVMC_FILE_FCHMOD = 19;

  /** Fd, data path, length2 uid, mode gid, arg flags. */
  public static final int IVMC_FILE_FCHOWNAT = 20;

  /** Fd, length2 uid, mode gid. */
  public static final int IVMC_FILE_FCHOWN = 21;

  /** Fd, data path, data2 two struct ivmc_file_time, arg flags. */
  public static final int IVMC_FILE_UTIMENSAT = 22;

  /** Fd, data2 two struct ivmc_file_time. */
  public static final int IVMC_FILE_FUTIMENS = 23;

  /** Data path. */
  public static final int IVMC_FILE_CHDIR = 24;

  /** Fd. */
  public static final int IVMC_FILE_FCHDIR = 25;

  /** Mode; result: the last one. */
  public static final int IVMC_FILE_UMASK = 26;

  /** Fd; result: the new one. */
  public static final int IVMC_FILE_DUP = 27;

  /** Fd, fd2; result: fd2. */
  public static final int IVMC_FILE_DUP2 = 28;

  /** Fd, arg command, mode argument; result. */
  public static final int IVMC_FILE_FCNTL = 29;

  /**
   * Fd, arg command, mode type, offset the first byte, data how many, 0: to the end of any file;
   * F_GETLK: data2 room for a struct ivmc_file_lock.
   */
  public static final int IVMC_FILE_FCNTL_LOCK = 30;

  /** Fd, arg operation. */
  public static final int IVMC_FILE_FLOCK = 31;

  /**
   * Data path, data2 name, then the value behind its NUL, length2 bytes in all; arg flags, mode
   * whether to follow.
   */
  public static final int IVMC_FILE_SETXATTR = 32;

  /** Fd, the same. */
  public static final int IVMC_FILE_FSETXATTR = 33;

  /** Data path, data2 name, mode whether to follow. */
  public static final int IVMC_FILE_REMOVEXATTR = 34;

  /** Fd, data2 name. */
  public static final int IVMC_FILE_FREMOVEXATTR = 35;

  /**
   * Arg 1: the client is about to tell a new server what the last one knew, before anything else:
   * SHARE, REOPEN, DUP2, FCNTL_LOCK, FLOCK, FCHDIR, CLOSE, UMASK; 0: that is all. Requests of all
   * clients wait until every client of the last server has done so, or for a time.
   */
  public static final int IVMC_FILE_RESUME = 36;

  /** Fd, data room for struct linux_dirent64; result: bytes; it moves the offset too. */
  public static final int IVMC_FILE_GETDENTS = 37;

  /**
   * Offset the first reference under which the data area is granted to dma_domid, too; once in an
   * epoch, before anything is open.
   */
  public static final int IVMC_FILE_SHARE = 38;

  /** Fd, data room for bytes, offset; result: how many. */
  public static final int IVMC_FILE_PREAD = 257;

  /** Fd, data2 room for a struct ivmc_file_stat. */
  public static final int IVMC_FILE_FSTAT = 258;

  /** Fd, data path, data2 room for a struct ivmc_file_stat, arg flags. */
  public static final int IVMC_FILE_FSTATAT = 259;

  /** Data path, data2 room for a struct ivmc_file_statvfs. */
  public static final int IVMC_FILE_STATVFS = 260;

  /** Fd, data2 room for a struct ivmc_file_statvfs. */
  public static final int IVMC_FILE_FSTATVFS = 261;

  /** Fd, data path, mode, arg flags. */
  public static final int IVMC_FILE_FACCESSAT = 262;

  /** Fd, data path, data2 room of length2 bytes; result: bytes. */
  public static final int IVMC_FILE_READLINKAT = 263;

  /** Data room for a path; result: bytes. */
  public static final int IVMC_FILE_GETCWD = 264;

  /**
   * Data path, data2 name, behind its NUL room, length2 bytes in all; mode whether to follow;
   * result: bytes.
   */
  public static final int IVMC_FILE_GETXATTR = 265;

  /** Fd, the same. */
  public static final int IVMC_FILE_FGETXATTR = 266;

  /** Data path, data2 room of length2 bytes, mode whether to follow; result: bytes. */
  public static final int IVMC_FILE_LISTXATTR = 267;

  /** Fd, the same. */
  public static final int IVMC_FILE_FLISTXATTR = 268;
}
