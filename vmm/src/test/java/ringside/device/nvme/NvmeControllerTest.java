package ringside.device.nvme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import ringside.device.disk.Disk;
import ringside.device.disk.MemoryDisk;
import ringside.device.disk.WriteCache;

/**
 * What a model-based fuzzer does not see: exact statuses, what hosts may rely on beyond the law.
 */
class NvmeControllerTest {
  private static final int CODE = 0x7ff;
  private static final int BLOCK = 512;
  private static final int DISK = 4 << 20;
  private static final int PAGE = 4096;

  private final MemoryDisk disk = new MemoryDisk(DISK);
  private final WriteCache cache = new WriteCache(disk, BLOCK, BLOCK, 1 << 20);
  private final Namespace namespace = new Namespace(1, cache, BLOCK, 1);

  private Bench bench() {
    return new Bench(LatencyModel.NONE, namespace);
  }

  private static void assertStatus(int expected, Rig.Done done) {
    assertEquals(expected & CODE, done.status());
  }

  /** Every command takes as long as this says. */
  private static LatencyModel slow(long ns) {
    return new LatencyModel() {
      @Override
      public long done(Work work, long bytes, long now) {
        return work == Work.ADMIN ? now : now + ns;
      }

      @Override
      public void reset() {}
    };
  }

  private static void fill(Bench bench, long gpa, int length, int seed) {
    byte[] bytes = new byte[length];
    new SplittableRandom(seed).nextBytes(bytes);
    bench.memory(gpa, length).put(bytes);
  }

  private byte first(long offset) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(1);
    disk.read(offset, bytes);
    return bytes.get(0);
  }

  @Test
  void queuesWaitUntilTheirEntrySizesAreSet() {
    Bench bench = bench();
    bench.rig.enable(1);
    assertStatus(Status.INVALID_QUEUE_SIZE, bench.rig.createCq(0));
    bench.write(Registers.CC, 4, 0x40_0001);
    assertStatus(Status.SUCCESS, bench.rig.createCq(0));
    assertStatus(Status.INVALID_QUEUE_SIZE, bench.rig.createSq());
    bench.write(Registers.CC, 4, 0x46_0001);
    assertStatus(Status.SUCCESS, bench.rig.createSq());
  }

  @Test
  void withoutMessagesThereIsVectorZeroAlone() {
    Bench bench = bench();
    bench.rig.enable(0x46_0001);
    assertStatus(Status.INVALID_VECTOR, bench.rig.createCq(1));
    bench.msix.control(true, false, true);
    assertStatus(Status.INVALID_VECTOR, bench.rig.createCq(4));
    assertStatus(Status.SUCCESS, bench.rig.createCq(3));
  }

  @Test
  void anIdentifierIsOfOneCommandAtATime() {
    Bench bench = new Bench(slow(1000), namespace);
    Rig rig = bench.rig.start();
    rig.postAs(Rig.IO, 77, IoCommands.FLUSH, 1, 0, 0);
    rig.postAs(Rig.IO, 77, IoCommands.FLUSH, 1, 0, 0);
    assertEquals(new Rig.Done(77, Status.CID_CONFLICT & CODE, 0), rig.poll(Rig.IO));
    assertEquals(new Rig.Done(77, 0, 0), rig.await(Rig.IO));
    assertNull(rig.poll(Rig.IO));
  }

  @Test
  void aDoorbellComesToAnEndThoughMoreIsAskedForMeanwhile() {
    Bench bench = new Bench(LatencyModel.NONE, namespace);
    Rig rig = bench.rig.start();
    int[] times = {0};
    bench.between =
        () -> {
          if (times[0]++ < 10_000) {
            rig.await(Rig.IO);
            rig.post(Rig.IO, IoCommands.FLUSH, 1, 0);
          }
        };
    rig.post(Rig.IO, IoCommands.FLUSH, 1, 0);
    assertEquals(256, times[0]);
    rig.await(Rig.IO);
    assertNull(rig.peek(Rig.IO));
  }

  @Test
  void aResetEndsWhatIsUnderWayWithoutAnEffect() throws IOException {
    Bench bench = new Bench(slow(1000), namespace);
    Rig rig = bench.rig.start();
    bench.memory(rig.data(), 1).put((byte) 9);
    rig.post(Rig.IO, IoCommands.WRITE, 1, rig.data(), 0, 0, 1 << 30);
    bench.write(Registers.CC, 4, 0x46_0000);
    assertFalse(bench.step(), "a timer is left");
    assertNull(rig.peek(Rig.IO));
    assertEquals(0, first(0));
    assertEquals(0, bench.read(Registers.CSTS, 4));
    rig.start();
    assertEquals(0, rig.blocks(IoCommands.WRITE, 0, 1, 1 << 30));
    assertEquals(9, first(0));
  }

  @Test
  void thePinIsHighWhileEntriesAreNotAcknowledgedAndNotMasked() {
    Bench bench = new Bench(slow(1000), namespace);
    Rig rig = bench.rig.start();
    assertFalse(bench.pin);
    rig.post(Rig.IO, IoCommands.FLUSH, 1, 0);
    assertFalse(bench.pin);
    assertTrue(bench.step());
    assertTrue(bench.pin);
    bench.write(Registers.INTMS, 4, 1);
    assertFalse(bench.pin);
    assertEquals(1, bench.read(Registers.INTMS, 4));
    bench.write(Registers.INTMC, 4, 1);
    assertTrue(bench.pin);
    assertEquals(0, rig.poll(Rig.IO).status());
    assertFalse(bench.pin);
    assertEquals(List.of(), bench.messages);
  }

  @Test
  void messagesTakeThePlaceOfThePin() {
    Bench bench = bench();
    bench.msix.control(true, false, true);
    bench.msix.write(2 * 16 + 8, 42);
    bench.msix.write(2 * 16 + 12, 0);
    Rig rig = bench.rig.start(2);
    rig.post(Rig.IO, IoCommands.FLUSH, 1, 0);
    assertFalse(bench.pin);
    assertEquals(List.of(42), bench.messages);
  }

  @Test
  void deletingACompletionQueueTakesItsInterruptBack() {
    Bench bench = bench();
    Rig rig = bench.rig.start();
    rig.post(Rig.IO, IoCommands.FLUSH, 1, 0);
    assertTrue(bench.pin);
    assertStatus(Status.SUCCESS, rig.run(Rig.ADMIN, AdminCommands.DELETE_SQ, 0, 0, Rig.IO));
    assertTrue(bench.pin);
    assertStatus(Status.SUCCESS, rig.run(Rig.ADMIN, AdminCommands.DELETE_CQ, 0, 0, Rig.IO));
    assertFalse(bench.pin);
  }

  @Test
  void aCacheThatIsSwitchedOffIsWrittenBack() throws IOException {
    Bench bench = bench();
    Rig rig = bench.rig.start();
    bench.memory(rig.data(), 1).put((byte) 9);
    assertEquals(0, rig.blocks(IoCommands.WRITE, 0, 1, 0));
    assertEquals(0, first(0));
    assertStatus(Status.SUCCESS, rig.run(Rig.ADMIN, AdminCommands.SET_FEATURES, 0, 0, 6, 0));
    assertEquals(9, first(0));
    assertEquals(0, rig.blocks(IoCommands.WRITE, 1, 1, 0));
    assertEquals(9, first(BLOCK));
    assertEquals(0, rig.blocks(IoCommands.WRITE_ZEROES, 1, 1, 0));
    assertEquals(0, first(BLOCK));
  }

  @Test
  void whatIsLookedAtWithForceUnitAccessIsDurable() throws IOException {
    int[] looks = {IoCommands.READ, IoCommands.COMPARE, IoCommands.VERIFY};
    for (int i = 0; i < looks.length; i++) {
      Bench bench = bench();
      Rig rig = bench.rig.start();
      bench.memory(rig.data(), 1).put((byte) (i + 1));
      assertEquals(0, rig.blocks(IoCommands.WRITE, 0, 1, 0));
      assertEquals(0, rig.blocks(looks[i], 0, 1, 0));
      assertEquals(i, first(0));
      assertEquals(0, rig.blocks(looks[i], 0, 1, 1 << 30));
      assertEquals(i + 1, first(0));
    }
  }

  @Test
  void allRangesAreDeallocatedOrNone() throws IOException {
    Bench bench = bench();
    Rig rig = bench.rig.start();
    fill(bench, rig.data(), 8 * BLOCK, 1);
    assertEquals(0, rig.blocks(IoCommands.WRITE, 0, 8, 1 << 30));
    int blocks = DISK / BLOCK;
    ByteBuffer list = bench.memory(rig.data(), 32);
    list.putInt(0).putInt(1).putLong(2).putInt(0).putInt(1).putLong(blocks);
    Rig.Done refused = rig.run(Rig.IO, IoCommands.DSM, 1, rig.data(), 1, 4);
    assertStatus(Status.LBA_OUT_OF_RANGE, refused);
    assertEquals(0, rig.run(Rig.IO, IoCommands.FLUSH, 1, 0).status());
    assertNotEquals(0, first(2 * BLOCK));
    bench.memory(rig.data(), 32).putInt(0).putInt(1).putLong(2).putInt(0).putInt(2).putLong(5);
    assertStatus(Status.SUCCESS, rig.run(Rig.IO, IoCommands.DSM, 1, rig.data(), 1, 4));
    assertEquals(0, rig.run(Rig.IO, IoCommands.FLUSH, 1, 0).status());
    boolean[] zero = new boolean[8];
    for (int i = 0; i < 8; i++) {
      ByteBuffer block = ByteBuffer.allocate(BLOCK);
      disk.read((long) i * BLOCK, block);
      zero[i] = block.flip().equals(ByteBuffer.allocate(BLOCK));
      assertEquals(i == 2 || i == 5 || i == 6, zero[i], "block " + i);
    }
  }

  @Test
  void featuresAreOfTheControllerButForOne() {
    Rig rig = bench().rig.start();
    int set = AdminCommands.SET_FEATURES;
    int get = AdminCommands.GET_FEATURES;
    assertStatus(Status.NOT_NS_SPECIFIC, rig.run(Rig.ADMIN, set, 1, 0, 4, 0x15e));
    assertStatus(Status.INVALID_NAMESPACE, rig.run(Rig.ADMIN, set, 2, 0, 4, 0x15e));
    assertStatus(Status.SUCCESS, rig.run(Rig.ADMIN, set, -1, 0, 4, 0x15e));
    assertStatus(Status.NOT_SAVEABLE, rig.run(Rig.ADMIN, set, 0, 0, 1 << 31 | 4, 0x15e));
    assertStatus(Status.INVALID_NAMESPACE, rig.run(Rig.ADMIN, set, 0, 0, 5, 3));
    assertStatus(Status.SUCCESS, rig.run(Rig.ADMIN, set, 1, 0, 5, 3));
    assertEquals(3, rig.run(Rig.ADMIN, get, 1, 0, 5).dw0());
    assertStatus(Status.INVALID_NAMESPACE, rig.run(Rig.ADMIN, get, -1, 0, 5));
    assertStatus(Status.INVALID_FIELD, rig.run(Rig.ADMIN, set, 1, 0, 5, 1 << 16));
    assertStatus(Status.INVALID_FIELD, rig.run(Rig.ADMIN, set, 0, 0, 7, 0xffff));
    assertStatus(Status.SEQUENCE_ERROR, rig.run(Rig.ADMIN, set, 0, 0, 7, 0x1_0001));
  }

  /** As U-Boot reads files: half a megabyte and more, from a list that begins inside a page. */
  @Test
  void transfersOfAMegabyteComeThroughChainedLists() {
    Bench bench = bench();
    Rig rig = bench.rig.start();
    int bytes = 256 * PAGE;
    long data = 1 << 20;
    long lists = rig.data();
    long at = lists + PAGE - 3 * 8;
    for (int page = 1; page < 256; page++) {
      if (page == 3) {
        bench.memory(at, 8).putLong(lists + PAGE);
        at = lists + PAGE;
      }
      bench.memory(at, 8).putLong(data + (long) (page ^ 1) * PAGE);
      at += 8;
    }
    fill(bench, data, bytes, 7);
    ByteBuffer before = copy(bench, data, bytes);
    long prp1 = data + PAGE;
    int blocks = bytes / BLOCK - 1;
    rig.postAs(Rig.IO, 1, IoCommands.WRITE, 1, prp1, lists + PAGE - 24, 0, 0, blocks);
    assertEquals(0, rig.await(Rig.IO).status());
    bench.memory(data, bytes).put(new byte[bytes]);
    rig.postAs(Rig.IO, 2, IoCommands.READ, 1, prp1, lists + PAGE - 24, 0, 0, blocks);
    assertEquals(0, rig.await(Rig.IO).status());
    assertEquals(before, copy(bench, data, bytes));
    rig.postAs(Rig.IO, 3, IoCommands.READ, 1, prp1, lists + PAGE - 24, 0, 0, blocks + 1);
    assertStatus(Status.INVALID_FIELD, rig.await(Rig.IO));
  }

  private static ByteBuffer copy(Bench bench, long gpa, int length) {
    return ByteBuffer.allocate(length).put(bench.memory(gpa, length)).flip();
  }

  @Test
  void aHostsDiskThatFailsIsAMediaErrorAndSaidAloud() {
    Disk broken =
        new Disk() {
          @Override
          public long bytes() {
            return DISK;
          }

          @Override
          public void read(long offset, ByteBuffer into) throws IOException {
            throw new IOException("read failed");
          }

          @Override
          public void write(long offset, ByteBuffer from) throws IOException {
            throw new IOException("write failed");
          }

          @Override
          public void zero(long offset, long length, boolean deallocate) throws IOException {
            throw new IOException("zero failed");
          }

          @Override
          public void flush() throws IOException {
            throw new IOException("flush failed");
          }

          @Override
          public void close() {}
        };
    Bench bench = new Bench(LatencyModel.NONE, new Namespace(1, broken, BLOCK, 1));
    Rig rig = bench.rig.start();
    assertEquals(Status.UNRECOVERED_READ & CODE, rig.blocks(IoCommands.READ, 0, 1, 0));
    assertEquals(Status.UNRECOVERED_READ & CODE, rig.blocks(IoCommands.VERIFY, 0, 1, 0));
    assertEquals(Status.WRITE_FAULT & CODE, rig.blocks(IoCommands.WRITE, 0, 1, 0));
    assertEquals(Status.WRITE_FAULT & CODE, rig.run(Rig.IO, IoCommands.FLUSH, 1, 0).status());
    assertStatus(Status.INTERNAL_ERROR, rig.run(Rig.ADMIN, AdminCommands.SET_FEATURES, 0, 0, 6, 0));
    List<String> said =
        List.of("read failed", "read failed", "write failed", "flush failed", "flush failed");
    assertEquals(said, bench.errors);
    bench.write(Registers.CC, 4, 0x46_0001 | 1 << 14);
    assertEquals(Registers.CFS, bench.read(Registers.CSTS, 4) & Registers.CFS);
  }

  @Test
  void commandsOvertakeEachOtherAndDoSoAlikeForASeed() {
    List<Integer> order = order(1);
    assertEquals(order, order(1));
    assertNotEquals(order.stream().sorted().toList(), order, "nothing overtakes anything");
    assertNotEquals(order, order(2), "the seed makes no difference");
  }

  private List<Integer> order(long seed) {
    Bench bench = new Bench(StorageClass.NVME.model(new SplittableRandom(seed)), namespace);
    Rig rig = bench.rig.start();
    List<Integer> order = new ArrayList<>();
    for (int round = 0; round < 10; round++) {
      for (int i = 0; i < 7; i++) {
        int cid = round * 7 + i;
        rig.postAs(Rig.IO, cid, IoCommands.READ, 1, rig.data(), 0, i, 0, 0);
      }
      for (int i = 0; i < 7; i++) {
        order.add(rig.await(Rig.IO).cid());
      }
    }
    return order;
  }
}
