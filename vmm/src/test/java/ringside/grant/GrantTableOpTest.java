package ringside.grant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.abi.gen.ErrnoAbi.*;
import static ringside.abi.gen.GrantTableAbi.*;
import static ringside.abi.gen.MemoryAbi.XENMAPSPACE_gmfn;
import static ringside.abi.gen.MemoryAbi.XENMEM_add_to_physmap;
import static ringside.abi.gen.XenAbi.DOMID_SELF;
import static ringside.abi.gen.XenAbi.__HYPERVISOR_grant_table_op;
import static ringside.abi.gen.XenAbi.__HYPERVISOR_memory_op;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ringside.abi.Width;
import ringside.abi.gen.GnttabGetVersion;
import ringside.abi.gen.GnttabQuerySize;
import ringside.abi.gen.GnttabSetVersion;
import ringside.abi.gen.GnttabSetupTable;
import ringside.abi.gen.GnttabSwapGrantRef;
import ringside.abi.gen.XenAddToPhysmap;
import ringside.domain.FakeEngine;
import ringside.domain.Guest;
import ringside.domain.Machine;
import ringside.domain.Machines;
import ringside.domain.ShutdownReason;
import ringside.grant.GrantGuest.End;
import ringside.memory.Access;

/** grant_table_op as guests see it, and what becomes of frames. */
class GrantTableOpTest {
  private static final long PAGE = 0x300;
  private static final long HOLE = 0x20000;
  private static final int REF = 8;

  private final Machine machine = Machines.machine(new FakeEngine());
  private final GrantGuest granter = new GrantGuest(machine, "granter");
  private final GrantGuest mapper = new GrantGuest(machine, "mapper");
  private final GrantGuest other = new GrantGuest(machine, "other");

  @AfterEach
  void everyFrameAndSeamComesBack() {
    machine.close();
    assertEquals(0, machine.memory().framesInUse());
    assertEquals(0, machine.memory().seams());
  }

  private void grant(int flags) {
    granter.entry(REF, GTF_permit_access | flags, mapper.id(), PAGE);
  }

  private static void die(Machine machine, GrantGuest guest) {
    guest.domain().shutdown(ShutdownReason.POWEROFF, guest.domain().vcpu(0), 0);
    machine.run(machine.clock().now() + 1);
    assertEquals(null, machine.domain(guest.id()));
  }

  @Test
  void aMappedPageIsTheGrantersOwnUntilItIsUnmappedAndLeavesAHole() {
    grant(0);
    int handle = mapper.map(granter, REF, HOLE);
    assertTrue(handle >= 0);
    assertEquals(GTF_permit_access | GTF_reading | GTF_writing, granter.flags(REF));

    mapper.u32(HOLE << 12 | 12, 0xcafe);
    assertEquals(0xcafe, granter.u32(PAGE << 12 | 12));

    assertEquals(GNTST_okay, mapper.unmap(handle, HOLE));
    assertEquals(GTF_permit_access, granter.flags(REF));
    assertEquals(Access.NONE, mapper.domain().space().access(HOLE));
    assertEquals(GNTST_bad_handle, mapper.unmap(handle, HOLE));
  }

  @Test
  void readersAndWritersAreCountedApart() {
    grant(0);
    int reading = mapper.mapReadonly(granter, REF, HOLE);
    assertEquals(GTF_permit_access | GTF_reading, granter.flags(REF));
    assertEquals(Access.READ_ONLY, mapper.domain().space().access(HOLE));
    int writing = mapper.map(granter, REF, HOLE + 1);
    assertEquals(GTF_permit_access | GTF_reading | GTF_writing, granter.flags(REF));
    mapper.unmap(writing, HOLE + 1);
    assertEquals(GTF_permit_access | GTF_reading, granter.flags(REF));
    mapper.unmap(reading, HOLE);
    assertEquals(GTF_permit_access, granter.flags(REF));
  }

  @Test
  void aReadOnlyGrantIsNotForWriting() {
    grant(GTF_readonly);
    assertEquals(GNTST_general_error, mapper.map(granter, REF, HOLE));
    assertEquals(GTF_permit_access | GTF_readonly, granter.flags(REF));
    assertTrue(mapper.mapReadonly(granter, REF, HOLE) >= 0);
    assertEquals(GNTST_general_error, mapper.map(granter, REF, HOLE + 1));
    End grant = End.ref(granter, REF, 0);
    assertEquals(GNTST_general_error, mapper.copy(End.gfn(PAGE, 0), grant, 8));
    assertEquals(GNTST_okay, mapper.copy(grant, End.gfn(PAGE, 0), 8));
  }

  @Test
  void mapRefusesInXensOrder() {
    int host = GNTMAP_host_map;
    assertEquals(GNTST_bad_gntref, mapper.map(0x7000, REF, HOLE, 0));
    assertEquals(GNTST_general_error, mapper.map(0x7000, REF, HOLE, host | GNTMAP_device_map));
    assertEquals(GNTST_general_error, mapper.map(0x7000, REF, HOLE, host | GNTMAP_contains_pte));
    assertEquals(GNTST_bad_domain, mapper.map(0x7000, REF, HOLE, host));
    assertEquals(GNTST_bad_domain, mapper.map(DOMID_SELF, REF, HOLE, host));
    assertEquals(GNTST_bad_gntref, mapper.map(granter.id(), 512, HOLE, host));
    assertEquals(GNTST_bad_gntref, mapper.map(granter.id(), 0xffff_ffffL, HOLE, host));
    assertEquals(GNTST_general_error, mapper.map(granter, REF, HOLE), "an empty entry");
    grant(0);
    assertEquals(GNTST_general_error, other.map(granter, REF, HOLE), "not for this domain");
    assertEquals(GNTST_general_error, mapper.map(granter, REF, 1L << 30), "outside the space");
    assertEquals(GNTST_general_error, mapper.map(granter.id(), REF, HOLE, host | 1 << 20));
    granter.entry(REF, GTF_permit_access, mapper.id(), HOLE);
    assertEquals(GNTST_bad_page, mapper.map(granter, REF, HOLE), "a hole is granted");
    grant(GTF_sub_page);
    assertEquals(GNTST_general_error, mapper.map(granter, REF, HOLE), "version 2's sub page");
    grant(0);
    assertEquals(GTF_permit_access, granter.flags(REF), "a refused map leaves no mark");
  }

  @Test
  void whatIsMappedIsNotMappedOverNorGrantedOn() {
    grant(0);
    assertTrue(mapper.map(granter, REF, HOLE) >= 0);
    granter.entry(REF + 1, GTF_permit_access, mapper.id(), PAGE + 1);
    assertEquals(GNTST_general_error, mapper.map(granter, REF + 1, HOLE));
    assertEquals(GTF_permit_access, granter.flags(REF + 1));

    mapper.entry(REF, GTF_permit_access, other.id(), HOLE);
    assertEquals(GNTST_bad_page, other.map(mapper, REF, HOLE));
    assertEquals(GNTST_bad_page, mapper.copy(End.gfn(HOLE, 0), End.gfn(PAGE, 0), 8));
  }

  @Test
  void whatWasAtTheGfnIsLost() {
    grant(0);
    mapper.u32(PAGE << 12, 0x1234);
    int handle = mapper.map(granter, REF, PAGE);
    assertTrue(handle >= 0);
    assertEquals(0, mapper.u32(PAGE << 12));
    assertEquals(GNTST_okay, mapper.unmap(handle, PAGE));
    assertEquals(Access.NONE, mapper.domain().space().access(PAGE));
  }

  @Test
  void unmapWantsTheRightAddress() {
    grant(0);
    int handle = mapper.map(granter, REF, HOLE);
    assertEquals(GNTST_general_error, mapper.unmap(handle, HOLE + 1));
    assertEquals(GNTST_okay, mapper.unmap(handle, 0), "address 0 leaves the mapping alone");
    assertEquals(Access.READ_WRITE, mapper.domain().space().access(HOLE));
    assertEquals(GNTST_bad_handle, mapper.unmap(handle + 1, HOLE));
    assertEquals(GNTST_bad_handle, mapper.unmap(-1, HOLE));
    assertEquals(GNTST_bad_handle, granter.unmap(handle, HOLE), "handles are the mapper's own");
  }

  @Test
  void copiesStayInsideTheirPages() {
    grant(0);
    granter.u32(PAGE << 12 | 0xffc, 0x5ca1ab1e);
    End end = End.ref(granter, REF, 0xffc);
    assertEquals(GNTST_okay, mapper.copy(end, End.gfn(PAGE, 0), 4));
    assertEquals(0x5ca1ab1e, mapper.u32(PAGE << 12));
    assertEquals(GNTST_okay, mapper.copy(End.gfn(PAGE, 0), end, 4));
    assertEquals(GNTST_okay, mapper.copy(End.gfn(PAGE, 0), End.ref(granter, REF, 0x1000), 0));
    assertEquals(GNTST_bad_copy_arg, mapper.copy(end, End.gfn(PAGE, 0), 5));
    assertEquals(GNTST_bad_copy_arg, mapper.copy(End.gfn(PAGE, 0), end, 5));
    End wraps = End.ref(granter, REF, 0xffff);
    assertEquals(GNTST_bad_copy_arg, mapper.copy(wraps, End.gfn(PAGE, 0xffff), 0xffff));
    assertEquals(GTF_permit_access, granter.flags(REF), "the marks of copies are gone");
  }

  @Test
  void copyRefusesInXensOrder() {
    End mine = End.gfn(PAGE, 0);
    End nowhere = new End(true, 0x7000, REF, 0);
    End foreign = new End(false, granter.id(), PAGE, 0);
    assertEquals(GNTST_permission_denied, mapper.copy(foreign, nowhere, 8));
    assertEquals(GNTST_bad_domain, mapper.copy(nowhere, foreign, 8));
    assertEquals(GNTST_permission_denied, mapper.copy(mine, foreign, 8));
    assertEquals(GNTST_bad_gntref, mapper.copy(End.ref(granter, 512, 0), mine, 0xffff));
    assertEquals(GNTST_general_error, mapper.copy(End.ref(granter, REF, 0), mine, 0xffff));
    assertEquals(GNTST_bad_page, mapper.copy(End.gfn(HOLE, 0), mine, 8));
    assertEquals(GNTST_bad_page, mapper.copy(mine, End.gfn(1L << 40, 0), 8));
    grant(GTF_sub_page);
    assertEquals(GNTST_okay, mapper.copy(End.ref(granter, REF, 0), mine, 8));
  }

  @Test
  void aFrameOutlivesItsGranter() {
    grant(0);
    granter.u32(PAGE << 12, 0xdead);
    int handle = mapper.map(granter, REF, HOLE);
    long mfn = mapper.domain().space().mfn(HOLE);
    die(machine, granter);
    assertEquals(0xdead, mapper.u32(HOLE << 12));
    assertEquals(1, machine.memory().references(mfn));
    int before = machine.memory().framesInUse();
    assertEquals(GNTST_bad_domain, mapper.map(granter, REF, HOLE + 1));
    assertEquals(GNTST_okay, mapper.unmap(handle, HOLE));
    assertEquals(before - 1, machine.memory().framesInUse());
  }

  @Test
  void aDyingMapperLetsGo() {
    grant(0);
    mapper.map(granter, REF, HOLE);
    mapper.mapReadonly(granter, REF, HOLE + 1);
    long mfn = granter.domain().space().mfn(PAGE);
    die(machine, mapper);
    assertEquals(GTF_permit_access, granter.flags(REF));
    assertEquals(1, machine.memory().references(mfn));
  }

  @Test
  void aDomainMayMapItsOwn() {
    granter.entry(REF, GTF_permit_access, granter.id(), PAGE);
    int handle = granter.map(granter, REF, HOLE);
    granter.u32(HOLE << 12, 42);
    assertEquals(42, granter.u32(PAGE << 12));
    assertEquals(GNTST_okay, granter.unmap(handle, HOLE));
    assertTrue(granter.map(granter, REF, HOLE) >= 0, "and may die with it");
  }

  @Test
  void aPageGivenBackWhileGrantedStillCounts() {
    grant(0);
    long before = granter.domain().populatedPages();
    int handle = mapper.map(granter, REF, HOLE);
    granter.domain().space().unmap(PAGE);
    assertEquals(before, granter.domain().populatedPages());
    mapper.unmap(handle, HOLE);
    assertEquals(before - 1, granter.domain().populatedPages());
  }

  @Test
  void setupTableTellsUsableFramesAndTheLimit() {
    GnttabSetupTable arg = GnttabSetupTable.zero(Width.W64);
    arg.dom(DOMID_SELF);
    arg.nrFrames(3);
    arg.frameList(Guest.LIST);
    assertEquals(0, granter.call(__HYPERVISOR_grant_table_op, GNTTABOP_setup_table, arg, 1));
    assertEquals(GNTST_okay, arg.status());
    long first = granter.domain().memoryMap().grantGfn();
    for (int i = 0; i < 3; i++) {
      assertEquals(first + i, granter.u32(Guest.LIST + i * 8L));
      assertEquals(Access.READ_WRITE, granter.domain().space().access(first + i));
    }
    arg.nrFrames(granter.domain().config().maxGrantFrames() + 1L);
    assertEquals(0, granter.call(__HYPERVISOR_grant_table_op, GNTTABOP_setup_table, arg, 1));
    assertEquals(GNTST_general_error, arg.status());
    arg.dom(mapper.id());
    granter.call(__HYPERVISOR_grant_table_op, GNTTABOP_setup_table, arg, 1);
    assertEquals(GNTST_permission_denied, arg.status());
    assertEquals(-EINVAL, granter.call(__HYPERVISOR_grant_table_op, GNTTABOP_setup_table, arg, 2));

    GnttabQuerySize size = GnttabQuerySize.zero(Width.W64);
    size.dom(DOMID_SELF);
    assertEquals(0, granter.call(__HYPERVISOR_grant_table_op, GNTTABOP_query_size, size, 1));
    assertEquals(3, size.nrFrames());
    assertEquals(granter.domain().config().maxGrantFrames(), size.maxNrFrames());
  }

  @Test
  void aGrowingTableDoesNotPushAwayWhatTheGuestHasPut() {
    long reserved = granter.domain().memoryMap().grantGfn() + 1;
    XenAddToPhysmap move = XenAddToPhysmap.zero(Width.W64);
    move.domid(DOMID_SELF);
    move.space(XENMAPSPACE_gmfn);
    move.idx(PAGE);
    move.gpfn(reserved);
    granter.u32(PAGE << 12, 0x77);
    assertEquals(0, granter.call(__HYPERVISOR_memory_op, XENMEM_add_to_physmap, move));
    GnttabSetupTable arg = GnttabSetupTable.zero(Width.W64);
    arg.dom(DOMID_SELF);
    arg.nrFrames(2);
    arg.frameList(Guest.LIST);
    assertEquals(0, granter.call(__HYPERVISOR_grant_table_op, GNTTABOP_setup_table, arg, 1));
    assertEquals(-1, granter.u32(Guest.LIST + 8), "nowhere");
    assertEquals(0x77, granter.u32(reserved << 12));
  }

  @Test
  void thereIsVersionOneOnly() {
    GnttabSetVersion set = GnttabSetVersion.zero(Width.W64);
    set.version(2);
    assertEquals(-ENOSYS, granter.call(__HYPERVISOR_grant_table_op, GNTTABOP_set_version, set, 1));
    assertEquals(1, set.version());
    assertEquals(0, granter.call(__HYPERVISOR_grant_table_op, GNTTABOP_set_version, set, 1));
    set.version(3);
    assertEquals(-EINVAL, granter.call(__HYPERVISOR_grant_table_op, GNTTABOP_set_version, set, 1));
    GnttabGetVersion get = GnttabGetVersion.zero(Width.W64);
    get.dom(DOMID_SELF);
    assertEquals(0, granter.call(__HYPERVISOR_grant_table_op, GNTTABOP_get_version, get, 1));
    assertEquals(1, get.version());
    get.dom(mapper.id());
    assertEquals(-EPERM, granter.call(__HYPERVISOR_grant_table_op, GNTTABOP_get_version, get, 1));
  }

  @Test
  void swapExchangesWhatNobodyUses() {
    grant(0);
    GnttabSwapGrantRef swap = GnttabSwapGrantRef.zero(Width.W64);
    swap.refA(REF);
    swap.refB(REF + 1);
    granter.call(__HYPERVISOR_grant_table_op, GNTTABOP_swap_grant_ref, swap, 1);
    assertEquals(GNTST_okay, swap.status());
    assertEquals(0, granter.word(REF));
    assertTrue(mapper.map(granter, REF + 1, HOLE) >= 0);
    granter.call(__HYPERVISOR_grant_table_op, GNTTABOP_swap_grant_ref, swap, 1);
    assertEquals(GNTST_eagain, swap.status());
    swap.refB(100_000);
    granter.call(__HYPERVISOR_grant_table_op, GNTTABOP_swap_grant_ref, swap, 1);
    assertEquals(GNTST_bad_gntref, swap.status());
  }

  @Test
  void longListsGoInPartsAndEndAtTheFirstBadPointer() {
    long unmap = GNTTABOP_unmap_grant_ref;
    assertEquals(0, granter.call(__HYPERVISOR_grant_table_op, unmap, Guest.LIST, 10_000));
    assertTrue(granter.steps() > 10, "10,000 elements in " + granter.steps() + " more goes");
    assertEquals(
        -EFAULT, granter.call(__HYPERVISOR_grant_table_op, unmap, Guest.LIST, 0x7fff_ffff));
    assertTrue(granter.steps() > 1000);
    assertEquals(
        -EINVAL, granter.call(__HYPERVISOR_grant_table_op, unmap, Guest.LIST, 0xffff_ffffL));
    assertEquals(-EINVAL, granter.call(__HYPERVISOR_grant_table_op, unmap | 0x1000, Guest.LIST, 1));
    assertEquals(-ENOSYS, granter.call(__HYPERVISOR_grant_table_op, 99, Guest.LIST, 1));
  }
}
