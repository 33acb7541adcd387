package ringside.device.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ringside.device.Board;
import ringside.device.disk.MemoryDisk;
import ringside.device.nvme.LatencyModel;
import ringside.device.nvme.Namespace;
import ringside.device.nvme.NvmeController;
import ringside.device.nvme.NvmeObserver;
import ringside.domain.Domain;
import ringside.domain.FakeEngine;
import ringside.domain.Machine;
import ringside.domain.Machines;
import ringside.domain.Vcpu;
import ringside.memory.Copies;
import ringside.memory.GuestFault;

/** The function as software finds it, through ports 0xcf8 and 0xcfc and at its BAR. */
class NvmeFunctionTest {
  private static final int ADDRESS = 0xcf8;
  private static final int DATA = 0xcfc;
  private static final int VECTORS = 65;
  private static final int GSI = 16;
  private static final int NVME = 3;
  private static final long VERSION = 0x0001_0400;

  private final Machine machine = Machines.machine(new FakeEngine());
  private final Domain domain = Machines.domain(machine, "owner");
  private final Board board = domain.board();
  private final Vcpu vcpu = domain.vcpu(0);
  private final MsixTable msix = new MsixTable(VECTORS, (_, _, _) -> {});
  private final NvmeFunction function =
      new NvmeFunction(
          new NvmeController(
              (gpa, length, _) -> {
                throw new GuestFault("no memory at gpa", gpa, length);
              },
              msix,
              machine.timers(),
              () -> 0,
              LatencyModel.NONE,
              List.of(new Namespace(1, new MemoryDisk(1 << 20), 512, 1)),
              "TEST",
              new Copies(false),
              new NvmeObserver() {}),
          msix,
          GSI);
  private final PciHost host = new PciHost(board, function);

  @AfterEach
  void close() {
    machine.close();
  }

  private void select(int device, int register) {
    board.portWrite(vcpu, ADDRESS, 4, 1L << 31 | device << 11 | register & 0xfc);
  }

  private long get(int register, int size) {
    select(NVME, register);
    return board.portRead(vcpu, DATA + register % 4, size);
  }

  private void set(int register, int size, long value) {
    select(NVME, register);
    board.portWrite(vcpu, DATA + register % 4, size, value);
  }

  private long bar() {
    return get(0x10, 4) & ~0xfL | get(0x14, 4) << 32;
  }

  private void moveBar(long address) {
    set(0x10, 4, address & 0xffff_ffffL);
    set(0x14, 4, address >>> 32);
  }

  private long version(long at) {
    return board.mmioRead(vcpu, at + 8, 4);
  }

  @Test
  void thereIsOneFunctionAndItIsAnNvmeController() {
    for (int device = 0; device < 32; device++) {
      select(device, 0);
      assertEquals(device == NVME ? 0x0010_1b36L : 0xffff_ffffL, board.portRead(vcpu, DATA, 4));
    }
    assertEquals(0x01_08_02, get(0x08, 4) >>> 8);
    assertEquals(0, get(0x0e, 1), "header type");
    assertEquals(1, get(0x3d, 1), "INTA");
    assertEquals(GSI, get(0x3c, 1));
  }

  @Test
  void configurationIsReadInBytesAndWordsAndOnlyWhenEnabled() {
    assertEquals(0x1b36, get(0x00, 2));
    assertEquals(0x0010, get(0x02, 2));
    assertEquals(0x1b, get(0x01, 1));
    assertEquals(0xffff_ffffL, get(0x02, 4), "across two words");
    board.portWrite(vcpu, ADDRESS, 4, NVME << 11);
    assertEquals(0xffff_ffffL, board.portRead(vcpu, DATA, 4));
    select(NVME, 0x40);
    assertEquals(1L << 31 | NVME << 11 | 0x40, board.portRead(vcpu, ADDRESS, 4));
    board.portWrite(vcpu, ADDRESS, 1, 0);
    assertEquals(1L << 31 | NVME << 11 | 0x40, board.portRead(vcpu, ADDRESS, 4), "a byte write");
    assertEquals(0xff, board.portRead(vcpu, ADDRESS, 1));
  }

  @Test
  void whatIsReadOnlyStaysAsItIs() {
    for (int register : new int[] {0x00, 0x08, 0x2c, 0x34, 0x40, 0x60}) {
      long before = get(register, 4);
      set(register, 4, ~before);
      assertEquals(before, get(register, 4), "register " + register);
    }
    set(0x3c, 1, 11);
    assertEquals(11, get(0x3c, 1));
    set(0x3d, 1, 4);
    assertEquals(1, get(0x3d, 1));
  }

  @Test
  void theBarTellsItsSizeAndKeepsItsAddress() {
    long at = bar();
    set(0x10, 4, 0xffff_ffffL);
    set(0x14, 4, 0xffff_ffffL);
    assertEquals(0xffff_c004L, get(0x10, 4));
    assertEquals(0xffff_ffffL, get(0x14, 4));
    moveBar(at);
    assertEquals(at, bar());
    assertEquals(VERSION, version(at));
    for (int register = 0x18; register < 0x28; register += 4) {
      set(register, 4, 0xffff_ffffL);
      assertEquals(0, get(register, 4), "there is one BAR");
    }
  }

  @Test
  void theRegistersFollowTheBarAndTheMemoryEnableBit() {
    long at = bar();
    set(0x04, 2, 0);
    assertEquals("none", board.mmioOwner(at));
    set(0x04, 2, 2);
    assertEquals(VERSION, version(at));
    moveBar(0x1_0000_0000L);
    assertEquals("none", board.mmioOwner(at));
    assertEquals(VERSION, version(0x1_0000_0000L));
    moveBar(Board.LAPIC_GPA);
    assertEquals("lapic", board.mmioOwner(Board.LAPIC_GPA), "a place that is taken");
    assertEquals("none", board.mmioOwner(0x1_0000_0000L));
    moveBar(-0x4000);
    moveBar(at);
    assertEquals(VERSION, version(at));
  }

  @Test
  void aResetPutsTheRegistersBackWhereTheyWere() {
    long at = bar();
    moveBar(0x1_0000_0000L);
    host.reset();
    assertEquals(at, bar());
    assertEquals(VERSION, version(at));
    assertEquals("none", board.mmioOwner(0x1_0000_0000L));
  }

  @Test
  void theListOfCapabilitiesEndsAndHasMessagesPowerAndExpress() {
    assertNotEquals(0, get(0x06, 2) & 0x10);
    List<Long> found = new ArrayList<>();
    int at = (int) get(0x34, 1);
    for (int i = 0; at != 0 && i < 48; i++) {
      assertEquals(0, at % 4);
      found.add(get(at, 1));
      at = (int) get(at + 1, 1);
    }
    assertEquals(List.of(0x01L, 0x11L, 0x10L), found);
    assertEquals(0, at);
  }

  @Test
  void messagesAreSetUpInTheBar() {
    assertEquals(VECTORS - 1, get(0x52, 2) & 0x7ff);
    long table = get(0x54, 4);
    long pending = get(0x58, 4);
    assertEquals(0, (table | pending) & 7, "both are in BAR 0");
    board.mmioWrite(vcpu, bar() + table + 16, 8, 0x1_fee0_0000L);
    assertEquals(0xfee0_0000L, board.mmioRead(vcpu, bar() + table + 16, 4));
    assertEquals(1, board.mmioRead(vcpu, bar() + table + 20, 4));
    assertEquals(1, board.mmioRead(vcpu, bar() + table + 28, 4), "masked at first");
    board.mmioWrite(vcpu, bar() + table + 16, 2, 7);
    assertEquals(0xfee0_0000L, board.mmioRead(vcpu, bar() + table + 16, 4), "half a word");
    set(0x52, 2, 0xffff);
    assertEquals(0xc000 | VECTORS - 1, get(0x52, 2));
    assertTrue(msix.enabled());
    msix.raise(1, 0);
    assertEquals(2, board.mmioRead(vcpu, bar() + pending, 8));
    board.mmioWrite(vcpu, bar() + pending, 4, 0);
    assertEquals(2, board.mmioRead(vcpu, bar() + pending, 4), "pending bits are read-only");
    board.mmioWrite(vcpu, bar() + pending - 4, 8, -1);
    assertEquals(0, board.mmioRead(vcpu, bar() + pending - 4, 4), "behind the table");
  }

  @Test
  void thePinCanBeDisabledAndItsStatusIsSeenAllTheSame() {
    List<Boolean> line = new ArrayList<>();
    function.connect((level, _) -> line.add(level));
    function.pin(true, 0);
    assertNotEquals(0, get(0x06, 2) & 8);
    set(0x04, 2, 0x402);
    assertNotEquals(0, get(0x06, 2) & 8);
    set(0x04, 2, 2);
    set(0x52, 2, 0x8000);
    set(0x52, 2, 0);
    function.pin(false, 0);
    assertEquals(0, get(0x06, 2) & 8);
    assertEquals(List.of(true, false, true, false, true, false), changes(line));
  }

  private static List<Boolean> changes(List<Boolean> line) {
    List<Boolean> changes = new ArrayList<>();
    boolean last = false;
    for (boolean level : line) {
      if (level != last) {
        changes.add(level);
        last = level;
      }
    }
    return changes;
  }

  @Test
  void theRegistersAreNarrowAndWideAndDoorbellsAreSilent() {
    long at = bar();
    long cap = board.mmioRead(vcpu, at, 8);
    assertEquals(cap & 0xffff_ffffL, board.mmioRead(vcpu, at, 4));
    assertEquals(cap >>> 32, board.mmioRead(vcpu, at + 4, 4));
    assertEquals(cap >>> 8 & 0xff, board.mmioRead(vcpu, at + 1, 1));
    assertTrue((cap & 0xffff) >= 1023, "MQES");
    assertFalse((cap >>> 24 & 0xff) == 0, "TO");
    assertEquals(0, cap >>> 32 & 0xf, "DSTRD");
    assertEquals(0, board.mmioRead(vcpu, at + 0x1000, 4));
    assertEquals(0xffff_ffffL, board.mmioRead(vcpu, at + 0x4000, 4), "past the end");
  }
}
