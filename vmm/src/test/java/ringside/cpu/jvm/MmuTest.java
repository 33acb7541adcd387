package ringside.cpu.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ringside.cpu.GuestException;
import ringside.cpu.jvm.memory.CodeListener;
import ringside.cpu.jvm.memory.Deopt;
import ringside.cpu.jvm.memory.DomainMemories;
import ringside.cpu.jvm.memory.DomainMemory;
import ringside.cpu.jvm.memory.HostMemory;
import ringside.cpu.jvm.memory.Mmu;
import ringside.cpu.jvm.memory.SlowAccess;
import ringside.cpu.jvm.memory.Watch;
import ringside.memory.Access;
import ringside.memory.Frame;
import ringside.memory.Gpa;
import ringside.memory.GuestFault;
import ringside.memory.GuestSpace;
import ringside.memory.MachineMemory;

/** What the fast ways to memory promise while pages, rights and neighbours change. */
class MmuTest {
  private static final int PAGES = 256;
  private static final long PAGE = Gpa.PAGE_SIZE;

  /** Page tables: 2-level entries for the first 4 MiB of linear space. */
  private static final long DIRECTORY = 0xf0000;

  private static final long TABLE = 0xf1000;

  private final MachineMemory machine = new MachineMemory(8 << 20);
  private final GuestSpace space = new GuestSpace(machine);
  private final DomainMemories memories = new DomainMemories();
  private final TinyBoard board = new TinyBoard();
  private final List<DomainMemory> opened = new ArrayList<>();
  private final List<Core> cores = new ArrayList<>();
  private Core core;
  private Mmu mmu;

  @BeforeEach
  void setUp() {
    space.populate(0, PAGES);
    core = processor();
    mmu = core.mmu;
  }

  @AfterEach
  void tearDown() {
    cores.forEach(c -> c.mmu.close());
    opened.forEach(DomainMemory::close);
    space.close();
    machine.close();
  }

  private Core processor() {
    DomainMemory domain = memories.of(space);
    opened.add(domain);
    Core made = new Core(space, board, null, c -> new Mmu(c, domain));
    made.cr0 = 0x11;
    made.modeChanged();
    cores.add(made);
    return made;
  }

  /** Two levels; linear page n at frame n, all rights, accessed and dirty bits as told. */
  private void paging(long bits) throws GuestFault {
    space.u32(new Gpa(DIRECTORY), (int) TABLE | 0x27);
    for (int i = 0; i < PAGES; i++) {
      entry(i, (long) i << 12 | bits);
    }
    core.cr3 = DIRECTORY;
    core.cr0 = 0x8001_0011L;
    core.modeChanged();
  }

  private void entry(int page, long value) throws GuestFault {
    space.u32(new Gpa(TABLE + 4L * page), (int) value);
  }

  private boolean inWindow(long linear) {
    return Long.compareUnsigned(linear - mmu.windowLow, mmu.windowSize) < 0;
  }

  private boolean storesFast(long linear) {
    return inWindow(linear) && (flags(linear) & Mmu.STORE_FAST) != 0;
  }

  private int flags(long linear) {
    return HostMemory.UNSAFE.getByte(mmu.pageFlags + (linear >>> 12));
  }

  @Test
  void theWindowCoversAllRamWhenPagingIsOff() {
    for (long at = 0; at < PAGES * PAGE; at += PAGE) {
      mmu.load(at, 1);
    }
    assertEquals(0, mmu.windowLow);
    assertEquals(PAGES * PAGE - (Mmu.REACH - 1), mmu.windowSize);
    assertEquals(space.base(), mmu.hostBase);
    assertTrue(mmu.mostlyWindow());
  }

  @Test
  void theWindowEndsAtPagesThatWereNeverAccessed() throws GuestFault {
    paging(0x27);
    entry(9, 9 << 12 | 7);
    mmu.load(5 * PAGE, 4);
    assertTrue(inWindow(8 * PAGE));
    assertFalse(inWindow(9 * PAGE));
    assertEquals(9 << 12 | 7, space.u32(new Gpa(TABLE + 36)));
    mmu.load(9 * PAGE, 4);
    assertTrue(inWindow(9 * PAGE));
    assertTrue(inWindow(10 * PAGE));
  }

  @Test
  void memoryThatIsNotLinearHasHardlyAWindow() throws GuestFault {
    paging(0x27);
    for (int i = 0; i < 200; i++) {
      entry(i, (long) (i ^ 1) << 12 | 0x67);
    }
    for (int i = 0; i < 200; i++) {
      space.u8(new Gpa((i ^ 1) * PAGE), i);
      assertEquals(i, mmu.load(i * PAGE, 1));
    }
    assertTrue(mmu.windowSize <= 2 * PAGE, () -> "window of " + mmu.windowSize);
    assertFalse(mmu.mostlyWindow());
  }

  @Test
  void aRunOfStoresIsFastWhileTheNextPageMayBeStoredToAsWell() throws GuestFault {
    paging(0x27);
    mmu.store(6 * PAGE, 4, 1);
    assertEquals(Mmu.STORE_FAST, flags(6 * PAGE));
    mmu.store(7 * PAGE, 4, 1);
    assertEquals(Mmu.STORE_FAST | Mmu.STORES_FAST, flags(6 * PAGE));
    assertEquals(Mmu.STORE_FAST, flags(7 * PAGE));
    mmu.store(5 * PAGE, 4, 1);
    assertEquals(Mmu.STORE_FAST | Mmu.STORES_FAST, flags(5 * PAGE));
    mmu.holdsCode(7);
    assertEquals(0, flags(7 * PAGE));
    assertEquals(0, flags(6 * PAGE));
    mmu.store(6 * PAGE, 4, 2);
    assertEquals(Mmu.STORE_FAST, flags(6 * PAGE));
  }

  @Test
  void aStoreIsFastOnceItsPageIsDirty() throws GuestFault {
    paging(0x27);
    mmu.load(5 * PAGE, 4);
    assertTrue(inWindow(6 * PAGE));
    assertFalse(storesFast(6 * PAGE));
    mmu.store(6 * PAGE + 8, 8, 0x1122_3344_5566_7788L);
    assertTrue(storesFast(6 * PAGE));
    assertFalse(storesFast(7 * PAGE));
    assertEquals(6 << 12 | 0x67, space.u32(new Gpa(TABLE + 24)));
    assertEquals(0x1122_3344_5566_7788L, space.u64(new Gpa(6 * PAGE + 8)));
  }

  @Test
  void codeThatAsksTheTlbAloneFindsThereWhatTheWindowHasAnswered() throws GuestFault {
    paging(0x67);
    entry(PAGES + 8, 8 << 12 | 0x67);
    mmu.store(5 * PAGE, 4, 1);
    assertTrue(inWindow(8 * PAGE));
    mmu.load(8 * PAGE, 4);
    assertEquals(8 * PAGE, tag(mmu.tlbLoad, 8 * PAGE));
    mmu.store(8 * PAGE, 4, 1);
    mmu.load((PAGES + 8) * PAGE, 4);
    mmu.store((PAGES + 8) * PAGE, 4, 2);
    assertEquals((PAGES + 8) * PAGE, tag(mmu.tlbStore, 8 * PAGE), "both have the same entry");
    mmu.load(8 * PAGE, 4);
    assertTrue(storesFast(8 * PAGE));
    mmu.store(8 * PAGE, 4, 3);
    assertEquals(8 * PAGE, tag(mmu.tlbLoad, 8 * PAGE));
    assertEquals(8 * PAGE, tag(mmu.tlbStore, 8 * PAGE));
    mmu.holdsCode(8);
    mmu.store(8 * PAGE, 4, 4);
    assertNotEquals(8 * PAGE, tag(mmu.tlbStore, 8 * PAGE));
  }

  /** The page that the TLB has where this address would be. */
  private static long tag(long tlb, long linear) {
    return HostMemory.UNSAFE.getLong(tlb + (linear >>> 8 & Mmu.TLB_MASK));
  }

  @Test
  void aPageThatHoldsCodeIsSlowOnEveryProcessorUntilItIsWritten() {
    Core other = processor();
    List<Long> changed = new ArrayList<>();
    CodeListener listener = changed::add;
    opened.getFirst().add(listener);
    mmu.store(5 * PAGE, 1, 1);
    other.mmu.store(5 * PAGE, 1, 2);
    assertTrue(storesFast(5 * PAGE));
    other.mmu.holdsCode(5);
    assertFalse(storesFast(5 * PAGE));
    assertEquals(0, mmu.host(5 * PAGE, true));
    assertNotEquals(0, mmu.host(5 * PAGE, false));
    assertThrows(Deopt.class, () -> SlowAccess.store(core, 5 * PAGE, 1, 3));
    assertThrows(Deopt.class, () -> SlowAccess.hostForUpdate(core, 5 * PAGE, 8));
    assertEquals(2, mmu.load(5 * PAGE, 1));
    assertEquals(List.of(), changed);
    mmu.store(5 * PAGE, 1, 4);
    assertEquals(List.of(5L), changed);
    mmu.store(5 * PAGE, 1, 5);
    assertTrue(storesFast(5 * PAGE));
    assertEquals(List.of(5L), changed);
    opened.getFirst().remove(listener);
  }

  @Test
  void lockedChangesAndCrossingStoresTellOfCodeToo() {
    List<Long> changed = new ArrayList<>();
    opened.getFirst().add(changed::add);
    mmu.holdsCode(5);
    mmu.update(5 * PAGE + 8, 4, old -> old + 1);
    mmu.holdsCode(5);
    mmu.store(5 * PAGE - 2, 4, -1);
    mmu.holdsCode(5);
    mmu.update(5 * PAGE - 2, 4, old -> old + 1);
    mmu.holdsCode(5);
    mmu.compareAndExchange16(5 * PAGE, 0xffff, 0, 1, 2, new long[2]);
    mmu.holdsCode(5);
    space.unmap(5);
    assertEquals(List.of(5L, 5L, 5L, 5L), changed);
  }

  @Test
  void aFrameThatGoesIsMmioFromTheNextBoundaryOn() {
    mmu.load(0, 1);
    mmu.store(5 * PAGE, 1, 7);
    space.unmap(5);
    assertTrue(core.codeChanged);
    mmu.fetch(0);
    assertFalse(inWindow(5 * PAGE));
    assertEquals(TinyBoard.answer(5 * PAGE + 8, 8), mmu.load(5 * PAGE + 8, 8));
    mmu.store(5 * PAGE + 16, 2, 0x1234);
    assertEquals(List.of("read 5008 8", "write 5010 2 1234"), board.log);
    assertThrows(Deopt.class, () -> SlowAccess.load(core, 5 * PAGE, 4));
  }

  @Test
  void aFrameThatBecomesReadOnlyRefusesStoresAndNothingReachesIt() throws GuestFault {
    mmu.store(5 * PAGE, 8, 1);
    try (Frame frame = Frame.allocate(machine)) {
      frame.u64(0, 77);
      frame.mapInto(space, 5, Access.READ_ONLY);
      mmu.fetch(0);
      CpuFault fault = assertThrows(CpuFault.class, () -> mmu.store(5 * PAGE, 8, 2));
      assertEquals(GuestException.GP, fault.vector());
      assertThrows(CpuFault.class, () -> mmu.update(5 * PAGE, 8, old -> 3));
      assertThrows(CpuFault.class, () -> mmu.store(5 * PAGE - 4, 8, 3));
      assertThrows(CpuFault.class, () -> mmu.checkStore(5 * PAGE, 1));
      assertThrows(Deopt.class, () -> SlowAccess.store(core, 5 * PAGE, 1, 3));
      assertEquals(0, mmu.host(5 * PAGE, true));
      assertEquals(77, mmu.load(5 * PAGE, 8));
      assertEquals(77, frame.u64(0));
      assertEquals(0, space.u32(new Gpa(5 * PAGE - 4)));
    }
  }

  @Test
  void twoMappingsOfOneFrameAreOneMemory() {
    Frame frame = Frame.allocate(machine);
    frame.mapInto(space, 300, Access.READ_WRITE);
    frame.mapInto(space, 310, Access.READ_WRITE);
    frame.close();
    mmu.store(300 * PAGE + 8, 8, 40);
    assertEquals(40, mmu.update(310 * PAGE + 8, 8, old -> old + 2));
    assertEquals(42, mmu.load(300 * PAGE + 8, 8));
  }

  @Test
  void anAccessThatCrossesIntoMmioAsksForEachByteThere() {
    space.unmap(PAGES - 1);
    mmu.fetch(0);
    mmu.store((PAGES - 1) * PAGE - 2, 4, 0xddcc_bbaaL);
    assertEquals(List.of("write ff000 1 cc", "write ff001 1 dd"), board.log);
    board.log.clear();
    long mmio = TinyBoard.answer(0xff000, 1) | TinyBoard.answer(0xff001, 1) << 8;
    assertEquals(0xbbaa | mmio << 16, mmu.load((PAGES - 1) * PAGE - 2, 4));
    assertEquals(List.of("read ff000 1", "read ff001 1"), board.log);
  }

  @Test
  void aCrossingStoreThatFaultsOnItsSecondPageLeavesTheFirstAlone() throws GuestFault {
    paging(0x27);
    entry(7, 0);
    CpuFault fault = assertThrows(CpuFault.class, () -> mmu.store(7 * PAGE - 3, 8, -1));
    assertEquals(7 * PAGE, fault.address());
    assertEquals(2, fault.errorCode());
    assertEquals(0, space.u32(new Gpa(7 * PAGE - 4)));
    assertThrows(Deopt.class, () -> SlowAccess.store16(core, 7 * PAGE - 3, -1, -1));
    assertEquals(0, space.u32(new Gpa(7 * PAGE - 4)));
  }

  @Test
  void whatWasTranslatedHoldsUntilInvlpg() throws GuestFault {
    paging(0x67);
    space.u8(new Gpa(5 * PAGE), 55);
    space.u8(new Gpa(6 * PAGE), 66);
    mmu.load(4 * PAGE, 1);
    assertEquals(55, mmu.load(5 * PAGE, 1));
    entry(5, 6 << 12 | 0x67);
    mmu.invalidate(5 * PAGE + 123);
    assertEquals(66, mmu.load(5 * PAGE, 1));
    entry(5, 0);
    core.cr3 = DIRECTORY;
    core.modeChanged();
    assertThrows(CpuFault.class, () -> mmu.load(5 * PAGE, 1));
    assertEquals(66, mmu.load(6 * PAGE, 1));
  }

  @Test
  void supervisorPagesAreNotTheUsersAndComeBackWithTheLevel() throws GuestFault {
    paging(0x63);
    entry(8, 8 << 12 | 0x67);
    mmu.store(7 * PAGE, 4, 1);
    mmu.store(8 * PAGE, 4, 2);
    core.cpl = 3;
    mmu.privilegeChanged();
    CpuFault fault = assertThrows(CpuFault.class, () -> mmu.load(7 * PAGE, 4));
    assertEquals(5, fault.errorCode());
    assertThrows(Deopt.class, () -> SlowAccess.load(core, 7 * PAGE, 4));
    assertEquals(2, mmu.load(8 * PAGE, 4));
    assertEquals(1, mmu.loadSystem(7 * PAGE, 4));
    core.cpl = 0;
    mmu.privilegeChanged();
    assertTrue(mmu.load(7 * PAGE, 4) == 1 && inWindow(8 * PAGE));
  }

  @Test
  void aWatcherHearsOfItsPageOnlyAndOfAllStoresIfItWants() {
    List<String> heard = new ArrayList<>();
    boolean[] all = {false};
    mmu.load(0, 1);
    mmu.watch(
        new Watch() {
          @Override
          public boolean page(long linear) {
            return linear == 5 * PAGE;
          }

          @Override
          public boolean allStores() {
            return all[0];
          }

          @Override
          public void loaded(long linear, int size) {
            heard.add("load %x %d".formatted(linear, size));
          }

          @Override
          public void stored(long linear, int size) {
            heard.add("store %x %d".formatted(linear, size));
          }
        });
    mmu.load(4 * PAGE, 1);
    mmu.store(4 * PAGE, 1, 0);
    heard.clear();
    mmu.load(4 * PAGE, 1);
    mmu.store(4 * PAGE, 1, 0);
    mmu.load(5 * PAGE + 1, 2);
    mmu.store(5 * PAGE + 3, 4, 9);
    mmu.update(5 * PAGE + 8, 8, old -> 1);
    assertEquals(List.of("load 5001 2", "store 5003 4", "store 5008 8"), heard);
    assertFalse(inWindow(5 * PAGE));
    assertThrows(Deopt.class, () -> SlowAccess.load(core, 5 * PAGE, 1));
  }

  @Test
  void invlpgOfALargePageTakesAllOfItFromAWindowThatGrewOverIt() throws GuestFault {
    long small = 1023 * PAGE;
    long large = 1024 * PAGE;
    space.populate(1023, 65);
    paging(0x67);
    entry(1023, small | 0x67);
    space.u32(new Gpa(DIRECTORY + 4), (int) large | 0xe7);
    core.cr4 |= 0x10; // PSE
    core.modeChanged();
    mmu.load(small, 4);
    mmu.boundary();
    assertTrue(mmu.windowSize > 32 * PAGE, "the window has not grown over the large page");
    space.u32(new Gpa(DIRECTORY + 4), 0);
    mmu.invalidate(large + 5 * PAGE);
    assertThrows(CpuFault.class, () -> mmu.load(large + 8 * PAGE, 4));
  }
}
