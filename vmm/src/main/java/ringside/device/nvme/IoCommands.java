package ringside.device.nvme;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import ringside.device.disk.Disk;

/** The NVM command set (NVM Express 1.4, section 6). */
final class IoCommands {
  static final int FLUSH = 0x00;
  static final int WRITE = 0x01;
  static final int READ = 0x02;
  static final int COMPARE = 0x05;
  static final int WRITE_ZEROES = 0x08;
  static final int DSM = 0x09;
  static final int VERIFY = 0x0c;

  /** Most bytes that a command transfers: 2 to the MDTS pages. */
  static final int MAX_TRANSFER = Prps.PAGE << Identify.MDTS;

  private static final int ALL = 0xffff_ffff;
  private static final int RANGE = 16;

  private final NvmeController controller;
  private final Bounce bounce = new Bounce();
  private final Bounce compared = new Bounce();

  /** Room for the data of one command, made when it is needed for the first time. */
  private final class Bounce {
    private ByteBuffer buffer;

    /** Empty; what it held is gone. */
    ByteBuffer clear() {
      controller.copies().finish();
      if (buffer == null) {
        buffer = ByteBuffer.allocateDirect(MAX_TRANSFER);
      }
      return buffer.clear();
    }
  }

  IoCommands(NvmeController controller) {
    this.controller = controller;
  }

  static LatencyModel.Work work(Sqe sqe) {
    return switch (sqe.opcode()) {
      case FLUSH -> LatencyModel.Work.FLUSH;
      case WRITE -> LatencyModel.Work.WRITE;
      case READ, COMPARE, VERIFY -> LatencyModel.Work.READ;
      case WRITE_ZEROES, DSM -> LatencyModel.Work.TRIM;
      default -> LatencyModel.Work.ADMIN;
    };
  }

  /** What a command transfers, as far as it is valid. */
  long bytes(Sqe sqe) {
    int nsid = sqe.nsid();
    boolean blocks =
        switch (sqe.opcode()) {
          case WRITE, READ, COMPARE, VERIFY -> true;
          default -> false;
        };
    boolean there = nsid > 0 && nsid <= controller.namespaces().size();
    return blocks && there
        ? (long) count(sqe) << controller.namespaces().get(nsid - 1).blockShift()
        : 0;
  }

  /** A read or a write: nothing but data from here to there. */
  static boolean transfers(Sqe sqe) {
    return sqe.opcode() == READ || sqe.opcode() == WRITE;
  }

  /** What a command ends with when the host's disk fails. */
  static int failure(Sqe sqe) {
    return switch (sqe.opcode()) {
      case READ, COMPARE, VERIFY -> Status.UNRECOVERED_READ;
      case WRITE, WRITE_ZEROES, DSM, FLUSH -> Status.WRITE_FAULT;
      default -> Status.INTERNAL_ERROR;
    };
  }

  void execute(Sqe sqe) throws CommandException, IOException {
    CommandException.unless(!sqe.unsupported(), Status.INVALID_FIELD);
    switch (sqe.opcode()) {
      case FLUSH -> flush(sqe);
      case WRITE -> {
        write(sqe);
        controller.admin().logs().written(bytes(sqe));
      }
      case READ -> {
        read(sqe);
        controller.admin().logs().read(bytes(sqe));
      }
      case COMPARE -> {
        compare(sqe);
        controller.admin().logs().read(bytes(sqe));
      }
      case WRITE_ZEROES -> zero(sqe);
      case DSM -> manage(sqe);
      case VERIFY -> verify(sqe);
      default -> throw new CommandException(Status.INVALID_OPCODE);
    }
  }

  private Namespace namespace(Sqe sqe) throws CommandException {
    int nsid = sqe.nsid();
    CommandException.unless(
        nsid > 0 && nsid <= controller.namespaces().size(), Status.INVALID_NAMESPACE);
    return controller.namespaces().get(nsid - 1);
  }

  private static int count(Sqe sqe) {
    return sqe.bits(12, 15, 0) + 1;
  }

  private static boolean through(Sqe sqe) {
    return sqe.bits(12, 30, 30) != 0;
  }

  private void flush(Sqe sqe) throws CommandException, IOException {
    if (sqe.nsid() == ALL) {
      controller.flush();
    } else {
      namespace(sqe).disk().flush();
    }
  }

  /** The memory of a command's blocks. */
  private List<ByteBuffer> data(Namespace namespace, Sqe sqe, boolean write)
      throws CommandException {
    long bytes = (long) count(sqe) << namespace.blockShift();
    CommandException.unless(bytes <= MAX_TRANSFER, Status.INVALID_FIELD);
    return Prps.buffers(controller.dma(), sqe, (int) bytes, write);
  }

  /** One buffer with all of the data; a block in two pieces could otherwise be torn. */
  private ByteBuffer gathered(List<ByteBuffer> pieces) {
    if (pieces.size() == 1) {
      return pieces.getFirst();
    }
    ByteBuffer whole = bounce.clear();
    pieces.forEach(whole::put);
    return whole.flip();
  }

  private void write(Sqe sqe) throws CommandException, IOException {
    Namespace namespace = namespace(sqe);
    long offset = namespace.offset(sqe.wide(10), count(sqe));
    ByteBuffer data = gathered(data(namespace, sqe, false));
    if (through(sqe) || !controller.admin().features().writeCache()) {
      namespace.disk().writeThrough(offset, data);
    } else {
      namespace.disk().write(offset, data);
    }
  }

  /** What is looked at with FUA must be durable first. */
  private static void commit(Namespace namespace, Sqe sqe) throws IOException {
    if (through(sqe)) {
      namespace.disk().flush();
    }
  }

  private void read(Sqe sqe) throws CommandException, IOException {
    Namespace namespace = namespace(sqe);
    long at = namespace.offset(sqe.wide(10), count(sqe));
    List<ByteBuffer> data = data(namespace, sqe, true);
    commit(namespace, sqe);
    for (ByteBuffer piece : data) {
      int length = piece.remaining();
      namespace.disk().read(at, piece);
      at += length;
    }
  }

  private void compare(Sqe sqe) throws CommandException, IOException {
    Namespace namespace = namespace(sqe);
    long offset = namespace.offset(sqe.wide(10), count(sqe));
    ByteBuffer data = gathered(data(namespace, sqe, false));
    commit(namespace, sqe);
    ByteBuffer there = compared.clear().limit(data.remaining());
    namespace.disk().read(offset, there);
    CommandException.unless(there.flip().equals(data), Status.COMPARE_FAILURE);
  }

  /** Reads the blocks, and gives them to nobody. */
  private void verify(Sqe sqe) throws CommandException, IOException {
    Namespace namespace = namespace(sqe);
    long at = namespace.offset(sqe.wide(10), count(sqe));
    long end = at + ((long) count(sqe) << namespace.blockShift());
    commit(namespace, sqe);
    while (at < end) {
      ByteBuffer some = bounce.clear().limit((int) Math.min(MAX_TRANSFER, end - at));
      namespace.disk().read(at, some);
      at += some.position();
    }
  }

  private void zero(Sqe sqe) throws CommandException, IOException {
    Namespace namespace = namespace(sqe);
    long offset = namespace.offset(sqe.wide(10), count(sqe));
    long length = (long) count(sqe) << namespace.blockShift();
    Disk disk = namespace.disk();
    disk.zero(offset, length, sqe.bits(12, 25, 25) != 0);
    if (through(sqe) || !controller.admin().features().writeCache()) {
      disk.flush();
    }
  }

  /** Dataset management: deallocate is done, hints are not. All ranges are checked first. */
  private void manage(Sqe sqe) throws CommandException, IOException {
    Namespace namespace = namespace(sqe);
    int ranges = sqe.bits(10, 7, 0) + 1;
    ByteBuffer pieces = gathered(Prps.buffers(controller.dma(), sqe, ranges * RANGE, false));
    ByteBuffer list =
        ByteBuffer.allocate(ranges * RANGE).order(ByteOrder.LITTLE_ENDIAN).put(pieces).flip();
    if (sqe.bits(11, 2, 2) == 0) {
      return;
    }
    for (int i = 0; i < ranges; i++) {
      namespace.offset(list.getLong(i * RANGE + 8), list.getInt(i * RANGE + 4) & 0xffff_ffffL);
    }
    for (int i = 0; i < ranges; i++) {
      long length = (list.getInt(i * RANGE + 4) & 0xffff_ffffL) << namespace.blockShift();
      long offset = list.getLong(i * RANGE + 8) << namespace.blockShift();
      namespace.disk().zero(offset, length, true);
    }
    if (!controller.admin().features().writeCache()) {
      namespace.disk().flush();
    }
  }
}
