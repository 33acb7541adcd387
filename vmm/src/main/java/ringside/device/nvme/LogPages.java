package ringside.device.nvme;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/** Log pages (NVM Express 1.4, section 5.14.1). */
final class LogPages {
  /** How many errors are kept. */
  static final int ERRORS = 64;

  private static final int ERROR_PAGE = 0x01;
  private static final int SMART = 0x02;
  private static final int FIRMWARE = 0x03;
  private static final int EFFECTS = 0x05;
  private static final int ENTRY = 64;

  private static final int[] ADMIN = {
    AdminCommands.DELETE_SQ,
    AdminCommands.CREATE_SQ,
    AdminCommands.GET_LOG_PAGE,
    AdminCommands.DELETE_CQ,
    AdminCommands.CREATE_CQ,
    AdminCommands.IDENTIFY,
    AdminCommands.ABORT,
    AdminCommands.SET_FEATURES,
    AdminCommands.GET_FEATURES,
    AdminCommands.AER
  };
  private static final int[] READING = {
    IoCommands.FLUSH, IoCommands.READ, IoCommands.COMPARE, IoCommands.VERIFY
  };
  private static final int[] WRITING = {IoCommands.WRITE, IoCommands.WRITE_ZEROES, IoCommands.DSM};

  private record Failed(long number, int sqid, Sqe sqe, int status) {}

  private final NvmeController controller;
  private final ArrayDeque<Failed> errors = new ArrayDeque<>();
  private long count;
  private long reads;
  private long writes;
  private long bytesRead;
  private long bytesWritten;

  LogPages(NvmeController controller) {
    this.controller = controller;
  }

  /** A command has failed. */
  void error(int sqid, Sqe sqe, int status) {
    count++;
    if (errors.size() == ERRORS) {
      errors.removeLast();
    }
    errors.addFirst(new Failed(count, sqid, sqe, status));
  }

  /** A read or a compare is done. */
  void read(long bytes) {
    reads++;
    bytesRead += bytes;
  }

  /** A write is done. */
  void written(long bytes) {
    writes++;
    bytesWritten += bytes;
  }

  ByteBuffer page(int id) throws CommandException {
    return switch (id) {
      case ERROR_PAGE -> errors();
      case SMART -> smart();
      case FIRMWARE -> firmware();
      case EFFECTS -> effects();
      default -> throw new CommandException(Status.INVALID_LOG_PAGE);
    };
  }

  private static ByteBuffer bytes(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private ByteBuffer errors() {
    ByteBuffer page = bytes(ERRORS * ENTRY);
    int at = 0;
    for (Failed failed : errors) {
      page.putLong(at, failed.number());
      page.putShort(at + 8, (short) failed.sqid()).putShort(at + 10, (short) failed.sqe().cid());
      page.putShort(at + 12, (short) (failed.status() << 1)).putShort(at + 14, (short) 0xffff);
      if (failed.sqid() > 0) {
        page.putLong(at + 16, failed.sqe().wide(10));
      }
      page.putInt(at + 24, failed.sqe().nsid());
      at += ENTRY;
    }
    return page;
  }

  private ByteBuffer smart() {
    ByteBuffer page = bytes(512);
    page.putShort(1, (short) 300); // K
    page.put(3, (byte) 100).put(4, (byte) 10); // spare, and its threshold, in percent
    page.putLong(32, dataUnits(bytesRead)).putLong(48, dataUnits(bytesWritten));
    page.putLong(64, reads).putLong(80, writes);
    page.putLong(128, controller.now() / 3_600_000_000_000L); // power-on hours
    page.putLong(176, count);
    return page;
  }

  /** Thousands of 512 bytes, rounded up. */
  private static long dataUnits(long bytes) {
    return Math.ceilDiv(bytes, 512_000L);
  }

  private static ByteBuffer firmware() {
    ByteBuffer page = bytes(512);
    page.put(0, (byte) 1);
    page.put(8, "1       ".getBytes(StandardCharsets.US_ASCII));
    return page;
  }

  private static ByteBuffer effects() {
    ByteBuffer page = bytes(4096);
    for (int opcode : ADMIN) {
      page.putInt(opcode * 4, 1);
    }
    for (int opcode : READING) {
      page.putInt(1024 + opcode * 4, 1);
    }
    for (int opcode : WRITING) {
      page.putInt(1024 + opcode * 4, 3); // changes content
    }
    return page;
  }
}
