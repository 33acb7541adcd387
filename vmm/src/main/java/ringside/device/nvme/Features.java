package ringside.device.nvme;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Features (NVM Express 1.4, section 5.21.1). None can be saved: all return to their defaults at a
 * controller reset.
 */
final class Features {
  private static final int ARBITRATION = 0x01;
  private static final int POWER = 0x02;
  private static final int TEMPERATURE = 0x04;
  private static final int ERROR_RECOVERY = 0x05;
  private static final int WRITE_CACHE = 0x06;
  private static final int QUEUES = 0x07;
  private static final int COALESCING = 0x08;
  private static final int VECTOR = 0x09;
  private static final int ATOMICITY = 0x0a;
  private static final int EVENTS = 0x0b;
  private static final int TIMESTAMP = 0x0e;

  private static final int LAST = TIMESTAMP;
  private static final int ALL = 0xffff_ffff;
  private static final int DEFAULT = 1;
  private static final int SAVED = 2;
  private static final int CAPABILITIES = 3;
  private static final int CHANGEABLE = 4;
  private static final int NS_SPECIFIC = 2;

  /** Over-temperature threshold: 343 K. */
  private static final int HOT = 0x157;

  private final NvmeController controller;
  private final int[] values = new int[LAST + 1];
  private final boolean[] noCoalescing;
  private final int[] retryTimes;
  private int cold;
  private long timestamp;
  private long timestampSet;
  private boolean timestampByHost;

  Features(NvmeController controller) {
    this.controller = controller;
    noCoalescing = new boolean[controller.msix().vectors()];
    retryTimes = new int[controller.namespaces().size()];
    reset();
  }

  void reset() {
    for (int id = 0; id <= LAST; id++) {
      values[id] = byDefault(id);
    }
    for (int vector = 0; vector < noCoalescing.length; vector++) {
      noCoalescing[vector] = false;
    }
    Arrays.fill(retryTimes, 0);
    cold = 0;
  }

  private static int byDefault(int id) {
    return switch (id) {
      case TEMPERATURE -> HOT;
      case WRITE_CACHE -> 1;
      case QUEUES -> NvmeController.IO_QUEUES - 1 << 16 | NvmeController.IO_QUEUES - 1;
      default -> 0;
    };
  }

  /** Whether a write may complete before it is durable. */
  boolean writeCache() {
    return (values[WRITE_CACHE] & 1) != 0;
  }

  private static boolean known(int id) {
    return switch (id) {
      case ARBITRATION,
          POWER,
          TEMPERATURE,
          ERROR_RECOVERY,
          WRITE_CACHE,
          QUEUES,
          COALESCING,
          VECTOR,
          ATOMICITY,
          EVENTS,
          TIMESTAMP ->
          true;
      default -> false;
    };
  }

  /**
   * The namespace that a command for a feature is about; only one feature is of a namespace.
   *
   * @param all whether it may be about all of them
   */
  private void checkNamespace(int id, int nsid, boolean all) throws CommandException {
    boolean there = nsid > 0 && nsid <= controller.namespaces().size();
    if (id == ERROR_RECOVERY) {
      CommandException.unless(there || all && nsid == ALL, Status.INVALID_NAMESPACE);
    } else if (all && nsid != 0 && nsid != ALL) {
      throw new CommandException(there ? Status.NOT_NS_SPECIFIC : Status.INVALID_NAMESPACE);
    }
  }

  int get(Sqe sqe) throws CommandException {
    int id = sqe.bits(10, 7, 0);
    int select = sqe.bits(10, 10, 8);
    CommandException.unless(known(id) && select <= CAPABILITIES, Status.INVALID_FIELD);
    checkNamespace(id, sqe.nsid(), false);
    if (select == CAPABILITIES) {
      return CHANGEABLE | (id == ERROR_RECOVERY ? NS_SPECIFIC : 0);
    }
    boolean initial = select == DEFAULT || select == SAVED;
    return switch (id) {
      case TEMPERATURE -> temperature(sqe, initial);
      case ERROR_RECOVERY -> initial ? 0 : retryTimes[sqe.nsid() - 1];
      case VECTOR -> {
        int vector = vector(sqe);
        yield vector | (!initial && noCoalescing[vector] ? 1 << 16 : 0);
      }
      case TIMESTAMP -> {
        giveTimestamp(sqe, initial);
        yield 0;
      }
      default -> initial ? byDefault(id) : values[id];
    };
  }

  private int temperature(Sqe sqe, boolean initial) throws CommandException {
    CommandException.unless(sqe.bits(11, 19, 16) == 0, Status.INVALID_FIELD);
    boolean under = sqe.bits(11, 21, 20) == 1;
    if (under) {
      return initial ? 0 : cold;
    }
    return initial ? HOT : values[TEMPERATURE];
  }

  private int vector(Sqe sqe) throws CommandException {
    int vector = sqe.bits(11, 15, 0);
    CommandException.unless(vector < noCoalescing.length, Status.INVALID_FIELD);
    return vector;
  }

  int set(Sqe sqe) throws CommandException, IOException {
    int id = sqe.bits(10, 7, 0);
    int value = sqe.word(11);
    CommandException.unless(known(id), Status.INVALID_FIELD);
    CommandException.unless(sqe.bits(10, 31, 31) == 0, Status.NOT_SAVEABLE);
    checkNamespace(id, sqe.nsid(), true);
    switch (id) {
      case ERROR_RECOVERY -> setErrorRecovery(sqe);
      case WRITE_CACHE -> setWriteCache(value & 1);
      case POWER -> CommandException.unless((value & 0x1f) == 0, Status.INVALID_FIELD);
      case TEMPERATURE -> setTemperature(sqe);
      case QUEUES -> setQueues(value);
      case VECTOR -> noCoalescing[vector(sqe)] = (value & 1 << 16) != 0;
      case TIMESTAMP -> takeTimestamp(sqe);
      default -> values[id] = value;
    }
    return id == QUEUES ? values[QUEUES] : 0;
  }

  /** A cache that is switched off holds nothing that could be lost. */
  private void setWriteCache(int on) throws IOException {
    if (on == 0) {
      controller.flush();
    }
    values[WRITE_CACHE] = on;
  }

  /** Retries never take long; errors of deallocated blocks, which namespaces do not announce. */
  private void setErrorRecovery(Sqe sqe) throws CommandException {
    CommandException.unless(sqe.bits(11, 16, 16) == 0, Status.INVALID_FIELD);
    for (int nsid = 1; nsid <= retryTimes.length; nsid++) {
      if (sqe.nsid() == nsid || sqe.nsid() == ALL) {
        retryTimes[nsid - 1] = sqe.bits(11, 15, 0);
      }
    }
  }

  private void setTemperature(Sqe sqe) throws CommandException {
    int kind = sqe.bits(11, 21, 20);
    CommandException.unless(kind <= 1, Status.INVALID_FIELD);
    if (kind == 1) {
      cold = sqe.bits(11, 15, 0);
    } else {
      values[TEMPERATURE] = sqe.bits(11, 15, 0);
    }
  }

  /** All queues are always there, whatever the host asks for. */
  private void setQueues(int value) throws CommandException {
    boolean fine = (value & 0xffff) != 0xffff && value >>> 16 != 0xffff;
    CommandException.unless(fine, Status.INVALID_FIELD);
    CommandException.unless(
        controller.cqs().size() == 1 && controller.sqs().size() == 1, Status.SEQUENCE_ERROR);
  }

  private void giveTimestamp(Sqe sqe, boolean initial) throws CommandException {
    long passed = (controller.now() - timestampSet) / 1_000_000;
    long value = initial ? 0 : timestamp + passed & 0xffff_ffff_ffffL;
    long origin = !initial && timestampByHost ? 1L << 49 : 0;
    ByteBuffer data = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    controller.admin().give(sqe, data.putLong(0, value | origin));
  }

  private void takeTimestamp(Sqe sqe) throws CommandException {
    List<ByteBuffer> pieces = Prps.buffers(controller.dma(), sqe, Long.BYTES, false);
    ByteBuffer data = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    pieces.forEach(data::put);
    timestamp = data.getLong(0) & 0xffff_ffff_ffffL;
    timestampSet = controller.now();
    timestampByHost = true;
  }
}
