package ringside.device.nvme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.ByteBuffer;

/**
 * The driver's side of a controller in tests: an admin queue pair and an I/O queue pair of eight
 * entries each, which it polls. The caller keeps no more than seven commands under way in each.
 */
public final class Rig {
  public static final int ADMIN = 0;
  public static final int IO = 1;

  /** Bytes of memory that queues and data need. */
  public static final int MEMORY = 0x8_0000;

  /** Offset of what is free for data. */
  public static final int DATA = 0x1_0000;

  private static final int DEPTH = 8;
  private static final int SQE = 64;
  private static final int CQE = 16;
  private static final int DOORBELLS = 0x1000;

  /** What carries accesses to the controller, and holds its memory. */
  public interface Bus {
    long read(int offset, int size);

    void write(int offset, int size, long value);

    /** Little endian. */
    ByteBuffer memory(long gpa, int length);

    /** Lets time pass until something happens; false when nothing is to happen any more. */
    boolean step();
  }

  /** A completion. */
  public record Done(int cid, int status, int dw0) {}

  private final Bus bus;
  private final long base;
  private final int[] tail = new int[2];
  private final int[] head = new int[2];
  private final int[] phase = {1, 1};
  private int nextCid;

  /**
   * @param base where {@link #MEMORY} bytes are free
   */
  public Rig(Bus bus, long base) {
    this.bus = bus;
    this.base = base;
  }

  /** Guest-physical address of the data area. */
  public long data() {
    return base + DATA;
  }

  private long sq(int qid) {
    return base + 0x1000 + qid * 0x2000L;
  }

  private long cq(int qid) {
    return sq(qid) + 0x1000;
  }

  /** Switches the controller on. */
  public void enable(int cc) {
    for (int qid = ADMIN; qid <= IO; qid++) {
      tail[qid] = 0;
      head[qid] = 0;
      phase[qid] = 1;
      bus.memory(cq(qid), DEPTH * CQE).put(new byte[DEPTH * CQE]);
    }
    bus.write(Registers.AQA, 4, (DEPTH - 1) << 16 | DEPTH - 1);
    bus.write(Registers.ASQ, 8, sq(ADMIN));
    bus.write(Registers.ACQ, 8, cq(ADMIN));
    bus.write(Registers.CC, 4, cc);
    assertEquals(Registers.RDY, bus.read(Registers.CSTS, 4));
  }

  /** Switches it on, and makes the I/O queue pair. */
  public Rig start() {
    return start(0);
  }

  /** As the other, with a vector for the I/O queue. */
  public Rig start(int vector) {
    enable(0x46_0001);
    assertEquals(0, createCq(vector).status());
    assertEquals(0, createSq().status());
    return this;
  }

  public Done createCq(int vector) {
    return run(ADMIN, AdminCommands.CREATE_CQ, 0, cq(IO), size(), vector << 16 | 3);
  }

  public Done createSq() {
    return run(ADMIN, AdminCommands.CREATE_SQ, 0, sq(IO), size(), IO << 16 | 1);
  }

  private static int size() {
    return (DEPTH - 1) << 16 | IO;
  }

  /**
   * Gives the controller a command.
   *
   * @param more dwords from 10 on
   * @return its identifier
   */
  public int post(int qid, int opcode, int nsid, long prp1, int... more) {
    int cid = nextCid++ & 0xffff;
    postAs(qid, cid, opcode, nsid, prp1, 0, more);
    return cid;
  }

  /** As the other, with all that can be chosen. */
  public void postAs(int qid, int cid, int opcode, int nsid, long prp1, long prp2, int... more) {
    put(qid, cid, opcode, nsid, prp1, prp2, more);
    ring(qid);
  }

  /** Makes a command ready; the controller hears of it when it is rung for. */
  void put(int qid, int cid, int opcode, int nsid, long prp1, long prp2, int... more) {
    ByteBuffer entry = bus.memory(sq(qid) + (long) tail[qid] * SQE, SQE);
    entry.put(new byte[SQE]).clear();
    entry.putInt(0, cid << 16 | opcode).putInt(4, nsid).putLong(24, prp1).putLong(32, prp2);
    for (int i = 0; i < more.length; i++) {
      entry.putInt(40 + 4 * i, more[i]);
    }
    tail[qid] = (tail[qid] + 1) % DEPTH;
  }

  /** Rings the doorbell. */
  void ring(int qid) {
    bus.write(DOORBELLS + qid * 8, 4, tail[qid]);
  }

  /** The next completion, which is not acknowledged yet; null when there is none. */
  public Done peek(int qid) {
    ByteBuffer entry = bus.memory(cq(qid) + (long) head[qid] * CQE, CQE);
    int last = entry.getInt(12);
    return (last >>> 16 & 1) == phase[qid]
        ? new Done(last & 0xffff, last >>> 17 & 0x7ff, entry.getInt(0))
        : null;
  }

  /** The next completion, acknowledged; null when there is none. */
  public Done poll(int qid) {
    Done done = peek(qid);
    if (done != null) {
      head[qid]++;
      if (head[qid] == DEPTH) {
        head[qid] = 0;
        phase[qid] ^= 1;
      }
      bus.write(DOORBELLS + qid * 8 + 4, 4, head[qid]);
    }
    return done;
  }

  /** Waits for the next completion. */
  public Done await(int qid) {
    Done done = poll(qid);
    while (done == null && bus.step()) {
      done = poll(qid);
    }
    assertNotNull(done, "nothing completes any more");
    return done;
  }

  /** Gives the controller a command, and waits for the next completion. */
  public Done run(int qid, int opcode, int nsid, long prp1, int... more) {
    post(qid, opcode, nsid, prp1, more);
    return await(qid);
  }

  /** Reads or writes blocks of namespace 1 from or to the data area; returns the status. */
  public int blocks(int opcode, int lba, int count, int flags) {
    return run(IO, opcode, 1, data(), lba, 0, flags | count - 1).status();
  }
}
